import { isDeepStrictEqual } from 'node:util';
import { noOpinion, type Opinion } from '#activity/opinions/opinion.ts';
import { opinionsOf } from '#activity/opinions/opinion-query.ts';
import { dropOpinion, saveOpinion } from '#activity/opinions/opinion-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import { type EntryOf, saidFields } from './entry.ts';
import { reverseSaid } from './reversal.ts';

type SaidEntry = EntryOf<'said'>;

/** What became different of the fields that media servers tell of, and of those that follow from them. */
export const opinionDifference = (item: MediaItemId, before: Opinion, after: Opinion): SaidEntry[] =>
  saidFields.flatMap((field) => {
    const [one, other] = [saidIn(before, field), saidIn(after, field)];
    return isDeepStrictEqual(one, other) ? [] : [{ of: 'said' as const, item, field, before: one, after: other }];
  });

/**
 * Takes back what was said of items, where nothing newer was.
 * @param entries the latest first
 * @returns what became different by it, and how many entries were taken back
 */
export const undoSaid = async (
  tx: Transaction,
  user: UserId,
  entries: readonly SaidEntry[],
): Promise<{ made: SaidEntry[]; restored: number }> => {
  const items = [...new Set(entries.map((entry) => entry.item))];
  const before = await opinionsOf(tx, user, items);
  const after = new Map(before);
  let restored = 0;
  for (const { item, field, ...change } of entries) {
    const known = after.get(item) ?? noOpinion;
    const reversal = reverseSaid(change, saidIn(known, field));
    if (!reversal.restored) continue;
    restored += 1;
    after.set(item, { ...known, [field]: reversal.value ?? noOpinion[field] });
  }
  const made: SaidEntry[] = [];
  for (const [item, opinion] of after) {
    const different = opinionDifference(item, before.get(item) ?? noOpinion, opinion);
    if (different.length === 0) continue;
    made.push(...different);
    await (isNothing(opinion) ? dropOpinion(tx, user, item) : saveOpinion(tx, user, item, opinion));
  }
  return { made, restored };
};

/** null: never said. */
const saidIn = (opinion: Opinion, field: SaidEntry['field']): SaidEntry['before'] => {
  const { value, at } = opinion[field];
  return at === null ? null : { value, at };
};

const isNothing = (opinion: Opinion): boolean => Object.values(opinion).every((said) => said.at === null);
