import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { ListKey } from '#activity/lists/list-key.ts';
import { pairOf, watchedIn } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { type Prepared, prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { type Grants, readScopes, type Viewer } from '#kernel/viewer.ts';

/** What can be new. */
export const newKinds = ['movie', 'series', 'season', 'episode', 'album', 'stream'] as const;
export type NewKind = (typeof newKinds)[number];

/** An item that was added lately, and whether it belongs to the list. */
export interface Candidate {
  id: MediaItemId;
  added_at: Instant;
  /** The first leaf in it that is not watched, itself if it is a leaf; null: it does not belong to the list. */
  first_id: MediaItemId | null;
}

/** Which of those that were added lately are asked for. */
export interface Window {
  kind: NewKind;
  /** 0: of any library. */
  library: number;
  since: Instant;
}

/**
 * The newest items of a kind before a key, whether they belong to the list or not: so a query costs what it looks at,
 * however much was added at once.
 */
export const candidatesBefore = (
  db: Reader,
  viewer: Viewer,
  { kind, library, since }: Window,
  before: ListKey,
  limit: number,
): Promise<Candidate[]> => {
  const { any, ofLibrary } = queries(viewer.grants)[kind];
  const values = { ...pairOf(readScopes(viewer)), user: viewer.userId, library, since, ...before, limit };
  return (library === 0 ? any : ofLibrary)(db, values);
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  user: UserId;
  library: number;
  since: Instant;
  at: Instant;
  id: number;
  limit: number;
}

const queries = byGrants((grants) => {
  const of = (kind: NewKind, library: boolean): Prepared<Values, Candidate> =>
    prepare<Values>()((db, value, dialect) => candidatesQuery(db, dialect, grants, kind, library, value));
  const both = (kind: NewKind) => ({ any: of(kind, false), ofLibrary: of(kind, true) });
  return {
    movie: both('movie'),
    series: both('series'),
    season: both('season'),
    episode: both('episode'),
    album: both('album'),
    stream: both('stream'),
  } satisfies Record<NewKind, unknown>;
});

/** Exported for the test that holds every such query against its plan. */
export const candidatesQuery = (
  db: Reader,
  dialect: SqlDialect,
  grants: Grants,
  kind: NewKind,
  ofLibrary: boolean,
  value: Value<Values>,
): { compile(): CompiledQuery<Candidate> } => {
  const unwatched = (leaf: string) =>
    sql`${watchedIn(sql`${value('first')}, ${value('second')}`, leaf)} = 0 AND ${visibleTo(grants, leaf)}`;
  const query = sql<Candidate>`SELECT i.id, i.added_at,
      CASE WHEN ${visibleTo(grants, 'i')} AND ${rules[kind](value)} THEN ${firsts[kind](unwatched)} END AS first_id
    FROM (SELECT m.id, m.kind, m.parent_id, m.root_id, m.library_id, m.added_at FROM media_items AS m ${indexOf(dialect, ofLibrary)}
      WHERE m.kind = ${sql.lit(kind)} AND m.removed_at IS NULL
        ${ofLibrary ? sql`AND m.library_id = ${value('library')}` : sql``}
        AND m.added_at >= ${value('since')} AND (m.added_at, m.id) < (${value('at')}, ${value('id')})
      ORDER BY m.added_at DESC, m.id DESC LIMIT ${value('limit')}) AS i
    ORDER BY i.added_at DESC, i.id DESC`;
  return { compile: () => query.compile(db) };
};

const indexOf = ({ name }: SqlDialect, ofLibrary: boolean): RawBuilder<unknown> => {
  if (name !== 'sqlite') return sql``;
  return ofLibrary ? sql`INDEXED BY items_of_library_by_added` : sql`INDEXED BY items_by_added`;
};

/** Where a user drops something that is not being watched, there is no activity to overtake that. */
const droppedAt = (value: Value<Values>, item: RawBuilder<unknown>) =>
  sql`coalesce((SELECT choice.dropped_at FROM list_choices AS choice
    WHERE choice.user_id = ${value('user')} AND choice.item_id = ${item}), -1)`;

/** Newer activity in a series than the word that it is dropped. */
const follows = (value: Value<Values>, series: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`EXISTS (SELECT 1 FROM series_states AS st WHERE st.scope_id IN (${value('first')}, ${value('second')})
    AND st.series_id = ${series} AND st.activity_at > ${droppedAt(value, series)})`;

const notDropped = (value: Value<Values>, item: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`${droppedAt(value, item)} = -1`;

/** What belongs to the list, besides that it may be seen and is not watched. */
const rules: Record<NewKind, (value: Value<Values>) => RawBuilder<SqlBool>> = {
  movie: (value) => notDropped(value, sql`i.id`),
  stream: (value) => notDropped(value, sql`i.id`),
  album: () => sql<SqlBool>`1 = 1`,
  series: (value) => sql<SqlBool>`(${notDropped(value, sql`i.id`)} OR ${follows(value, sql`i.id`)})`,
  episode: (value) => follows(value, sql`i.root_id`),
  // The seasons of a new series come with it; and what was there before is not new because its season is noticed now.
  season: (value) => sql<SqlBool>`(${follows(value, sql`i.root_id`)}
    AND EXISTS (SELECT 1 FROM media_items AS whole WHERE whole.id = i.root_id AND whole.added_at < ${value('since')})
    AND NOT EXISTS (SELECT 1 FROM media_items AS former WHERE former.parent_id = i.id AND former.added_at < ${value('since')}))`,
};

type Unwatched = (leaf: string) => RawBuilder<unknown>;

const itself = (unwatched: Unwatched) => sql`CASE WHEN ${unwatched('i')} THEN i.id END`;

/** In the order of the index by parent. */
const firstChild = (unwatched: Unwatched) => sql`(SELECT l.id FROM media_items AS l
  WHERE l.parent_id = i.id AND l.removed_at IS NULL AND ${unwatched('l')}
  ORDER BY l.season_number, l.disc_number, l.episode_number, l.track_number, l.id LIMIT 1)`;

const SEASON_ONE = 1_000_000_000;

const firstEpisode = (unwatched: Unwatched, which: RawBuilder<unknown>) => sql`(SELECT l.id FROM media_items AS l
  WHERE l.root_id = i.id AND ${which} AND l.removed_at IS NULL AND ${unwatched('l')}
  ORDER BY l.play_order, l.id LIMIT 1)`;

const firsts: Record<NewKind, (unwatched: Unwatched) => RawBuilder<unknown>> = {
  movie: itself,
  stream: itself,
  episode: itself,
  album: firstChild,
  season: firstChild,
  // Specials, which stand before the first season, only where there is nothing else.
  series: (unwatched) => sql`coalesce(${firstEpisode(unwatched, sql`l.play_order >= ${sql.lit(SEASON_ONE)}`)},
    ${firstEpisode(unwatched, sql`l.play_order < ${sql.lit(SEASON_ONE)}`)})`,
};
