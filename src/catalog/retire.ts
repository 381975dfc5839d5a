import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { collectionsOf } from './collections-repository.ts';
import type { IngestContext } from './ingest-context.ts';
import { type ItemRecord, readItems } from './items-repository.ts';

/** Ids named in one statement at the most. */
const MOST_AT_ONCE = 200;

/**
 * Retires items with all below them, and their parents where nothing present is left below those. Nothing is deleted:
 * what hangs on them stays and comes back with them (domain §1).
 */
export const retireItems = (
  context: IngestContext,
  tx: Transaction,
  ids: readonly MediaItemId[],
  at: Instant,
): Promise<void> =>
  inBatches(ids, async (some) => {
    const items = (await readItems(tx, some)).filter((item) => item.removed_at === null);
    if (items.length === 0) return;
    const leaving = sql<SqlBool>`${branches(items)} AND removed_at IS NULL`;
    const series = await seriesOfEpisodes(tx, leaving);
    await tx.updateTable('media_items').set({ removed_at: at }).where(leaving).execute();
    await retireEmpty(tx, idsOf(items, 'parent_id'), at);
    await retireEmpty(tx, idsOf(items, 'root_id'), at);
    await tell(context, tx, series);
  });

/** Brings retired items back, with what stands above them and with what was retired below them at the same instant. */
export const reviveItems = (context: IngestContext, tx: Transaction, ids: readonly MediaItemId[]): Promise<void> =>
  inBatches(ids, async (some) => {
    const retired = (await readItems(tx, some)).filter((item) => item.removed_at !== null);
    const holders = new Set<MediaItemId>();
    for (const at of new Set(retired.map((item) => item.removed_at))) {
      const items = retired.filter((item) => item.removed_at === at);
      const coming = sql<SqlBool>`${branches(items)} AND removed_at = ${at}`;
      for (const id of await seriesOfEpisodes(tx, coming)) holders.add(id);
      for (const id of await collectionsOf(tx, items)) holders.add(id);
      await tx.updateTable('media_items').set({ removed_at: null }).where(coming).execute();
    }
    await reviveAlone(tx, [
      ...idsOf(retired, 'parent_id'),
      ...idsOf(retired, 'root_id'),
      ...idsOf(retired, 'library_id'),
    ]);
    await tell(context, tx, [...holders]);
  });

/** These items and all that stands below them. */
const branches = (items: ItemRecord[]): RawBuilder<SqlBool> => {
  const ids = sql.join(items.map((item) => item.id));
  const libraries = items.filter((item) => item.kind === 'library').map((item) => item.id);
  const shelved = libraries.length === 0 ? sql`` : sql` OR library_id IN (${sql.join(libraries)})`;
  return sql`(id IN (${ids}) OR parent_id IN (${ids}) OR root_id IN (${ids})${shelved})`;
};

const seriesOfEpisodes = async (tx: Transaction, which: RawBuilder<SqlBool>): Promise<MediaItemId[]> => {
  const rows = await tx
    .selectFrom('media_items')
    .select('root_id')
    .distinct()
    .where(which)
    // Not `kind = 'episode'`: SQLite would walk all episodes by it rather than look these ids up.
    .where(sql<SqlBool>`coalesce(kind, '') = 'episode'`)
    .execute();
  return rows.flatMap((row) => (row.root_id === null ? [] : [row.root_id]));
};

const retireEmpty = async (tx: Transaction, ids: MediaItemId[], at: Instant): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .updateTable('media_items')
    .set({ removed_at: at })
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    // `coalesce`, so that SQLite looks children up by their parent and not by an index of all that is present.
    .where(
      sql<SqlBool>`NOT EXISTS (SELECT 1 FROM media_items AS child WHERE child.parent_id = media_items.id AND coalesce(child.removed_at, 0) = 0)`,
    )
    .execute();
};

const reviveAlone = async (tx: Transaction, ids: MediaItemId[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .updateTable('media_items')
    .set({ removed_at: null })
    .where('id', 'in', [...new Set(ids)])
    .where('removed_at', 'is not', null)
    .execute();
};

const tell = async ({ observer }: IngestContext, tx: Transaction, holders: MediaItemId[]): Promise<void> => {
  if (holders.length > 0) await observer.leavesChanged(tx, holders);
};

const idsOf = (items: ItemRecord[], column: 'parent_id' | 'root_id' | 'library_id'): MediaItemId[] => [
  ...new Set(items.flatMap((item) => item[column] ?? [])),
];

const inBatches = async (ids: readonly MediaItemId[], act: (some: MediaItemId[]) => Promise<void>): Promise<void> => {
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) await act(ids.slice(start, start + MOST_AT_ONCE));
};
