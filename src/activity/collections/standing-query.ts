import { sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import { wantedBy } from '#activity/lists/choice-sql.ts';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Mark } from '#activity/marks/watched.ts';
import { takesRegister } from '#activity/playing/progress.ts';
import type { InProgress } from '#activity/series/standing-query.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { type CollectionStanding, type Known, type Member, standingIn } from './standing.ts';

export type StandingInCollection = CollectionStanding & { collectionId: MediaItemId };

/** Derives the standings in these collections (a few dozen at a time) by the pure rule, in one statement. */
export const standingsIn = async (
  db: Reader,
  { userId, grants }: Viewer,
  scopes: readonly ScopeId[],
  collections: readonly MediaItemId[],
  now: Instant,
): Promise<StandingInCollection[]> => {
  if (collections.length === 0) return [];
  const list = idList(dialectOf(db), collections);
  const rows = await membersFor(grants)(db, { ...pairOf(scopes), user: userId, collections: list, now });
  const known = knownBy(rows);
  const byCollection = Map.groupBy(rows, (row) => row.collection_id);
  return collections.map((collectionId) => ({
    collectionId,
    ...standingIn(membersOf(byCollection.get(collectionId) ?? []), known, now),
  }));
};

interface Values {
  user: UserId;
  first: ScopeId;
  second: ScopeId;
  collections: string;
  now: Instant;
}

/** A movie of a collection, and what one scope knows of it. */
interface MemberRow {
  collection_id: MediaItemId;
  position: number;
  id: MediaItemId;
  library_id: MediaItemId;
  added_at: Instant;
  released_at: Instant | null;
  removed_at: Instant | null;
  seen: Flag;
  wanted: Flag;
  own_watched: Flag | null;
  own_at: Instant | null;
  shelf_watched: Flag | null;
  shelf_at: Instant | null;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  reported_at: Instant | null;
}

const membersFor = byGrants((grants: Grants) =>
  prepare<Values>()<MemberRow>((db, value, dialect) => {
    const scopes = sql`(${value('first')}, ${value('second')})`;
    const active = sql`coalesce((SELECT max(any_scope.reported_at) FROM play_states AS any_scope
      WHERE any_scope.scope_id IN ${scopes} AND any_scope.item_id = i.id), 0)`;
    return {
      compile: () =>
        sql<MemberRow>`SELECT c.collection_id, c.position, i.id, i.library_id, i.added_at, i.released_at, i.removed_at,
            CASE WHEN ${visibleTo(grants, 'i')} THEN 1 ELSE 0 END AS seen,
            CASE WHEN ${wantedBy(value('user'), sql`i.id`, active, value('now'))} THEN 1 ELSE 0 END AS wanted,
            own.watched AS own_watched, own.at AS own_at, shelf.watched AS shelf_watched, shelf.at AS shelf_at,
            p.position_ms, p.duration_ms, p.reported_at
          FROM collection_items AS c CROSS JOIN media_items AS i CROSS JOIN scopes AS s
          LEFT JOIN marks AS own ON own.scope_id = s.id AND own.item_id = i.id
          LEFT JOIN marks AS shelf ON shelf.scope_id = s.id AND shelf.item_id = i.library_id
          LEFT JOIN play_states AS p ON p.scope_id = s.id AND p.item_id = i.id
          WHERE ${idIn(dialect, 'c.collection_id', value('collections'))} AND i.id = c.item_id AND i.kind = 'movie'
            AND s.id IN ${scopes}`.compile(db),
    };
  }),
);

/** Each movie once, whatever the scopes. */
const membersOf = (rows: readonly MemberRow[]): Member[] => {
  const members = new Map<MediaItemId, Member>();
  for (const row of rows) {
    members.set(row.id, {
      id: row.id,
      libraryId: row.library_id,
      position: row.position,
      addedAt: row.added_at,
      releasedAt: row.released_at,
      here: row.removed_at === null,
      offered: row.removed_at === null && row.seen === 1,
      aside: row.wanted === 0,
    });
  }
  return [...members.values()];
};

const knownBy = (rows: readonly MemberRow[]): Known => {
  const marks = new Map<MediaItemId, Mark[]>();
  const add = (item: MediaItemId, watched: Flag | null, at: Instant | null) => {
    if (watched === null || at === null) return;
    const mark = { watched: watched === 1, at };
    const others = marks.get(item);
    if (others) others.push(mark);
    else marks.set(item, [mark]);
  };
  const newest = new Map<MediaItemId, Register>();
  for (const row of rows) {
    add(row.id, row.own_watched, row.own_at);
    add(row.library_id, row.shelf_watched, row.shelf_at);
    const { reported_at: reportedAt, position_ms: positionMs, duration_ms: durationMs } = row;
    if (reportedAt === null) continue;
    const register = { reportedAt, positionMs, durationMs };
    if (takesRegister(register, newest.get(row.id))) newest.set(row.id, register);
  }
  return { marks, positions: [...newest].flatMap(inProgressOf).sort(newestFirst) };
};

interface Register {
  reportedAt: Instant;
  positionMs: Millis | null;
  durationMs: Millis | null;
}

const inProgressOf = ([itemId, { positionMs, ...register }]: [MediaItemId, Register]): InProgress[] =>
  positionMs === null ? [] : [{ itemId, positionMs, ...register }];

const newestFirst = (one: InProgress, other: InProgress): number =>
  other.reportedAt - one.reportedAt || other.itemId - one.itemId;
