import { TZDate, tzOffset } from '@date-fns/tz';
import { type Instant, MINUTE, type Millis, toIso } from '#kernel/clock.ts';

/**
 * Kodi tells dates as the wall clock of its own zone, without saying which. `named`: an IANA zone, given by a person or
 * by Kodi's settings; `offset`: only how far its clock is from UTC now, which says nothing of summer and winter.
 */
export type KodiZone = { sort: 'named'; name: string } | { sort: 'offset'; offsetMs: Millis };

/** Whether the platform knows this IANA zone. */
export const isZone = (name: string): boolean => name !== '' && !Number.isNaN(tzOffset(name, new TZDate(0, 'UTC')));

/**
 * Reads `YYYY-MM-DD HH:MM:SS` in Kodi's zone. An hour that came twice (clocks set back) is taken as the first of the
 * two; one that never was (clocks set forward) as if the clock had not been set yet, which Kodi accepts as well.
 * @returns undefined for an empty text, another form, a day that is none, and 1970's placeholders
 */
export const readKodiTime = (text: string, zone: KodiZone): Instant | undefined => {
  const wall = wallClock(text);
  if (wall === undefined || wall < PLACEHOLDERS_END) return undefined;
  if (zone.sort === 'offset') return wall - zone.offsetMs;
  return instantOf(wall, zone.name);
};

/** Writes an instant as Kodi's wall clock shows it, in whole seconds: the only form of a date that it takes. */
export const writeKodiTime = (at: Instant, zone: KodiZone): string =>
  toIso(at + zoneOffset(zone, at))
    .slice(0, 19)
    .replace('T', ' ');

/**
 * The earliest that Kodi's wall clock has shown since an instant: where it was set back meanwhile, what happened after
 * has an earlier time than what happened before.
 */
export const earliestSince = (since: Instant, now: Instant, zone: KodiZone): string => {
  const setBack = Math.max(0, zoneOffset(zone, since) - zoneOffset(zone, Math.max(since, now)));
  return writeKodiTime(since - setBack, zone);
};

const zoneOffset = (zone: KodiZone, at: Instant): Millis =>
  zone.sort === 'offset' ? zone.offsetMs : offsetAt(zone.name, at);

/** A day alone, as midnight UTC; undefined where there is none. Kodi writes 1970-01-01 and 1601-01-01 for "not known". */
export const readKodiDay = (text: string): Instant | undefined => {
  const day = wallClock(`${text} 00:00:00`);
  return day === undefined || text.startsWith('1601-') || text === '1970-01-01' ? undefined : day;
};

/** How far Kodi's wall clock is ahead of UTC, to the quarter of an hour; undefined when it cannot be read. */
export const offsetOf = (date: string, time: string, now: Instant): Millis | undefined => {
  const wall = wallClock(`${date} ${inFull(time)}`);
  return wall === undefined ? undefined : Math.round((wall - now) / QUARTER) * QUARTER;
};

/** How far Kodi's wall clock is ahead of what it should be in its zone; undefined when it cannot be read. */
export const skewOf = (date: string, time: string, zoneName: string, now: Instant): Millis | undefined => {
  const wall = wallClock(`${date} ${inFull(time)}`);
  return wall === undefined ? undefined : wall - (now + offsetAt(zoneName, now));
};

/**
 * The time of Kodi's own clock, which it shows as its region has it: `01:39:36 PM` or `13:39:36`. Whatever the form asked
 * for, a region of twelve hours gives twelve, so the half of the day is asked for as well.
 */
const inFull = (time: string): string => {
  const [, hour = '', rest = '', half] = /^(\d{1,2})(:\d{2}:\d{2})(?:\s*([ap])\.?\s?m\.?)?/i.exec(time.trim()) ?? [];
  if (hour === '') return time;
  const shown = Number(hour);
  const hours = half === undefined || shown > 12 ? shown : (shown % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(hours).padStart(2, '0')}${rest}`;
};

const QUARTER = 15 * MINUTE;
const PLACEHOLDERS_END = Date.UTC(1971, 0, 1);
const FORM = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** The wall clock as if it were UTC's. */
const wallClock = (text: string): Millis | undefined => {
  const parts = FORM.exec(text.trim())?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const real = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return real && hour < 24 && minute < 60 && second < 60 ? wall : undefined;
};

const daysIn = (year: number, month: number): number => (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY;
const DAY = 24 * 60 * MINUTE;

const instantOf = (wall: Millis, zone: string): Instant => {
  // No zone is a day away from UTC, so the offsets of the day before and the day after are all that can hold.
  const before = offsetAt(zone, wall - DAY);
  const after = offsetAt(zone, wall + DAY);
  const fits = [wall - before, wall - after].filter((at) => at + offsetAt(zone, at) === wall);
  return fits.length > 0 ? Math.min(...fits) : wall - before;
};

const offsetAt = (zone: string, at: Instant): Millis => Math.round(tzOffset(zone, new TZDate(at, 'UTC')) * MINUTE);
