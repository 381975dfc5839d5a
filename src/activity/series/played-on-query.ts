import { sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId } from '#kernel/ids.ts';

/** A leaf and when it was watched. */
export interface WatchedLast {
  id: MediaItemId;
  at: Instant;
}

/** A sitting that went on for longer does not tell where something was watched. */
const LONGEST_SITTING = 2 * DAY;

/**
 * By which device users leaves were played to their end when they were watched, of those that the scopes hear of. One
 * statement.
 */
export const playedOn = async (
  db: Reader,
  scopes: readonly ScopeId[],
  watched: readonly WatchedLast[],
): Promise<Map<MediaItemId, DeviceUserId>> => {
  const found = new Map<MediaItemId, DeviceUserId>();
  if (watched.length === 0) return found;
  const at = new Map(watched.map((one) => [one.id, one.at]));
  const instants = [...at.values()];
  const oldest = Math.min(...instants);
  const period = { oldest, earliest: oldest - LONGEST_SITTING, latest: Math.max(...instants) };
  for (const play of await around(db, { ...pairOf(scopes), ids: idList(dialectOf(db), [...at.keys()]), ...period })) {
    const then = at.get(play.item_id) ?? 0;
    if (play.started_at <= then && then <= play.last_at) found.set(play.item_id, play.device_user_id);
  }
  return found;
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  ids: string;
  oldest: Instant;
  earliest: Instant;
  latest: Instant;
}

/** A scope of a device hears of that alone, a user's group of all that are loud or shout. */
const around = prepare<Values>()((db, value, dialect) =>
  db
    .selectFrom('scopes as s')
    .innerJoin('plays as p', 'p.user_id', 's.user_id')
    .innerJoin('device_users as du', 'du.id', 'p.device_user_id')
    .select(['p.item_id', 'p.device_user_id', 'p.started_at', 'p.last_at'])
    .where('s.id', 'in', sql<ScopeId>`(${value('first')}, ${value('second')})`)
    .where(idIn(dialect, 'p.item_id', value('ids')))
    .where((is) =>
      is.or([
        is('s.device_user_id', '=', is.ref('du.id')),
        is.and([is('s.device_user_id', 'is', null), is('du.isolation', 'in', ['loud', 'shout'])]),
      ]),
    )
    .where('p.completed', '=', 1)
    .where('p.deleted_at', 'is', null)
    .where('p.started_at', '>=', value('earliest'))
    .where('p.started_at', '<=', value('latest'))
    .where('p.last_at', '>=', value('oldest')),
);
