import { visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
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

/** Tells what is known of episodes watched last, by item; those that may not be seen are missing. One statement. */
export const reasonsOf = async (
  db: Reader,
  viewer: Viewer,
  watched: readonly { itemId: MediaItemId; at: Instant }[],
): Promise<Map<MediaItemId, Reason>> => {
  const reasons = new Map<MediaItemId, Reason>();
  if (watched.length === 0) return reasons;
  const instants = new Map(watched.map(({ itemId, at }) => [itemId, at]));
  const ids = idList(dialectOf(db), [...instants.keys()]);
  const oldest = Math.min(...instants.values());
  for (const row of await select(viewer.grants)(db, { user: viewer.userId, ids, oldest })) {
    const watchedAt = instants.get(row.id) ?? 0;
    const device = deviceOf(viewer, row, watchedAt) ?? reasons.get(row.id)?.device ?? null;
    const { id: itemId, title, season_number: seasonNumber, episode_number: episodeNumber } = row;
    reasons.set(itemId, { itemId, title, seasonNumber, episodeNumber, watchedAt, device });
  }
  return reasons;
};

const select = byGrants((grants) =>
  prepare<{ user: UserId; ids: string; oldest: Instant }>()((db, value, dialect) =>
    db
      .selectFrom('media_items as i')
      .leftJoin('plays as p', (join) =>
        join.onRef('p.item_id', '=', 'i.id').on('p.user_id', '=', value('user')).on('p.last_at', '>=', value('oldest')),
      )
      .leftJoin('device_users as du', 'du.id', 'p.device_user_id')
      .leftJoin('devices as d', 'd.id', 'du.device_id')
      .select(['i.id', 'i.title', 'i.season_number', 'i.episode_number', 'p.started_at', 'p.last_at'])
      .select(['du.id as device_user_id', 'du.isolation', 'd.display_name', 'd.reported_name'])
      .where(idIn(dialect, 'i.id', value('ids')))
      .where(visibleTo(grants, 'i')),
  ),
);

type Row = Awaited<ReturnType<ReturnType<typeof select>>>[number];

/** The device of a play during which the mark was made, where the viewer may know of it. */
const deviceOf = (viewer: Viewer, row: Row, watchedAt: Instant): string | null => {
  if (row.started_at === null || row.last_at === null) return null;
  if (watchedAt < row.started_at || watchedAt > row.last_at) return null;
  const heard = seesGroup(viewer) && (row.isolation === 'loud' || row.isolation === 'shout');
  return heard || row.device_user_id === viewer.deviceUserId ? (row.display_name ?? row.reported_name) : null;
};
