import { seesEverything } from '#access/visible.ts';
import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idList } from '#database/json.ts';
import { calendarOf } from '#kernel/calendar.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { encodeCursor, type Page, type PageRequest } from '#kernel/page.ts';
import { fold } from '#kernel/text.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type PlayDate, playDate } from './history-date.ts';
import { type Heard, heardDevices } from './history-devices.ts';
import { fewBelow, fewPlays, fewTitled, type HistoryItem, historyItem } from './history-items.ts';
import {
  floorOf,
  type HistoryFilter,
  type HistoryValues,
  historyRows,
  type PlayRecord,
  type Shape,
} from './history-query.ts';
import { keyOf, type ListKey } from './list-key.ts';

const LIST = 'history';
/** Plays that a page of a filtered list looks at, at the most. */
const MOST_LOOKED_AT = 5000;
/** More words than this narrow nothing down. */
const MOST_WORDS = 12;

export interface HistoryRequest extends PageRequest {
  kind?: MediaKind | undefined;
  libraryId?: MediaItemId | undefined;
  /** Only plays of this item, or of what is in it. */
  itemId?: MediaItemId | undefined;
  deviceUserId?: DeviceUserId | undefined;
  /** Words that begin words of one title: the item's, its series', its artist's or its album's. */
  text?: string | undefined;
  completed?: boolean | undefined;
  /** Plays that began at this instant or later … */
  from?: Instant | undefined;
  /** … and before this one. */
  to?: Instant | undefined;
}

/** A play as history shows it. */
export interface HistoryEntry extends PlayDate {
  id: PlayId;
  item: ShownItem;
  /** The start of the day, month or year where no more is known; 0 where nothing is. */
  startedAt: Instant;
  lastAt: Instant;
  endedAt: Instant | null;
  positionMs: Millis | null;
  durationMs: Millis | null;
  completed: boolean;
  method: string | null;
  clientName: string | null;
  device: { deviceUserId: DeviceUserId; name: string };
}

/**
 * Plays that the viewer may know of, newest first: of items that may be seen, retired ones too. Where a filter leaves
 * little, a page looks at a few thousand plays and may be short, or empty, while `next` goes on behind them.
 * @throws AppError `not_found` for an item or a device that is not theirs
 */
export const historyPage = async (db: Reader, viewer: Viewer, request: HistoryRequest): Promise<Page<HistoryEntry>> => {
  const heard = await heardDevices(db, viewer, request.deviceUserId);
  const search = heard.ids.length === 0 ? undefined : await searchOf(db, viewer, request, heard);
  if (!search) return { items: [], next: null };
  const start = startOf(request);
  const floor = await floorUnder(db, viewer, search, start, request.from);
  const rows = await historyRows(db, viewer.grants, search.shape, {
    ...search.values,
    ...start,
    floorAt: floor?.at ?? request.from ?? Number.MIN_SAFE_INTEGER,
    floorId: floor?.id ?? 0,
    limit: request.limit + 1,
  });
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  const end = last && rows.length > request.limit ? { at: last.started_at, id: last.id } : floor;
  return {
    items: await entriesOf(db, viewer, shown, heard),
    next: end ? encodeCursor(LIST, [end.at, end.id]) : null,
  };
};

/** The key before which a page begins. */
const startOf = ({ cursor, to }: HistoryRequest): ListKey => {
  const key = keyOf(LIST, cursor);
  // Past the end of the period the cursor's id has no say.
  return to !== undefined && to <= key.at ? { at: to - 1, id: Number.MAX_SAFE_INTEGER } : key;
};

/** What is asked for, as a query. */
interface Search {
  shape: Shape;
  values: Pick<HistoryValues, 'user' | 'device'> & Partial<HistoryValues>;
}

/** @returns undefined where it is plain that nothing will be found */
const searchOf = async (
  db: Reader,
  viewer: Viewer,
  request: HistoryRequest,
  heard: Heard,
): Promise<Search | undefined> => {
  const words = wordsOf(request.text);
  // A text without a single letter or digit is in no title.
  if (words?.length === 0) return undefined;
  const item = request.itemId === undefined ? undefined : await historyItem(db, viewer.grants, request.itemId);
  const filters = filtersOf(request, item);
  const dialect = dialectOf(db);
  const [device = viewer.deviceUserId] = heard.ids;
  const values: Search['values'] = {
    user: viewer.userId,
    device,
    devices: idList(dialect, heard.ids),
    ...filters,
    ...Object.fromEntries((words ?? []).map((word, n) => [`word${n}`, word])),
  };
  const shape = { filters: Object.keys(filters) as HistoryFilter[], words: words?.length ?? 0 };
  const items = (item && (await fewBelow(db, item))) ?? (words && (await fewTitled(db, words)));
  if (items?.length === 0) return undefined;
  if (items && (await fewPlays(db, items, heard.ids))) {
    return { shape: { ...shape, way: 'items' }, values: { ...values, items: idList(dialect, items) } };
  }
  if (heard.ids.length === 1) return { shape: { ...shape, way: 'device' }, values };
  const others: HistoryFilter[] = heard.all ? [] : ['devices'];
  return { shape: { ...shape, way: 'user', filters: [...others, ...shape.filters] }, values };
};

/** The first words of a text, folded as titles are; undefined where there is none to look for. */
const wordsOf = (text: string | undefined): string[] | undefined =>
  text === undefined
    ? undefined
    : fold(text)
        .split(' ')
        .filter((word) => /[\p{L}\p{N}]/u.test(word))
        .slice(0, MOST_WORDS);

/** What is asked for of each play, by the filters that look at it. */
const filtersOf = (
  { kind, libraryId, completed }: HistoryRequest,
  item: HistoryItem | undefined,
): Partial<Pick<HistoryValues, 'kind' | 'library' | 'completed' | 'below' | 'collection'>> => ({
  ...(kind !== undefined && { kind }),
  ...(libraryId !== undefined && { library: libraryId }),
  ...(completed !== undefined && { completed: completed ? (1 as const) : (0 as const) }),
  ...(item && (item.kind === 'collection' ? { collection: item.id } : { below: item.id })),
});

/** How far a page looks where not every play belongs to it; undefined: to the end. */
const floorUnder = async (
  db: Reader,
  viewer: Viewer,
  { shape: { way, filters, words }, values: { user, device } }: Search,
  start: ListKey,
  from: Instant = Number.MIN_SAFE_INTEGER,
): Promise<ListKey | undefined> => {
  const all = filters.length === 0 && words === 0 && seesEverything(viewer.grants);
  if (way === 'items' || all) return undefined;
  return floorOf(db, way, { user, device, ...start, from, most: MOST_LOOKED_AT });
};

const entriesOf = async (
  db: Reader,
  viewer: Viewer,
  rows: readonly PlayRecord[],
  heard: Heard,
): Promise<HistoryEntry[]> => {
  const items = await loadShown(db, viewer.grants, [...new Set(rows.map((row) => row.item_id))]);
  const calendar = calendarOf(viewer.timeZone);
  const entries: HistoryEntry[] = [];
  for (const row of rows) {
    const item = items.get(row.item_id);
    if (item) entries.push(entryOf(row, item, heard, playDate(calendar, row.started_at, row.date_precision)));
  }
  return entries;
};

const entryOf = (
  row: PlayRecord,
  item: ShownItem,
  heard: Heard,
  { datePrecision, date, day }: PlayDate,
): HistoryEntry => ({
  id: row.id,
  item,
  datePrecision,
  date,
  day,
  startedAt: row.started_at,
  lastAt: row.last_at,
  endedAt: row.ended_at,
  positionMs: row.position_ms,
  durationMs: row.duration_ms,
  completed: row.completed === 1,
  method: row.method,
  clientName: row.client_name,
  device: { deviceUserId: row.device_user_id, name: heard.names.get(row.device_user_id) ?? '' },
});
