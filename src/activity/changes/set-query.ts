import { sql } from 'kysely';
import { heardDevices } from '#activity/lists/history-devices.ts';
import type { Reader } from '#database/database.ts';
import type { ChangeSetKind } from '#database/tables/activity.ts';
import type { Instant } from '#kernel/clock.ts';
import { asId, type ChangeSetId, type DeviceUserId, type MediaItemId } from '#kernel/ids.ts';
import { decodeIntegers, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type Entry, readEntries } from './entry.ts';

const LIST = 'changes';

/** A change set, without what it changed. */
export interface SetRow {
  id: ChangeSetId;
  at: Instant;
  kind: ChangeSetKind;
  itemId: MediaItemId | null;
  watched: boolean | null;
  runId: number | null;
  undoes: ChangeSetId | null;
  touched: number;
  undoneAt: Instant | null;
  device: { deviceUserId: DeviceUserId; name: string };
}

/** Change sets that the viewer may know of, newest first: whose plays history would show (domain §2). */
export const setPage = async (db: Reader, viewer: Viewer, request: PageRequest): Promise<Page<SetRow>> => {
  const rows = await (await visibleSets(db, viewer)).query
    .where('cs.id', '<', beforeOf(request.cursor))
    .orderBy('cs.id', 'desc')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, LIST, (row) => [row.id]);
  return { ...page, items: page.items.map(setOf) };
};

export const findSet = async (db: Reader, viewer: Viewer, id: ChangeSetId): Promise<SetRow | undefined> => {
  const row = await (await visibleSets(db, viewer)).query.where('cs.id', '=', id).executeTakeFirst();
  return row && setOf(row);
};

/** The newest set that holds and is not itself an undo. */
export const lastSet = async (db: Reader, viewer: Viewer, since: Instant): Promise<SetRow | undefined> => {
  const row = await (await visibleSets(db, viewer)).query
    .where('cs.undone_at', 'is', null)
    .where('cs.kind', '<>', 'undo')
    .where('cs.at', '>', since)
    .orderBy('cs.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && setOf(row);
};

const visibleSets = async (db: Reader, viewer: Viewer) => {
  const { ids } = await heardDevices(db, viewer);
  const query = db
    .selectFrom('change_sets as cs')
    .innerJoin('device_users as du', 'du.id', 'cs.device_user_id')
    .innerJoin('devices as d', 'd.id', 'du.device_id')
    .select(['cs.id', 'cs.at', 'cs.kind', 'cs.item_id', 'cs.watched', 'cs.run_id', 'cs.undoes', 'cs.touched'])
    .select(['cs.undone_at', 'cs.device_user_id', 'd.display_name', 'd.reported_name'])
    .where('cs.user_id', '=', viewer.userId)
    // Of one device by its index; of several by the user's (hence the `+`), in which they stand in order.
    .where(sql`${sql.raw(ids.length === 1 ? '' : '+')}cs.device_user_id`, 'in', ids);
  // A query builder may not be awaited by itself.
  return { query };
};

type Row = Awaited<ReturnType<Awaited<ReturnType<typeof visibleSets>>['query']['execute']>>[number];

const setOf = (row: Row): SetRow => ({
  id: row.id,
  at: row.at,
  kind: row.kind,
  itemId: row.item_id,
  watched: row.watched === null ? null : row.watched === 1,
  runId: row.run_id,
  undoes: row.undoes,
  touched: row.touched,
  undoneAt: row.undone_at,
  device: { deviceUserId: row.device_user_id, name: row.display_name ?? row.reported_name },
});

const beforeOf = (cursor: string | undefined): ChangeSetId => {
  const [id = Number.MAX_SAFE_INTEGER] = cursor === undefined ? [] : decodeIntegers(LIST, 1, cursor);
  return asId(id);
};

/** What a set changed, part by part, the last part first; within a part in the order of time. */
export async function* partsBackwards(db: Reader, id: ChangeSetId): AsyncGenerator<Entry[]> {
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const part = await db
      .selectFrom('change_parts')
      .select(['number', 'entries'])
      .where('set_id', '=', id)
      .where('number', '<', before)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!part) break;
    before = part.number;
    yield readEntries(part.entries);
  }
  const head = await db.selectFrom('change_sets').select('entries').where('id', '=', id).executeTakeFirst();
  if (head?.entries) yield readEntries(head.entries);
}
