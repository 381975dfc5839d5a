import { type RawBuilder, sql } from 'kysely';
import { seesEverything, visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import { type Calendar, calendarOf, EARLIEST, LATEST, type LocalDay } from '#kernel/calendar.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import { encodeCursor, type Page, type PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type PlayDate, playDate } from './history-date.ts';
import { type Heard, heardDevices } from './history-devices.ts';
import { floorOf, indexOf } from './history-query.ts';
import { keyOf } from './list-key.ts';

const LIST = 'history-days';
/** How often a page goes on behind days without plays before it says where to go on. */
const MOST_ROUNDS = 8;

export interface HistoryDaysRequest extends PageRequest {
  /** Only plays that began at this instant or later … */
  from?: Instant | undefined;
  /** … and before this one. */
  to?: Instant | undefined;
}

/** Plays of one day; those of which only the month or the year is known, or nothing, stand in groups of their own. */
export interface HistoryDay extends PlayDate {
  plays: number;
  watchedMs: Millis;
}

/**
 * The days on which the viewer played something, in their time zone, newest first: of plays that they may know of and
 * items that they may see. A month stands after its days, a year after its months; what has no date comes last.
 */
export const historyDays = async (
  db: Reader,
  viewer: Viewer,
  request: HistoryDaysRequest,
): Promise<Page<HistoryDay>> => {
  const heard = await heardDevices(db, viewer);
  const calendar = calendarOf(viewer.timeZone);
  const start = startOf(calendar, request);
  const groups: Group[] = [];
  let before = start.before;
  for (let round = 0; groups.length <= request.limit; round++) {
    const newest = await newestBefore(db, viewer, heard, before, request.from);
    if (newest === undefined) return pageOf(groups, calendar, request.limit, undefined);
    // A page that found too little says where to go on, rather than walk through years of nothing.
    if (round === MOST_ROUNDS) return pageOf(groups, calendar, request.limit, before);
    const days = daysBack(calendar, newest, request.limit + 1, request.from);
    const found = await groupsIn(db, viewer, heard, clip(days, before, request.from));
    groups.push(...found.filter((group) => group.from !== start.day || rankOf[group.precision] > start.rank));
    before = days.at(-1)?.from ?? newest;
  }
  return pageOf(groups, calendar, request.limit, undefined);
};

type Precision = Exclude<DatePrecision, 'day'>;

/** The plays of one day, as exact as they are. */
interface Group {
  /** When the day begins. */
  from: Instant;
  precision: Precision;
  plays: number;
  watchedMs: Millis;
}

/** The order within a day; after the last of them the day is done. */
const rankOf: Record<Precision, number> = { exact: 0, month: 1, year: 2, unknown: 3 };
const DONE = 3;

interface Start {
  /** Plays before this instant. */
  before: Instant;
  /** The day on which the former page ended, and how far it came in it. */
  day: Instant | undefined;
  rank: number;
}

const startOf = (calendar: Calendar, { cursor, to = Number.MAX_SAFE_INTEGER }: HistoryDaysRequest): Start => {
  if (cursor === undefined) return { before: to, day: undefined, rank: -1 };
  const { at, id: rank } = keyOf(LIST, cursor);
  const day = Math.min(Math.max(at, EARLIEST), to, LATEST);
  return { before: Math.min(to, rank >= DONE ? day : calendar.dayAt(day).to), day, rank };
};

const pageOf = (
  groups: readonly Group[],
  calendar: Calendar,
  limit: number,
  goOn: Instant | undefined,
): Page<HistoryDay> => {
  const shown = groups.slice(0, limit);
  const last = shown.at(-1);
  const more = groups.length > limit && last ? [last.from, rankOf[last.precision]] : undefined;
  const next = more ?? (goOn === undefined ? undefined : [goOn, DONE]);
  return {
    items: shown.map(({ from, precision, plays, watchedMs }) => ({
      ...playDate(calendar, from, precision),
      plays,
      watchedMs,
    })),
    next: next ? encodeCursor(LIST, next) : null,
  };
};

/** The start of the newest play before an instant, of an item that may be seen or not. */
const newestBefore = async (
  db: Reader,
  { userId: user, deviceUserId }: Viewer,
  heard: Heard,
  before: Instant,
  from: Instant = Number.MIN_SAFE_INTEGER,
): Promise<Instant | undefined> => {
  const [device = deviceUserId] = heard.ids;
  const way = heard.ids.length === 1 ? 'device' : 'user';
  return (await floorOf(db, way, { user, device, at: before, id: 0, from, most: 1 }))?.at;
};

/** The day of an instant and those before it, newest first. */
const daysBack = (calendar: Calendar, at: Instant, most: number, from: Instant = EARLIEST): LocalDay[] => {
  const days = [calendar.dayAt(at)];
  for (let day = days[0]; day && days.length < most && day.from > Math.max(from, EARLIEST); ) {
    day = calendar.dayAt(day.from - 1);
    days.push(day);
  }
  return days;
};

/** Days as far as they lie in the period. */
const clip = (
  days: readonly LocalDay[],
  before: Instant,
  from: Instant = Number.MIN_SAFE_INTEGER,
): (LocalDay & Bounds)[] =>
  days.map((day) => ({ ...day, since: Math.max(day.from, from), until: Math.min(day.to, before) }));

interface Bounds {
  since: Instant;
  until: Instant;
}

/** The plays of some days, newest first. One statement, in which each day is one walk along an index. */
const groupsIn = async (db: Reader, viewer: Viewer, heard: Heard, days: (LocalDay & Bounds)[]): Promise<Group[]> => {
  const { rows } = await groupsQuery(db, viewer, heard, days).execute(db);
  return rows
    .map((row) => ({ from: row.day, precision: row.exactness, plays: row.plays, watchedMs: Number(row.watched_ms) }))
    .sort((a, b) => b.from - a.from || rankOf[a.precision] - rankOf[b.precision]);
};

/** Exported for the test that holds it against its plan. */
export const groupsQuery = (
  db: Reader,
  { userId, grants }: Viewer,
  heard: Heard,
  days: readonly (Pick<LocalDay, 'from'> & Bounds)[],
): RawBuilder<{ day: Instant; exactness: Precision; plays: number; watched_ms: number }> => {
  const dialect = dialectOf(db);
  const list = sql.join(
    days.map(({ from, since, until }) => sql`(${bigint(from)}, ${bigint(since)}, ${bigint(until)})`),
  );
  const item = seesEverything(grants)
    ? sql``
    : sql`JOIN media_items AS i ON i.id = p.item_id AND ${visibleTo(grants, 'i')}`;
  const [device] = heard.ids;
  const whose =
    heard.ids.length === 1
      ? sql`p.device_user_id = ${device}`
      : sql`p.user_id = ${userId} AND ${
          heard.all ? sql`1 = 1` : idIn(dialect, 'p.device_user_id', sql`${idList(dialect, heard.ids)}`)
        }`;
  const index = indexOf(dialect, heard.ids.length === 1 ? 'device' : 'user');
  const exactness = sql`CASE WHEN p.date_precision = 'day' THEN 'exact' ELSE p.date_precision END`;
  // CROSS JOIN: SQLite takes the days first, as they stand.
  return sql`WITH days (day, since, until) AS (VALUES ${list})
    SELECT d.day, ${exactness} AS exactness, count(*) AS plays, sum(p.watched_ms) AS watched_ms
    FROM days AS d CROSS JOIN plays AS p ${index} ${item}
    WHERE p.confirmed = 1 AND p.deleted_at IS NULL AND ${whose} AND p.started_at >= d.since AND p.started_at < d.until
    GROUP BY d.day, ${exactness}`;
};

const bigint = (value: number) => sql`CAST(${value} AS bigint)`;
