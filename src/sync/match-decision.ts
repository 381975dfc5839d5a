import type { ClientItemId } from '#kernel/ids.ts';
import type { CopyRow } from './copy-repository.ts';
import type { Decision } from './decision.ts';
import type { RemoteItem } from './media-server.ts';
import type { Placed } from './place.ts';

/** What became of an entry that is new, or stands for another work than before; undefined: nothing. */
export const matchDecision = (
  told: RemoteItem,
  known: Pick<CopyRow, 'item_id' | 'doubt' | 'title'> | undefined,
  placed: Placed,
  copyId: ClientItemId | null,
): Decision | undefined => {
  if (known && known.item_id === placed.itemId && known.doubt === placed.doubt) return undefined;
  const of = { phase: 'match' as const, accountId: null, copyId, itemId: placed.itemId };
  const after = { title: told.facts.title, year: told.facts.year ?? null, kind: told.kind };
  if (known?.item_id) {
    const why = 'Its id stands for another work than before: neither its ids nor its title and place fit.';
    return { ...of, decision: 'rematched', why, before: { itemId: known.item_id, title: known.title }, after };
  }
  return { ...of, ...words[placed.match], after };
};

const words: Record<Placed['match'], Pick<Decision, 'decision' | 'why'>> = {
  created: { decision: 'created', why: 'Nothing of ours has its ids, or its title and place.' },
  external_id: { decision: 'matched', why: 'An item of ours has one of its external ids.' },
  title: { decision: 'matched', why: 'Exactly one item of ours has its title and year, or its place.' },
  person: { decision: 'matched', why: 'Someone decided what it is.' },
  ambiguous: { decision: 'ambiguous', why: 'It may be several items of ours, or none: someone has to decide.' },
};
