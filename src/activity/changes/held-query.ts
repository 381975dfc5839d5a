import type { Mark } from '#activity/marks/watched.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, DeviceUserId, MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Counts, PlayFacts, Register } from './entry.ts';

/** What one scope holds of some items. */
export interface Held {
  marks: Map<MediaItemId, Mark>;
  registers: Map<MediaItemId, Register>;
  /** As long as `registers`: one row has both. */
  counts: Map<MediaItemId, Counts>;
}

/** What a scope holds of these items (a few hundred at most), in two statements. */
export const loadHeld = async (db: Reader, scope: ScopeId, items: readonly MediaItemId[]): Promise<Held> => {
  const values = { scope, items: idList(dialectOf(db), items) };
  const held: Held = { marks: new Map(), registers: new Map(), counts: new Map() };
  if (items.length === 0) return held;
  for (const row of await marksOf(db, values)) held.marks.set(row.item_id, { watched: row.watched === 1, at: row.at });
  for (const row of await statesOf(db, values)) {
    const { position_ms: positionMs, duration_ms: durationMs, reported_at: reportedAt } = row;
    held.registers.set(row.item_id, { positionMs, durationMs, reportedAt });
    held.counts.set(row.item_id, { count: row.play_count, firstAt: row.first_played_at, lastAt: row.last_played_at });
  }
  return held;
};

interface InScope {
  scope: ScopeId;
  items: string;
}

const marksOf = prepare<InScope>()((db, value, dialect) =>
  db
    .selectFrom('marks')
    .select(['item_id', 'watched', 'at'])
    .where('scope_id', '=', value('scope'))
    .where(idIn(dialect, 'item_id', value('items'))),
);

const statesOf = prepare<InScope>()((db, value, dialect) =>
  db
    .selectFrom('play_states')
    .select(['item_id', 'position_ms', 'duration_ms', 'reported_at', 'play_count', 'first_played_at', 'last_played_at'])
    .where('scope_id', '=', value('scope'))
    .where(idIn(dialect, 'item_id', value('items'))),
);

/** Where an item stands. */
export interface Place {
  kind: MediaKind;
  /** Its own id for a library. */
  libraryId: MediaItemId;
  /** The series of an episode or season, and a series itself. */
  seriesId: MediaItemId | null;
}

/** The places of those of these items that are there. */
export const loadPlaces = async (db: Reader, items: readonly MediaItemId[]): Promise<Map<MediaItemId, Place>> => {
  const rows = items.length === 0 ? [] : await places(db, { items: idList(dialectOf(db), items) });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        kind: row.kind,
        libraryId: row.library_id ?? row.id,
        seriesId: row.kind === 'series' ? row.id : row.kind === 'season' || row.kind === 'episode' ? row.root_id : null,
      },
    ]),
  );
};

const places = prepare<{ items: string }>()((db, value, dialect) =>
  db
    .selectFrom('media_items')
    .select(['id', 'kind', 'library_id', 'root_id'])
    .where(idIn(dialect, 'id', value('items'))),
);

/** When each of these series was newly active in a scope, as far as it was. */
export const loadActivity = async (
  db: Reader,
  scope: ScopeId,
  series: readonly MediaItemId[],
): Promise<Map<MediaItemId, Instant>> => {
  const rows = series.length === 0 ? [] : await activity(db, { scope, items: idList(dialectOf(db), series) });
  return new Map(rows.map((row) => [row.series_id, row.activity_at]));
};

const activity = prepare<InScope>()((db, value, dialect) =>
  db
    .selectFrom('series_states')
    .select(['series_id', 'activity_at'])
    .where('scope_id', '=', value('scope'))
    .where(idIn(dialect, 'series_id', value('items'))),
);

/** A play as corrections see it. */
export interface HeldPlay extends PlayFacts {
  id: PlayId;
  itemId: MediaItemId;
  deviceUserId: DeviceUserId;
  /** Taken away, and could come back. */
  deleted: boolean;
  /** The set that last took it away. */
  deletedIn: ChangeSetId | null;
}

/** The plays of a device user of these items, those taken away too. */
export const loadPlaysOf = async (
  db: Reader,
  deviceUser: DeviceUserId,
  items: readonly MediaItemId[],
): Promise<HeldPlay[]> =>
  items.length === 0 ? [] : (await playsOf(db, { deviceUser, items: idList(dialectOf(db), items) })).map(heldPlay);

const playColumns = [
  'id',
  'item_id',
  'device_user_id',
  'started_at',
  'last_at',
  'ended_at',
  'completed',
  'watched_ms',
  'date_precision',
  'deleted_at',
  'deleted_in',
] as const;

const playsOf = prepare<{ deviceUser: DeviceUserId; items: string }>()((db, value, dialect) =>
  db
    .selectFrom('plays')
    .select(playColumns)
    .where(idIn(dialect, 'item_id', value('items')))
    .where('device_user_id', '=', value('deviceUser')),
);

export const loadPlays = async (db: Reader, ids: readonly PlayId[]): Promise<Map<PlayId, HeldPlay>> => {
  const rows = ids.length === 0 ? [] : await playsById(db, { ids: idList(dialectOf(db), ids) });
  return new Map(rows.map((row) => [row.id, heldPlay(row)]));
};

const playsById = prepare<{ ids: string }>()((db, value, dialect) =>
  db
    .selectFrom('plays')
    .select(playColumns)
    .where(idIn(dialect, 'id', value('ids'))),
);

type PlayRow = Awaited<ReturnType<typeof playsById>>[number];

const heldPlay = (row: PlayRow): HeldPlay => ({
  id: row.id,
  itemId: row.item_id,
  deviceUserId: row.device_user_id,
  startedAt: row.started_at,
  lastAt: row.last_at,
  endedAt: row.ended_at,
  completed: row.completed === 1,
  watchedMs: row.watched_ms,
  precision: row.date_precision,
  deleted: row.deleted_at !== null,
  deletedIn: row.deleted_in,
});

/** The part of a play that change sets remember. */
export const factsOf = ({ startedAt, lastAt, endedAt, completed, watchedMs, precision }: PlayFacts): PlayFacts => ({
  startedAt,
  lastAt,
  endedAt,
  completed,
  watchedMs,
  precision,
});
