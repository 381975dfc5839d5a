import { type RawBuilder, sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import { isWatched, positionLives } from '#activity/marks/watched.ts';
import { takesRegister } from '#activity/playing/progress.ts';
import { type LeafState, type Place, untouched } from '#catalog/row-state.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList, idRows } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { compiled, markOf } from './deciding-sql.ts';

/** A leaf with where it is. */
export interface PlacedLeaf extends Place {
  id: MediaItemId;
}

/** The states of leaves in one scope, or two merged, in one statement. What may be seen is the caller's to know. */
export const leafStates = async (
  db: Reader,
  scopes: readonly ScopeId[],
  leaves: readonly PlacedLeaf[],
): Promise<Map<MediaItemId, LeafState>> => {
  const states = new Map<MediaItemId, LeafState>();
  if (leaves.length === 0) return states;
  const known = await knownOf(db, scopes, leaves);
  for (const leaf of leaves) states.set(leaf.id, stateOf(leaf, known));
  return states;
};

/** A leaf's state, and when its position was reported; null: never. */
export interface ReportedState {
  state: LeafState;
  reportedAt: Instant | null;
}

/** The same with the instant of each position. One statement. */
export const reportedStates = async (
  db: Reader,
  scopes: readonly ScopeId[],
  leaves: readonly PlacedLeaf[],
): Promise<Map<MediaItemId, ReportedState>> => {
  const states = new Map<MediaItemId, ReportedState>();
  if (leaves.length === 0) return states;
  const known = await knownOf(db, scopes, leaves);
  for (const leaf of leaves) {
    const row = known.get(leaf.id);
    states.set(leaf.id, { state: stateOf(leaf, known), reportedAt: row ? newestIn(row).reported_at : null });
  }
  return states;
};

const knownOf = async (
  db: Reader,
  scopes: readonly ScopeId[],
  leaves: readonly PlacedLeaf[],
): Promise<Map<MediaItemId, Known>> => {
  const values = { ...pairOf(scopes), ids: idList(dialectOf(db), idsAround(leaves)) };
  return byItem(await (scopes.length === 1 ? inOne : inTwo)(db, values));
};

/** The state of one leaf, and the version of the catalog at that moment. One statement. */
export const leafStateNow = async (
  db: Reader,
  scopes: readonly ScopeId[],
  leaf: PlacedLeaf,
): Promise<{ state: LeafState; version: number }> => {
  const values = { ...pairOf(scopes), ids: idList(dialectOf(db), idsAround([leaf])) };
  const rows = await (scopes.length === 1 ? nowInOne : nowInTwo)(db, values);
  return { state: stateOf(leaf, byItem(rows)), version: rows[0]?.version ?? 0 };
};

/** Where leaves are that only their ids are known of; those that do not exist are left out. */
export const placesOf = (db: Reader, ids: readonly MediaItemId[]): Promise<PlacedLeaf[]> =>
  places(db, { ids: idList(dialectOf(db), ids) });

const places = prepare<{ ids: string }>()((db, value, dialect) =>
  db
    .selectFrom('media_items as i')
    .select(['i.id', 'i.parent_id as parentId', 'i.root_id as rootId', 'i.added_at as addedAt'])
    .select((of) => of.fn.coalesce('i.library_id', 'i.id').as('libraryId'))
    .where(idIn(dialect, 'i.id', value('ids'))),
);

/** The ids of leaves and of all that they are in, each once. */
const idsAround = (leaves: readonly PlacedLeaf[]): MediaItemId[] => {
  const ids = new Set<MediaItemId>();
  for (const { id, parentId, rootId, libraryId } of leaves) {
    ids.add(id).add(libraryId);
    if (parentId !== null) ids.add(parentId);
    if (rootId !== null) ids.add(rootId);
  }
  return [...ids];
};

/** What one scope knows of a leaf or of what it is in. */
interface Row {
  id: MediaItemId;
  /** Orders as marks do: twice its instant, plus one if watched; null: none. */
  mark: number | null;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  reported_at: Instant | null;
  play_count: number | null;
  last_played_at: Instant | null;
}

type Scopes = readonly ('first' | 'second')[];

/** @param parts what is selected besides, and of what */
const query = <R extends Row>(scopes: Scopes, parts: { select: RawBuilder<unknown>; where: RawBuilder<unknown> }) =>
  prepare<{ first: ScopeId; second: ScopeId; ids: string }>()<R>((db, value, dialect) => {
    const rowsIn = scopes.map(
      (scope) => sql`SELECT ${parts.select} j.value AS id, m.at * 2 + m.watched AS mark,
          p.position_ms, p.duration_ms, p.reported_at, p.play_count, p.last_played_at
        FROM ${idRows(dialect, value('ids'), 'j')}
        LEFT JOIN marks AS m ON m.scope_id = ${value(scope)} AND m.item_id = j.value
        LEFT JOIN play_states AS p ON p.scope_id = ${value(scope)} AND p.item_id = j.value
        ${parts.where}`,
    );
    return compiled(sql<R>`${sql.join(rowsIn, sql` UNION ALL `)}`, db);
  });

const onlyKnown = { select: sql``, where: sql`WHERE m.item_id IS NOT NULL OR p.item_id IS NOT NULL` };
const inOne = query(['first'], onlyKnown);
const inTwo = query(['first', 'second'], onlyKnown);

/** There is a row for each id, so that the version is told whatever is known. */
const withVersion = { select: sql`(SELECT version FROM catalog_version) AS version,`, where: sql`` };
const nowInOne = query<Row & { version: number }>(['first'], withVersion);
const nowInTwo = query<Row & { version: number }>(['first', 'second'], withVersion);

/** A row of an item; of two scopes the second is hung on to the first. */
type Known = Row & { other?: Row };

const byItem = (rows: readonly Row[]): Map<MediaItemId, Known> => {
  const known = new Map<MediaItemId, Known>();
  for (const row of rows) {
    const first = known.get(row.id);
    known.set(row.id, first ? { ...first, other: row } : row);
  }
  return known;
};

const stateOf = (leaf: PlacedLeaf, known: ReadonlyMap<MediaItemId, Known>): LeafState => {
  const row = known.get(leaf.id);
  const above = Math.max(markIn(known, leaf.parentId), markIn(known, leaf.rootId), markIn(known, leaf.libraryId));
  // A mark above covers what was there then: if any of them does, the newest does.
  const mark = markOf(Math.max(markIn(known, leaf.id), above >= leaf.addedAt * 2 ? above : NONE));
  if (!row && !mark) return untouched;
  const decided = { watched: isWatched(mark), markedAt: mark?.at ?? null };
  if (!row) return { ...decided, positionMs: null, durationMs: null, playCount: 0, lastPlayedAt: null };
  const { other } = row;
  const newest = newestIn(row);
  const lives = newest.reported_at !== null && positionLives(newest.reported_at, mark);
  return {
    ...decided,
    positionMs: lives ? newest.position_ms : null,
    durationMs: newest.duration_ms,
    playCount: (row.play_count ?? 0) + (other?.play_count ?? 0),
    lastPlayedAt: laterOf(row.last_played_at, other?.last_played_at ?? null),
  };
};

/** The row that has the newest report. */
const newestIn = (row: Known): Row =>
  row.other && takesRegister(registerOf(row.other), registerOf(row)) ? row.other : row;

/** The newest mark on an item itself. */
const markIn = (known: ReadonlyMap<MediaItemId, Known>, id: MediaItemId | null): number => {
  const row = id === null ? undefined : known.get(id);
  return row === undefined ? NONE : Math.max(row.mark ?? NONE, row.other?.mark ?? NONE);
};

/** No mark. */
const NONE = -1;

const registerOf = (row: Row) => ({ reportedAt: row.reported_at ?? 0, positionMs: row.position_ms });

const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null ? other : other === null ? one : Math.max(one, other);
