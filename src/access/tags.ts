import type { Transaction } from '#database/database.ts';
import type { TagId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';

/** Finds tags by name, makes those that are new. */
export const keepTags = async (tx: Transaction, names: string[]): Promise<TagId[]> => {
  const byKey = new Map(names.map((name) => [fold(name), name.trim()]));
  if (byKey.size === 0) return [];
  // In one order, so that two who make the same tags at once do not wait for each other for ever.
  const keys = [...byKey.keys()].sort();
  await tx
    .insertInto('tags')
    .values(keys.map((key) => ({ name: byKey.get(key) ?? key, name_key: key })))
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .execute();
  const rows = await tx.selectFrom('tags').select('id').where('name_key', 'in', keys).execute();
  return rows.map((row) => row.id);
};
