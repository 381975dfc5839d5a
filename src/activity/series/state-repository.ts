import { type RawBuilder, sql } from 'kysely';
import { pairOf, positionsInSeries, watchedIn } from '#activity/marks/covering-sql.ts';
import { inEachScope, isInScope, type ScopePair } from '#activity/marks/scope-write.ts';
import type { Transaction } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';

/** The series that an activity belongs to. */
export interface Place {
  series: MediaItemId;
  library: MediaItemId;
}

/** A scope in which an episode was watched, and whether it was unwatched there before. */
export interface WatchedIn {
  scopeId: ScopeId;
  newly: boolean;
}

/**
 * Moves the pointer on after the newest activity of a series: this episode was watched at `at`, later than anything the
 * scopes know there, so that the next one is found by walking on from it (the rule of `pointerOf` for the usual way), and
 * the count by taking it off, in one statement. Where the series is gone through in another way it is derived when read.
 * @param watched `on`: by which device user it was played to its end; null: marked by hand
 */
export const advance = async (
  tx: Transaction,
  states: readonly WatchedIn[],
  place: Place,
  watched: { episode: MediaItemId; at: Instant; on: DeviceUserId | null },
  now: Instant,
): Promise<void> => {
  const [one, other = one] = states;
  const scopes = pairOf(states.map((state) => state.scopeId));
  await moveOn(tx, { ...scopes, ...place, ...watched, now, less: one?.newly ? 1 : 0, otherLess: other?.newly ? 1 : 0 });
};

const unwatchedAfter = (which: RawBuilder<unknown>, first = sql``) =>
  sql`SELECT e.id FROM media_items AS e
    WHERE e.root_id = seen.root_id AND e.play_order >= seen.play_order
      AND (e.play_order > seen.play_order OR e.id > seen.id)
      AND e.removed_at IS NULL AND ${which} AND ${watchedIn(sql`s.id`, 'e')} = 0
    ORDER BY ${first} e.play_order, e.id LIMIT 1`;

/** Whether the scope `s` goes through the series in a way of its own, which a walk in the usual order does not know. */
const ownWay = (series: RawBuilder<unknown>) =>
  sql`(EXISTS (SELECT 1 FROM rewatches AS again WHERE again.scope_id = s.id AND again.series_id = ${series})
    OR EXISTS (SELECT 1 FROM list_choices AS choice
      WHERE choice.user_id = s.user_id AND choice.item_id = ${series} AND choice.specials IS NOT NULL))`;

/** How many episodes are here: none of them watched, where nothing was known of the series. */
const allLeaves = (series: RawBuilder<unknown>) =>
  sql`(SELECT counted.leaves FROM leaf_counts AS counted WHERE counted.item_id = ${series})`;

const moveOn = prepare<{
  first: ScopeId;
  second: ScopeId;
  series: MediaItemId;
  library: MediaItemId;
  episode: MediaItemId;
  at: Instant;
  on: DeviceUserId | null;
  now: Instant;
  less: Flag;
  otherLess: Flag;
}>()((db, value, dialect) => ({
  compile: () => {
    const shown = sql`(e.released_at IS NULL OR e.released_at <= ${value('now')})`;
    const ahead = sql`e.released_at > ${value('now')}`;
    const own = sql`CASE WHEN ${ownWay(value('series'))} THEN 1 ELSE 0 END`;
    const less = (scope: RawBuilder<unknown>) =>
      sql`CAST(CASE WHEN ${scope} = ${value('first')} THEN ${value('less')} ELSE ${value('otherLess')} END AS bigint)`;
    const shelf = (scope: RawBuilder<unknown>, newer = sql``) =>
      sql`EXISTS (SELECT 1 FROM marks AS shelf WHERE shelf.scope_id = ${scope} AND shelf.item_id = ${value('library')}${newer})`;
    return sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, last_item_id, last_at, last_on,
        next_item_id, next_at, unwatched, open, stale, unmarked)
      SELECT s.id, ${value('series')}, ${value('library')}, ${value('at')}, ${value('episode')}, ${value('at')},
        CAST(${value('on')} AS bigint), n.id, CASE WHEN n.released_at > ${value('now')} THEN n.released_at END,
        CASE WHEN NOT ${shelf(sql`s.id`)} THEN ${allLeaves(value('series'))} - ${less(sql`s.id`)} END,
        CASE WHEN n.id IS NOT NULL OR ${own} = 1 OR EXISTS (SELECT 1 FROM play_states AS p ${positionsInSeries(dialect)}
          WHERE p.scope_id = s.id AND p.series_id = ${value('series')} AND p.position_ms IS NOT NULL
            AND p.item_id <> seen.id) THEN 1 ELSE 0 END,
        ${own}, 0
      FROM scopes AS s JOIN media_items AS seen ON seen.id = ${value('episode')}
      LEFT JOIN media_items AS n ON n.id = coalesce(
        (${unwatchedAfter(shown)}), (${unwatchedAfter(ahead, sql`e.released_at,`)}))
      WHERE s.id IN (${value('first')}, ${value('second')})
      ON CONFLICT (scope_id, series_id) DO UPDATE SET
        activity_at = excluded.activity_at, last_item_id = excluded.last_item_id, last_at = excluded.last_at,
        last_on = excluded.last_on, next_item_id = excluded.next_item_id, next_at = excluded.next_at,
        unwatched = CASE WHEN NOT ${shelf(sql`series_states.scope_id`, sql` AND shelf.at > series_states.activity_at`)}
          THEN series_states.unwatched - ${less(sql`series_states.scope_id`)} END,
        stale = CASE WHEN excluded.stale = 1 THEN 1 ELSE series_states.stale END,
        open = CASE WHEN series_states.unmarked = 1 OR series_states.stale = 1 THEN 1 ELSE excluded.open END`.compile(
      db,
    );
  },
}));

/** Activity in a series. */
export interface SeriesActivity {
  at: Instant;
  /** Whether the pointer must be derived anew; else there is only one more episode in progress. */
  stale: boolean;
  /** Whether something was set unwatched. */
  unmarked: boolean;
  /** Whether something is kept of the series already, in each of the scopes. */
  known: boolean;
}

export const touch = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  place: Place,
  { at, stale, unmarked, known }: SeriesActivity,
): Promise<void> => {
  const doubts = { at, stale: stale ? 1 : 0, unmarked: unmarked ? 1 : 0 } as const;
  if (!known) await note(tx, { ...pairOf(scopes), ...place, ...doubts });
  else await inEachScope(tx, scopes, (pair) => noteAgain(tx, { ...pair, series: place.series, ...doubts }));
};

const noteAgain = prepare<ScopePair & { series: MediaItemId; at: Instant; stale: Flag; unmarked: Flag }>()(
  (db, value, dialect) => ({
    compile: () =>
      sql`UPDATE series_states SET
          activity_at = CASE WHEN activity_at < ${value('at')} THEN ${value('at')} ELSE activity_at END, open = 1,
          stale = CASE WHEN ${value('stale')} = 1 THEN 1 ELSE stale END,
          unmarked = CASE WHEN ${value('unmarked')} = 1 THEN 1 ELSE unmarked END
        WHERE ${isInScope(dialect, value)} AND series_id = ${value('series')}`.compile(db),
  }),
);

/** What a row that is there already takes from a new one: the newer activity, and every doubt. */
const raised = sql`ON CONFLICT (scope_id, series_id) DO UPDATE SET
  activity_at = CASE WHEN excluded.activity_at > series_states.activity_at
    THEN excluded.activity_at ELSE series_states.activity_at END,
  open = 1,
  stale = CASE WHEN excluded.stale = 1 THEN 1 ELSE series_states.stale END,
  unmarked = CASE WHEN excluded.unmarked = 1 THEN 1 ELSE series_states.unmarked END`;

const note = prepare<{
  first: ScopeId;
  second: ScopeId;
  series: MediaItemId;
  library: MediaItemId;
  at: Instant;
  stale: Flag;
  unmarked: Flag;
}>()((db, value) => ({
  compile: () =>
    sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, unwatched, open, stale, unmarked)
      SELECT s.id, ${value('series')}, ${value('library')}, ${value('at')}, ${allLeaves(value('series'))}, 1,
        ${value('stale')}, ${value('unmarked')}
      FROM scopes AS s WHERE s.id IN (${value('first')}, ${value('second')}) ${raised}`.compile(db),
}));

/**
 * After a mark on a whole library. Rows with older activity are overruled when they are read, so that nothing is written
 * for them. Only a mark that came late meets newer activity, or episodes added since: these series are derived anew.
 */
export const libraryMarked = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  library: MediaItemId,
  mark: { watched: boolean; at: Instant },
): Promise<void> => {
  await doubtNewer(tx, { ...pairOf(scopes), library, at: mark.at });
  await raiseUncovered(tx, scopes, [library]);
};

const doubtNewer = prepare<ScopePair & { library: MediaItemId; at: Instant }>()((db, value, dialect) => ({
  compile: () =>
    sql`UPDATE series_states ${byActivity(dialect)} SET stale = 1, open = 1
      WHERE scope_id IN (${value('first')}, ${value('second')}) AND stale = 0 AND open IN (0, 1)
        AND activity_at >= ${value('at')} AND library_id = ${value('library')}`.compile(db),
}));

/** SQLite would rather walk all series of the scope. */
const byActivity = ({ name }: SqlDialect): RawBuilder<unknown> =>
  name === 'sqlite' ? sql`INDEXED BY series_states_next` : sql``;

/**
 * Takes what is known of episodes that the mark on their library does not cover to be as new as that mark, so that it
 * does not overrule them (`activityAt`). Only episodes that are here: what is known of retired ones was recorded after
 * they were added.
 */
export const raiseUncovered = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  libraries: readonly MediaItemId[],
): Promise<void> => {
  if (libraries.length === 0) return;
  const list = (ids: readonly MediaItemId[]) => ({ ...pairOf(scopes), libraries: idList(dialectOf(tx), ids) });
  const outgrown = await outgrownMarks(tx, list(libraries));
  if (outgrown.length > 0) await raise(tx, list(outgrown.map((row) => row.item_id)));
};

/** Libraries that something was added to after the mark on them. Looked at first: PostgreSQL would walk all episodes. */
const outgrownMarks = prepare<ScopePair & { libraries: string }>()((db, value, dialect) => ({
  compile: () =>
    sql<{ item_id: MediaItemId }>`SELECT DISTINCT m.item_id
      FROM marks AS m JOIN leaf_counts AS c ON c.item_id = m.item_id AND c.added_until > m.at
      WHERE m.scope_id IN (${value('first')}, ${value('second')}) AND ${idIn(dialect, 'm.item_id', value('libraries'))}`.compile(
      db,
    ),
}));

const raise = prepare<{ first: ScopeId; second: ScopeId; libraries: string }>()((db, value, dialect) => ({
  compile: () =>
    sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, open, stale, unmarked)
      SELECT DISTINCT m.scope_id, e.root_id, e.library_id, m.at, 1, 1, 0
      FROM marks AS m JOIN media_items AS e ON e.library_id = m.item_id AND e.added_at > m.at
      WHERE m.scope_id IN (${value('first')}, ${value('second')}) AND ${idIn(dialect, 'm.item_id', value('libraries'))}
        AND e.kind = 'episode' AND e.removed_at IS NULL AND ${mayFollow(sql`e.root_id`)} ${raised}`.compile(db),
}));

/**
 * Has the pointers of these series derived anew in every scope. Where a whole library is marked, a new episode may follow
 * what that mark covers.
 */
export const markStale = async (tx: Transaction, series: readonly MediaItemId[]): Promise<void> => {
  await tx
    .updateTable('series_states')
    .set({ stale: 1, open: 1, library_id: libraryNow })
    .where('series_id', 'in', series)
    .execute();
  await sql`INSERT INTO series_states (scope_id, series_id, library_id, activity_at, open, stale, unmarked)
    SELECT m.scope_id, i.id, i.library_id, m.at, 1, 1, 0
    FROM media_items AS i JOIN marks AS m ON m.item_id = i.library_id
    WHERE i.id IN (${sql.join(series)}) AND i.kind = 'series' AND ${mayFollow(sql`i.id`)} ${raised}`.execute(tx);
};

/** A series may have moved to another library. */
const libraryNow = sql<MediaItemId>`coalesce((SELECT moved.library_id FROM media_items AS moved
  WHERE moved.id = series_states.series_id), series_states.library_id)`;

/**
 * Has the pointers of a series derived anew wherever one user keeps them: they want to go through it in another way.
 * Nothing is activity by that.
 */
export const markStaleForUser = async (tx: Transaction, user: UserId, series: MediaItemId): Promise<void> => {
  await tx
    .updateTable('series_states')
    .set({ stale: 1, open: 1 })
    .where('series_id', '=', series)
    .where('scope_id', 'in', tx.selectFrom('scopes').select('id').where('user_id', '=', user))
    .execute();
};

/**
 * Notes that a series was begun anew in these scopes: that is activity there, and what is next must be derived.
 * The row in `rewatches` is the caller's.
 */
export const beganAnew = (tx: Transaction, scopes: readonly ScopeId[], place: Place, at: Instant): Promise<void> =>
  touch(tx, scopes, place, { at, stale: true, unmarked: false, known: false });

/** Whether an episode that the mark `m` on a library does not cover may be next: after watched ones, or its own. */
const mayFollow = (series: RawBuilder<unknown>) =>
  sql`(m.watched = 1 OR EXISTS (SELECT 1 FROM series_states AS known
    WHERE known.scope_id = m.scope_id AND known.series_id = ${series}))`;
