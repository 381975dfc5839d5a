import { type SqlBool, sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';

/** Rows taken away in one unit of work, so that nobody waits for long. */
const BATCH = 300;

/** Deletes some plays of which one report came, and no other for some time. @returns how many */
export const dropProvisional = async (tx: Transaction, before: Instant): Promise<number> => {
  const rows = await tx
    .selectFrom('plays')
    .select('id')
    // As it stands in the partial index: SQLite does not use one for a parameter.
    .where(sql<SqlBool>`confirmed = 0`)
    .where('last_at', '<', before)
    .limit(BATCH)
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await tx.deleteFrom('plays').where('id', 'in', ids).where('confirmed', '=', 0).execute();
  return ids.length;
};

/** Deletes some plays for good that were taken away before then. What statistics still count of them is counted out first. */
export const dropDeleted = async (tx: Transaction, before: Instant): Promise<number> => {
  const rows = await tx
    .selectFrom('plays')
    .select('id')
    .where('deleted_at', 'is not', null)
    .where('deleted_at', '<', before)
    .where((where) => where.or([where('unsettled', '=', 0), where('counted_day', 'is', null)]))
    .limit(BATCH)
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) {
    await tx.deleteFrom('plays').where('id', 'in', ids).where('deleted_at', 'is not', null).execute();
  }
  return ids.length;
};

/** Deletes some change sets from before then; of a large one first its parts. Sets are in the order of time, by their ids. */
export const dropSets = async (tx: Transaction, before: Instant): Promise<number> => {
  const oldest = await tx.selectFrom('change_sets').select(['id', 'at']).orderBy('id').limit(BATCH).execute();
  const ids = oldest.filter((set) => set.at < before).map((set) => set.id);
  if (ids.length === 0) return 0;
  const parts = await tx
    .selectFrom('change_parts')
    .select(['set_id', 'number'])
    .where('set_id', 'in', ids)
    .orderBy('set_id')
    .orderBy('number')
    .limit(BATCH)
    .execute();
  for (const [set, ofSet] of Map.groupBy(parts, (part) => part.set_id)) {
    const numbers = ofSet.map((part) => part.number);
    await tx.deleteFrom('change_parts').where('set_id', '=', set).where('number', 'in', numbers).execute();
  }
  if (parts.length < BATCH) await tx.deleteFrom('change_sets').where('id', 'in', ids).execute();
  return ids.length;
};
