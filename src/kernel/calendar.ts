import { TZDate, tzOffset } from '@date-fns/tz';
import { DAY, HOUR, type Instant, MINUTE, type Millis } from './clock.ts';
import { type Day, dayOf, daysSince1970, dayText, weekdayOf } from './day.ts';

/** One day of somebody's life: from its first instant to that of the next. Some have 23 or 25 hours. */
export interface LocalDay {
  day: Day;
  /** As 2026-11-20. */
  text: string;
  from: Instant;
  to: Instant;
}

/**
 * The days of a time zone. They follow each other without a gap: where a clock is put back over midnight, the new day
 * begins when it is told first.
 */
export interface Calendar {
  /** The day in which an instant lies; of one before or behind all calendars their first or last. */
  dayAt(at: Instant): LocalDay;
  /** By the clock on the wall: 0 is Monday from midnight to one, 167 the last hour of Sunday. */
  hourOfWeekAt(at: Instant): number;
  /** The first instant of a day; of a day that was left out there, of the next. */
  startOf(day: Day): Instant;
}

/** Where calendars begin and end: years of four digits. Nothing was recorded before 1970. */
export const EARLIEST = -DAY;
export const LATEST = 253_402_000_000_000;

/**
 * The calendar of an IANA zone; one that this machine does not know is taken for UTC. What it learns of a zone it keeps:
 * a million instants are told within a second.
 */
export const calendarOf = (timeZone: string): Calendar => kept(calendars, MOST_ZONES, timeZone, createCalendar);

/** Zones are some hundreds; a bound all the same. */
const MOST_ZONES = 100;
const MOST_DAYS = 50_000;
const calendars = new Map<string, Calendar>();

const createCalendar = (timeZone: string): Calendar => {
  /** By days of UTC since 1970. */
  const stretches = new Map<number, Stretch[]>();
  const stretchesOf = (days: number) => kept(stretches, MOST_DAYS, days, () => stretchesIn(timeZone, days * DAY));
  /** How far the zone's clock is ahead. */
  const aheadAt = (at: Instant): Millis => {
    const found = stretchesOf(Math.floor(at / DAY));
    return (found.find(({ to }) => at < to) ?? found[0])?.ahead ?? 0;
  };
  const startOf = (days: number): Instant => firstAt(days * DAY, [...stretchesOf(days - 1), ...stretchesOf(days)]);

  /** By days of the zone. */
  const locals = new Map<number, LocalDay>();
  const localDay = (days: number): LocalDay =>
    kept(locals, MOST_DAYS, days, () => {
      const day = dayOf(days);
      return { day, text: dayText(day), from: startOf(days), to: startOf(days + 1) };
    });
  return {
    dayAt: (given) => {
      const at = Math.min(Math.max(given, EARLIEST), LATEST);
      const days = Math.floor((at + aheadAt(at)) / DAY);
      const told = localDay(days);
      return at < told.to ? told : localDay(days + 1);
    },
    hourOfWeekAt: (given) => {
      const at = Math.min(Math.max(given, EARLIEST), LATEST);
      const wall = at + aheadAt(at);
      const days = Math.floor(wall / DAY);
      return weekdayOf(days) * 24 + Math.floor((wall - days * DAY) / HOUR);
    },
    startOf: (day) => startOf(daysSince1970(day)),
  };
};

/** A while in which a clock is set to the same. */
interface Stretch {
  from: Instant;
  to: Instant;
  ahead: Millis;
}

/** The stretches of one day of UTC, in which no clock is changed twice. Asking the zone costs microseconds. */
const stretchesIn = (timeZone: string, from: Instant): Stretch[] => {
  const to = from + DAY;
  const first = aheadOf(timeZone, from);
  const last = aheadOf(timeZone, to);
  if (first === last) return [{ from, to, ahead: first }];
  let before = 0;
  let after = DAY / MINUTE;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (aheadOf(timeZone, from + middle * MINUTE) === first) before = middle;
    else after = middle;
  }
  const change = from + after * MINUTE;
  return [
    { from, to: change, ahead: first },
    { from: change, to, ahead: last },
  ];
};

/** When a clock on the wall first shows a time or a later one. @param stretches that follow each other, from before that */
const firstAt = (wall: number, stretches: readonly Stretch[]): Instant => {
  for (const { from, to, ahead } of stretches) {
    const at = Math.max(from, wall - ahead);
    if (at < to) return at;
  }
  return stretches.at(-1)?.to ?? wall;
};

const aheadOf = (timeZone: string, at: Instant): Millis => {
  const minutes = tzOffset(timeZone, new TZDate(at, 'UTC'));
  return Number.isNaN(minutes) ? 0 : minutes * MINUTE;
};

const kept = <K, V>(map: Map<K, V>, most: number, key: K, make: (key: K) => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  if (map.size >= most) map.clear();
  const made = make(key);
  map.set(key, made);
  return made;
};
