import { type Selectable, type SqlBool, sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import { inEachScope, isInScope, type ScopePair } from '#activity/marks/scope-write.ts';
import type { Reader, Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { PlaysTable } from '#database/tables/activity.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, ScopeId, UserId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import { SITTING_GAP, type Sitting } from './play.ts';

/** What a report, or a finished play, makes of the play state of a leaf. */
export interface PlayStateChange {
  /** null: not in progress any more. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  at: Instant;
  /** Plays that were completed by it. */
  completions: number;
  /** When it was played; null for mere knowledge of a count. */
  firstPlayedAt: Instant | null;
  lastPlayedAt: Instant | null;
}

/** Saves it in each scope, whether anything is known there or not. The newest report has the position (the rule of `takesRegister`); counts add up. */
export const savePlayState = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  item: { id: MediaItemId; seriesId: MediaItemId | null },
  change: PlayStateChange,
): Promise<void> => {
  await upsertState(tx, { ...pairOf(scopes), item: item.id, series: item.seriesId, ...change });
};

const newer = sql`(excluded.reported_at > play_states.reported_at
  OR (excluded.reported_at = play_states.reported_at AND play_states.position_ms IS NOT NULL
    AND (excluded.position_ms IS NULL OR excluded.position_ms > play_states.position_ms)))`;

type StateValues = ScopePair & PlayStateChange & { item: MediaItemId };

const upsertState = prepare<StateValues & { series: MediaItemId | null }>()((db, value) => ({
  compile: () =>
    sql`INSERT INTO play_states
      (scope_id, item_id, series_id, position_ms, duration_ms, reported_at, play_count, first_played_at, last_played_at)
    SELECT s.id, ${value('item')}, ${value('series')}, ${value('positionMs')}, ${value('durationMs')}, ${value('at')},
      ${value('completions')}, ${value('firstPlayedAt')}, ${value('lastPlayedAt')}
    FROM scopes AS s WHERE s.id IN (${value('first')}, ${value('second')})
    ON CONFLICT (scope_id, item_id) DO UPDATE SET
      position_ms = CASE WHEN ${newer} THEN excluded.position_ms ELSE play_states.position_ms END,
      duration_ms = CASE WHEN ${newer} THEN coalesce(excluded.duration_ms, play_states.duration_ms)
        ELSE coalesce(play_states.duration_ms, excluded.duration_ms) END,
      reported_at = CASE WHEN ${newer} THEN excluded.reported_at ELSE play_states.reported_at END,
      play_count = play_states.play_count + excluded.play_count,
      first_played_at = CASE WHEN excluded.first_played_at < play_states.first_played_at
        OR play_states.first_played_at IS NULL THEN excluded.first_played_at ELSE play_states.first_played_at END,
      last_played_at = CASE WHEN excluded.last_played_at > play_states.last_played_at
        OR play_states.last_played_at IS NULL THEN excluded.last_played_at ELSE play_states.last_played_at END`.compile(
      db,
    ),
}));

/** The same where there is a state in each of these scopes already, and the change is known to take its register. */
export const movePlayState = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  item: MediaItemId,
  change: PlayStateChange,
): Promise<void> => {
  await inEachScope(tx, scopes, (pair) => moveState(tx, { ...pair, item, ...change }));
};

const moveState = prepare<StateValues>()((db, value, dialect) => ({
  compile: () =>
    sql`UPDATE play_states SET position_ms = ${value('positionMs')}, duration_ms = coalesce(${value('durationMs')}, duration_ms),
        reported_at = ${value('at')}, play_count = play_count + ${value('completions')},
        first_played_at = CASE WHEN first_played_at <= ${value('firstPlayedAt')} THEN first_played_at
          ELSE coalesce(${value('firstPlayedAt')}, first_played_at) END,
        last_played_at = CASE WHEN last_played_at >= ${value('lastPlayedAt')} THEN last_played_at
          ELSE coalesce(${value('lastPlayedAt')}, last_played_at) END
      WHERE ${isInScope(dialect, value)} AND item_id = ${value('item')}`.compile(db),
}));

/** A sitting, and whether the statistics have yet to count it. */
export type SavedSitting = Sitting & { unsettled: boolean };

/** The plays of an item on a device that a report may belong to, newest first. */
export const sittingsAround = async (
  db: Reader,
  deviceUser: DeviceUserId,
  item: MediaItemId,
  at: Instant,
): Promise<SavedSitting[]> => {
  const rows = await around(db, { deviceUser, item, latest: at + SITTING_GAP });
  return rows.map(sittingIn);
};

/** A play as one who tells of the same sitting finds it. */
export type KnownPlay = SavedSitting & {
  /** Taken out of the history by its owner. */
  deleted: boolean;
};

/** The plays of an item on a device that touch a time, the newest few. Those whose date was given by hand are left out. */
export const playsAround = async (
  db: Reader,
  deviceUser: DeviceUserId,
  item: MediaItemId,
  time: { from: Instant; to: Instant },
): Promise<KnownPlay[]> => {
  const rows = await touching(db, { deviceUser, item, ...time });
  return rows.map((row) => ({ ...sittingIn(row), deleted: row.deleted_at !== null }));
};

/** Whether a device has a play of that source key, be it taken out of the history. */
export const playNamed = async (db: Reader, deviceUser: DeviceUserId, sourceKey: string): Promise<boolean> =>
  (await named(db, { deviceUser, sourceKey })).length > 0;

const sittingColumns = [
  'id',
  'started_at',
  'last_at',
  'ended_at',
  'position_ms',
  'duration_ms',
  'completed',
  'confirmed',
  'watched_ms',
  'unsettled',
] as const;

type SittingRow = Pick<Selectable<PlaysTable>, (typeof sittingColumns)[number]>;

const sittingIn = (row: SittingRow): SavedSitting => ({
  id: row.id,
  startedAt: row.started_at,
  lastAt: row.last_at,
  endedAt: row.ended_at,
  positionMs: row.position_ms,
  durationMs: row.duration_ms,
  completed: row.completed === 1,
  confirmed: row.confirmed === 1,
  watchedMs: row.watched_ms,
  unsettled: row.unsettled === 1,
});

const around = prepare<{ deviceUser: DeviceUserId; item: MediaItemId; latest: Instant }>()((db, value) =>
  db
    .selectFrom('plays')
    .select(sittingColumns)
    .where('item_id', '=', value('item'))
    .where('device_user_id', '=', value('deviceUser'))
    .where('started_at', '<=', value('latest'))
    // One that its owner deleted or dated by hand takes no more reports.
    .where(sql<SqlBool>`deleted_at IS NULL AND date_precision = 'exact'`)
    .orderBy('started_at', 'desc')
    // Not a parameter: SQLite compiles a statement anew each time that its limit is bound, which costs twice the reading.
    .limit(sql.lit(3)),
);

const touching = prepare<{ deviceUser: DeviceUserId; item: MediaItemId; from: Instant; to: Instant }>()((db, value) =>
  db
    .selectFrom('plays')
    .select([...sittingColumns, 'deleted_at'])
    .where('item_id', '=', value('item'))
    .where('device_user_id', '=', value('deviceUser'))
    .where('started_at', '<=', value('to'))
    .where('last_at', '>=', value('from'))
    .where(sql<SqlBool>`date_precision = 'exact'`)
    .orderBy('started_at', 'desc')
    .limit(sql.lit(5)),
);

const named = prepare<{ deviceUser: DeviceUserId; sourceKey: string }>()((db, value) =>
  db
    .selectFrom('plays')
    .select('id')
    .where('device_user_id', '=', value('deviceUser'))
    .where('source_key', '=', value('sourceKey')),
);

/** A play as it is written. */
export interface PlayFacts {
  startedAt: Instant;
  lastAt: Instant;
  endedAt: Instant | null;
  positionMs: Millis | null;
  durationMs: Millis | null;
  completed: boolean;
  confirmed: boolean;
  watchedMs: Millis;
  method: string | null;
  clientName: string | null;
}

/** Adds a play. @returns its id; undefined when its source key is there already */
export const addPlay = async (
  tx: Transaction,
  actor: Actor,
  item: MediaItemId,
  play: PlayFacts,
  sourceKey: string | null = null,
): Promise<PlayId | undefined> => {
  const { userId: user, deviceUserId: deviceUser } = actor;
  const [added] = await insertPlay(tx, { user, deviceUser, item, sourceKey, ...flagged(play) });
  return added?.id;
};

type Written = Omit<PlayFacts, 'completed' | 'confirmed'> & { completed: Flag; confirmed: Flag };

const flagged = (play: PlayFacts): Written => ({
  ...play,
  completed: play.completed ? 1 : 0,
  confirmed: play.confirmed ? 1 : 0,
});

const insertPlay = prepare<
  Written & { user: UserId; deviceUser: DeviceUserId; item: MediaItemId; sourceKey: string | null }
>()((db, value) =>
  db
    .insertInto('plays')
    .values({
      user_id: value('user'),
      device_user_id: value('deviceUser'),
      item_id: value('item'),
      started_at: value('startedAt'),
      last_at: value('lastAt'),
      ended_at: value('endedAt'),
      position_ms: value('positionMs'),
      duration_ms: value('durationMs'),
      completed: value('completed'),
      confirmed: value('confirmed'),
      watched_ms: value('watchedMs'),
      method: value('method'),
      client_name: value('clientName'),
      source_key: value('sourceKey'),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
);

/** Moves a sitting on; what is null of duration, method and client name stays as it was. */
export const movePlay = async (tx: Transaction, sitting: SavedSitting, play: PlayFacts): Promise<void> => {
  const { id, startedAt, completed, confirmed, unsettled } = sitting;
  const keepsPlace = startedAt === play.startedAt && completed === play.completed && confirmed === play.confirmed;
  // SQLite writes an index anew whose columns are set, even to what they are; on PostgreSQL it may be settled meanwhile.
  const goesOn = keepsPlace && unsettled && dialectOf(tx).name === 'sqlite';
  await (goesOn ? updateGoing : updatePlay)(tx, { id, ...flagged(play) });
};

type Moved = Written & { id: PlayId };

/** What no index holds. */
const going = (db: Reader, value: Value<Moved>) =>
  db
    .updateTable('plays')
    .set({
      last_at: value('lastAt'),
      ended_at: value('endedAt'),
      position_ms: value('positionMs'),
      duration_ms: sql<Millis | null>`coalesce(${value('durationMs')}, duration_ms)`,
      watched_ms: value('watchedMs'),
      method: sql<string | null>`coalesce(${value('method')}, method)`,
      client_name: sql<string | null>`coalesce(${value('clientName')}, client_name)`,
    })
    .where('id', '=', value('id'));

const updateGoing = prepare<Moved>()(going);

const updatePlay = prepare<Moved>()((db, value) =>
  going(db, value).set({
    started_at: value('startedAt'),
    completed: value('completed'),
    confirmed: value('confirmed'),
    unsettled: 1,
  }),
);
