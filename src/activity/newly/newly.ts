import { keyOf, type ListKey } from '#activity/lists/list-key.ts';
import { countsOf, createStates } from '#activity/states/states.ts';
import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Database } from '#database/database.ts';
import { type Clock, DAY, type Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { encodeCursor, type Page, type PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type Candidate, candidatesBefore, type NewKind, type Window } from './newly-query.ts';

export { type NewKind, newKinds } from './newly-query.ts';

export const DEFAULT_DAYS = 90;
export const MOST_DAYS = 365;

export interface NewlyRequest extends PageRequest {
  /** Absent: new movies, new series, and new seasons of series being followed. */
  kind?: NewKind | undefined;
  libraryId?: MediaItemId | undefined;
  /** How many days count as lately. */
  days?: number | undefined;
}

/** Something that was added lately and is not watched. */
export interface NewlyEntry {
  item: ShownItem;
  addedAt: Instant;
  /** How many of its leaves are not watched; 1 for a leaf. */
  unwatched: number;
  /** The first of them; null for a leaf. */
  first: ShownItem | null;
}

/** What was added lately (domain §6). */
export interface Newly {
  /**
   * New movies, series, streams and albums, of which something is not watched; new seasons and episodes of series that
   * the viewer follows, which were there before: a series that is new itself stands for all that is in it. Nothing that
   * is dropped. Newest first. Where most of what was added does not belong here, a page looks at some hundred items and
   * may be short, or empty, while `next` goes on behind them.
   */
  list(viewer: Viewer, request: NewlyRequest): Promise<Page<NewlyEntry>>;
}

const LIST = 'new';
const byDefault: readonly NewKind[] = ['movie', 'series', 'season'];
/** Items looked at in one statement, and statements for each kind. */
const CHUNK = 300;
const MOST_CHUNKS = 5;

export const createNewly = ({ database, clock }: { database: Database; clock: Clock }): Newly => {
  const states = createStates({ database, clock });
  return {
    list: async (viewer, request) => {
      const since = clock.now() - (request.days ?? DEFAULT_DAYS) * DAY;
      const start = keyOf(LIST, request.cursor);
      const looks: Look[] = [];
      for (const kind of request.kind === undefined ? byDefault : [request.kind]) {
        const window = { kind, library: request.libraryId ?? 0, since };
        looks.push(await look(database, viewer, window, start, request.limit + 1));
      }
      const { rows, next } = merge(looks, request.limit);
      const ids = rows.flatMap((row) => [row.id, row.firstId]);
      const items = await loadShown(database.read, viewer.grants, [...new Set(ids)]);
      const shown = rows.flatMap(({ id }) => items.get(id) ?? []);
      const known = await states.of(viewer, shown);
      return {
        items: rows.flatMap(({ id, at, firstId }): NewlyEntry[] => {
          const item = items.get(id);
          if (!item) return [];
          const first = firstId === id ? null : (items.get(firstId) ?? null);
          return [{ item, addedAt: at, unwatched: countsOf(known.get(id)).unwatched ?? 1, first }];
        }),
        next,
      };
    },
  };
};

/** A row before its items are loaded. */
interface Row extends ListKey {
  id: MediaItemId;
  firstId: MediaItemId;
}

/** What was found of one kind, and how far was looked; undefined: to the end. */
interface Look {
  rows: Row[];
  end: ListKey | undefined;
}

const look = async (
  database: Database,
  viewer: Viewer,
  window: Window,
  start: ListKey,
  wanted: number,
): Promise<Look> => {
  const rows: Row[] = [];
  let before = start;
  for (let chunk = 0; chunk < MOST_CHUNKS; chunk++) {
    // Mostly what is new is not watched yet, and one small look finds a page.
    const size = chunk === 0 ? Math.min(CHUNK, wanted + 10) : CHUNK;
    const found = await candidatesBefore(database.read, viewer, window, before, size);
    rows.push(...found.flatMap(rowOf));
    const last = found.at(-1);
    if (!last || found.length < size) return { rows, end: undefined };
    before = { at: last.added_at, id: last.id };
    if (rows.length >= wanted) break;
  }
  return { rows, end: before };
};

const rowOf = ({ id, added_at: at, first_id: firstId }: Candidate): Row[] =>
  firstId === null ? [] : [{ id, at, firstId }];

/** Rows of all kinds, newest first. None that lies behind the place up to which all kinds were looked at. */
const merge = (looks: readonly Look[], limit: number): { rows: Row[]; next: string | null } => {
  const end = looks.flatMap((one) => one.end ?? []).sort(newestFirst)[0];
  const rows = looks
    .flatMap((one) => one.rows)
    .filter((row) => end === undefined || newestFirst(row, end) <= 0)
    .sort(newestFirst);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : end;
  return { rows: shown, next: last ? encodeCursor(LIST, [last.at, last.id]) : null };
};

const newestFirst = (one: ListKey, other: ListKey): number => other.at - one.at || other.id - one.id;
