import { withoutCopies } from '#catalog/copies.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';
import { chunks } from './chunks.ts';
import type { Decision } from './decision.ts';
import { keepDecisions } from './decision-repository.ts';
import { holdChanges } from './held-repository.ts';
import { suspiciousLoss } from './loss.ts';
import { type Gone, itemsOfGone, loadLosses, missingFrom, takeAway } from './removal-repository.ts';
import type { Run } from './run.ts';

/**
 * After a run that saw everything: what the server does not have any more is marked as away, and items of which no copy
 * is left anywhere are retired, with all their history.
 * That many that it cannot be believed are held for someone's word.
 * @returns how many entries went, or why none did
 */
export const removeMissing = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'retire'>,
  run: Run,
  now: Instant,
): Promise<{ removed: number; held?: string }> => {
  const held = run.agreed ? undefined : suspiciousLoss(await loadLosses(tx, run));
  if (held !== undefined) {
    await holdMissing(tx, run, now);
    return { removed: 0, held };
  }
  const gone = await takeAway(tx, run, now);
  await keepDecisions(tx, run.id, gone.map(decisionOf), now);
  await retireLonely(tx, ingest, await itemsOfGone(tx, gone), now);
  return { removed: gone.length };
};

const holdMissing = async (tx: Transaction, run: Run, now: Instant): Promise<void> =>
  holdChanges(
    tx,
    (await missingFrom(tx, run)).map((copy) => ({
      run_id: run.id,
      client_id: run.clientId,
      account_id: null,
      client_item_id: copy.id,
      side: 'theirs' as const,
      before: JSON.stringify({ title: copy.title, path: copy.path }),
      after: null,
      seen_at: now,
    })),
  );

export const decisionOf = (copy: Gone): Decision => ({
  phase: 'remove',
  accountId: null,
  copyId: copy.id,
  itemId: copy.item_id,
  decision: 'removed',
  why: 'The server was read whole and did not tell of it any more. What was watched stays.',
  before: { title: copy.title, path: copy.path },
});

/**
 * Of items that lost a copy, retires those that have none left. Leaves first, then what they leave empty, from below: a
 * container is retired when it has no copy and nothing in it.
 */
export const retireLonely = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'retire'>,
  items: readonly MediaItemId[],
  now: Instant,
): Promise<void> => {
  const ids = [...new Set(items)];
  const floors: ((kind: MediaKind) => boolean)[] = [
    isLeaf,
    (kind) => kind === 'season' || kind === 'album',
    (kind) => kind === 'series' || kind === 'artist',
  ];
  for (const floor of floors) {
    for (const some of chunks(ids)) {
      const lonely = (await withoutCopies(tx, some)).filter((item) => floor(item.kind)).map((item) => item.id);
      if (lonely.length > 0) await ingest.retire(tx, lonely, now);
    }
  }
};
