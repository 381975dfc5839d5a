import type { MediaItemId } from '#kernel/ids.ts';
import { contradict } from './external-id.ts';
import type { ExternalId } from './incoming.ts';

/** What is told of an item, as far as it decides which item it is. */
export interface Wanted {
  ids: readonly ExternalId[];
  /** What tells works of one title apart: the year, or the place of a track on its album. null: not told. */
  distinct: number | null;
}

/** An item that shares an external id or the folded title. */
export interface Candidate extends Wanted {
  id: MediaItemId;
}

type Ambiguous = { outcome: 'ambiguous'; candidates: MediaItemId[]; reason: string; conflict?: true };

export type Verdict = { outcome: 'external_id' | 'title'; itemId: MediaItemId } | { outcome: 'none' } | Ambiguous;

/**
 * Which item it is (domain §8): external ids first, then title and year when exactly one fits. Never a guess.
 * @param named the items that have one of its external ids
 * @param titled all items of its kind (and parent) with its title
 */
export const decide = (wanted: Wanted, named: readonly Candidate[], titled: readonly Candidate[]): Verdict => {
  const [first] = named;
  if (named.length > 1) return contradicting(named, 'Its external ids name different items.');
  if (first === undefined) return byTitle(wanted, titled);
  return contradict(wanted.ids, first.ids)
    ? contradicting(named, 'Its external ids agree with this item in one provider and contradict it in another.')
    : { outcome: 'external_id', itemId: first.id };
};

const byTitle = (wanted: Wanted, titled: readonly Candidate[]): Verdict => {
  const possible = titled.filter(
    (candidate) => !contradict(wanted.ids, candidate.ids) && !differ(wanted.distinct, candidate.distinct),
  );
  const same = possible.filter(({ distinct }) => distinct !== null && distinct === wanted.distinct);
  const [only] = same.length > 0 ? same : possible;
  if (only === undefined) return { outcome: 'none' };
  if (same.length > 1) return ambiguous(same, 'Several items have this title and year.');
  // With the year missing on one side it is the same work only if nothing else has that title.
  return same.length === 1 || titled.length === 1
    ? { outcome: 'title', itemId: only.id }
    : ambiguous(possible, 'Several items have this title, and the year does not tell which it is.');
};

const differ = (one: number | null, other: number | null): boolean => one !== null && other !== null && one !== other;

const contradicting = (candidates: readonly Candidate[], reason: string): Verdict => ({
  ...ambiguous(candidates, reason),
  conflict: true,
});

const ambiguous = (candidates: readonly Candidate[], reason: string): Ambiguous => ({
  outcome: 'ambiguous',
  candidates: candidates.map(({ id }) => id).sort((a, b) => a - b),
  reason,
});
