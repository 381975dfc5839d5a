import type { ItemView } from '#catalog/item-view.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { seesGroup } from './history-query.ts';

/** The episode that something comes after: when it was watched, and where. */
export interface Reason {
  itemId: MediaItemId;
  title: string;
  seasonNumber: number | null;
  episodeNumber: number | null;
  watchedAt: Instant;
  /** null: marked by hand, or not for the viewer to know. */
  device: string | null;
}

/** A sitting that went on for longer does not tell where something was watched. */
const LONGEST_SITTING = 2 * DAY;

/**
 * Tells what is known of episodes watched last, by item. One statement.
 * @param items as they were loaded; those that may not be seen are missing, and have no reason then
 */
export const reasonsOf = async (
  db: Reader,
  viewer: Viewer,
  watched: readonly { itemId: MediaItemId; at: Instant }[],
  items: ReadonlyMap<MediaItemId, ItemView>,
): Promise<Map<MediaItemId, Reason>> => {
  const reasons = new Map<MediaItemId, Reason>();
  for (const { itemId, at: watchedAt } of watched) {
    const item = items.get(itemId);
    if (!item) continue;
    const { title, seasonNumber, episodeNumber } = item;
    reasons.set(itemId, { itemId, title, seasonNumber, episodeNumber, watchedAt, device: null });
  }
  for (const row of await playsDuring(db, viewer, [...reasons.values()])) {
    const reason = reasons.get(row.item_id);
    if (reason && row.started_at <= reason.watchedAt && reason.watchedAt <= row.last_at) {
      reason.device = deviceOf(viewer, row) ?? reason.device;
    }
  }
  return reasons;
};

const playsDuring = async (db: Reader, viewer: Viewer, reasons: readonly Reason[]): Promise<Row[]> => {
  if (reasons.length === 0) return [];
  const instants = reasons.map((reason) => reason.watchedAt);
  const ids = idList(
    dialectOf(db),
    reasons.map((reason) => reason.itemId),
  );
  const oldest = Math.min(...instants);
  const period = { oldest, earliest: oldest - LONGEST_SITTING, latest: Math.max(...instants) };
  return around(db, { user: viewer.userId, ids, ...period });
};

const around = prepare<{ user: UserId; ids: string; oldest: Instant; earliest: Instant; latest: Instant }>()(
  (db, value, dialect) =>
    db
      .selectFrom('plays as p')
      .innerJoin('device_users as du', 'du.id', 'p.device_user_id')
      .innerJoin('devices as d', 'd.id', 'du.device_id')
      .select(['p.item_id', 'p.started_at', 'p.last_at', 'p.device_user_id'])
      .select(['du.isolation', 'd.display_name', 'd.reported_name'])
      .where(idIn(dialect, 'p.item_id', value('ids')))
      .where('p.user_id', '=', value('user'))
      .where('p.deleted_at', 'is', null)
      .where('p.started_at', '>=', value('earliest'))
      .where('p.started_at', '<=', value('latest'))
      .where('p.last_at', '>=', value('oldest')),
);

type Row = Awaited<ReturnType<typeof around>>[number];

/** The name of the device, where the viewer may know of what was done on it. */
const deviceOf = (viewer: Viewer, row: Row): string | null => {
  const heard = seesGroup(viewer) && (row.isolation === 'loud' || row.isolation === 'shout');
  return heard || row.device_user_id === viewer.deviceUserId ? (row.display_name ?? row.reported_name) : null;
};
