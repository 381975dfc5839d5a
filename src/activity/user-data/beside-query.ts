import { sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import { opinionColumns, opinionOf } from '#activity/opinions/opinion-query.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import type { Beside } from './entry.ts';

/** What is known of some items (200 at most) besides their states, in one statement. What may be seen is the caller's to know. */
export const besideOf = async (
  db: Reader,
  viewer: Viewer,
  ids: readonly MediaItemId[],
): Promise<Map<MediaItemId, Beside>> => {
  if (ids.length === 0) return new Map();
  const rows = await query(db, {
    ...pairOf(readScopes(viewer)),
    user: viewer.userId,
    ids: idList(dialectOf(db), ids),
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        opinion: opinionOf(row),
        firstPlayedAt: row.first_played_at,
        reportedAt: row.reported_at,
        markedAt: row.marked_at,
        activityAt: row.activity_at,
      },
    ]),
  );
};

const query = prepare<{ first: ScopeId; second: ScopeId; user: UserId; ids: string }>()((db, value, dialect) => {
  const scopes = sql`(${value('first')}, ${value('second')})`;
  return db
    .selectFrom('media_items as i')
    .leftJoin('opinions as o', (join) => join.on('o.user_id', '=', value('user')).onRef('o.item_id', '=', 'i.id'))
    .select('i.id')
    .select(opinionColumns)
    .select([
      sql<Instant | null>`(SELECT min(p.first_played_at) FROM play_states AS p
        WHERE p.scope_id IN ${scopes} AND p.item_id = i.id)`.as('first_played_at'),
      sql<Instant | null>`(SELECT max(p.reported_at) FROM play_states AS p
        WHERE p.scope_id IN ${scopes} AND p.item_id = i.id)`.as('reported_at'),
      sql<Instant | null>`(SELECT max(m.at) FROM marks AS m
        WHERE m.scope_id IN ${scopes} AND m.item_id = i.id)`.as('marked_at'),
      sql<Instant | null>`(SELECT max(s.activity_at) FROM series_states AS s
        WHERE s.scope_id IN ${scopes} AND s.series_id = i.id)`.as('activity_at'),
    ])
    .where(idIn(dialect, 'i.id', value('ids')));
});
