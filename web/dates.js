// @ts-check
// Days and times as the person lives by them: in the time zone of the account, whatever that of the browser is.

/** The page speaks English; dates in the English that the browser prefers. */
const locale = navigator.languages.find((language) => /^en(-|$)/i.test(language)) ?? 'en-GB';

/** The zone that the browser is in. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {string} zone */
const formatsIn = (zone) => ({
  zone,
  time: new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }),
  date: new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' }),
  parts: new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }),
});

let formats = formatsIn(browserZone);

/** @param {string} zone IANA name */
export const setZone = (zone) => {
  if (zone === formats.zone) return;
  try {
    formats = formatsIn(zone);
  } catch {
    // A browser older than the zone keeps to its own.
    formats = formatsIn(browserZone);
  }
};

export const zoneNow = () => formats.zone;

/**
 * What the clock on the wall shows: 2026-11-20T21:04.
 * @param {Date} at
 */
export const wallOf = (at) => {
  const part = Object.fromEntries(formats.parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
};

/**
 * The instant at which the clock on the wall shows this: one of the two where it does so twice, and later where it is set
 * forward past it.
 * @param {string} wall 2026-11-20T21:04
 */
export const instantOf = (wall) => {
  const shown = Date.parse(`${wall}Z`);
  const first = shown - aheadAt(shown);
  const second = shown - aheadAt(first);
  return new Date(wallOf(new Date(second)) === wall ? second : Math.max(first, second));
};

/**
 * How far the zone is ahead of UTC.
 * @param {number} at ms
 */
const aheadAt = (at) => Date.parse(`${wallOf(new Date(at))}Z`) - Math.floor(at / 60_000) * 60_000;

/**
 * The day of an instant: 2026-11-20.
 * @param {Date} at
 */
export const dayIn = (at) => wallOf(at).slice(0, 10);

export const today = () => dayIn(new Date());

/**
 * @param {string} day
 * @param {number} days may be negative
 */
export const dayAfter = (day, days) =>
  new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * @param {string} month 2026-11
 * @param {number} months
 */
export const monthBefore = (month, months) => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - months, 1)).toISOString().slice(0, 7);
};

const dayFormat = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const monthFormat = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' });

/**
 * "Today", "Yesterday", the day in full, or as much as is known of it.
 * @param {string | null} date 2026-11-20, 2026-11 or 2026
 */
export const dateTitle = (date) => {
  if (date === null) return 'Some day';
  if (date === today()) return 'Today';
  if (date === dayAfter(today(), -1)) return 'Yesterday';
  if (date.length === 4) return date;
  return date.length === 7
    ? monthFormat.format(new Date(`${date}-01T00:00Z`))
    : dayFormat.format(new Date(`${date}T00:00Z`));
};

/** @param {Date} at */
export const timeOf = (at) => formats.time.format(at);

/** @param {Date} at */
export const dateOf = (at) => formats.date.format(at);

/**
 * "today", "yesterday", "on 3 May 2026": on which day something was.
 * @param {Date} at
 */
export const onDayOf = (at) => {
  const title = dateTitle(dayIn(at));
  return title === 'Today' || title === 'Yesterday' ? title.toLowerCase() : `on ${dateOf(at)}`;
};

/**
 * "today at 21:04", "on 3 May 2026": when something was.
 * @param {Date} at
 */
export const whenOf = (at) => {
  const day = onDayOf(at);
  return day.startsWith('on ') ? day : `${day} at ${timeOf(at)}`;
};
