// @ts-check

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').Numbered} Numbered */

/** The page speaks English; dates in the English that the browser prefers. */
const locale = navigator.languages.find((language) => /^en(-|$)/i.test(language)) ?? 'en-GB';

const dayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const dateFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });

/**
 * The title that people know it by: the series of an episode, the artist of a track, else its own.
 * @param {Item} item
 */
export const nameOf = (item) => item.seriesTitle ?? item.artistTitle ?? item.title;

/**
 * What comes below the name: "S2 · E5 · The Long Road", or the year.
 * @param {Item} item
 */
export const placeOf = (item) => {
  if (item.kind === 'episode') return [seasonOf(item), episodeOf(item), item.title].filter(Boolean).join(' · ');
  if (item.kind === 'track') return [item.albumTitle, item.title].filter(Boolean).join(' · ');
  return item.year === null ? '' : String(item.year);
};

/**
 * "S2 · E5", or the title of what has no number.
 * @param {Numbered} item
 */
export const numberOf = (item) =>
  item.episodeNumber === null ? `“${item.title}”` : `${seasonOf(item)} · ${episodeOf(item)}`;

/** @param {Numbered} item */
const seasonOf = (item) => (item.seasonNumber === 0 ? 'Special' : `S${item.seasonNumber}`);

/** @param {Numbered} item */
const episodeOf = (item) => {
  if (item.episodeNumber === null) return '';
  return item.episodeNumberEnd ? `E${item.episodeNumber}–${item.episodeNumberEnd}` : `E${item.episodeNumber}`;
};

/**
 * One line that names it anywhere: "Slow Horses, S2 · E5 · Boardroom Politics".
 * @param {Item} item
 */
export const fullNameOf = (item) =>
  item.kind === 'movie' ? item.title : [nameOf(item), placeOf(item)].filter(Boolean).join(', ');

/**
 * "1 h 5 min", from 1 minute on.
 * @param {number} ms
 */
export const lengthOf = (ms) => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ');
};

/**
 * The day of an instant here, as a key that is the same for the whole day.
 * @param {Date} at
 */
export const dayKey = (at) => `${at.getFullYear()}-${at.getMonth()}-${at.getDate()}`;

/**
 * "Today", "Yesterday", or the day in full.
 * @param {Date} at
 * @param {Date} now
 */
export const dayOf = (at, now) => {
  if (dayKey(at) === dayKey(now)) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return dayKey(at) === dayKey(yesterday) ? 'Yesterday' : dayFormat.format(at);
};

/** @param {Date} at */
export const timeOf = (at) => timeFormat.format(at);

/**
 * "today at 21:04", "on 3 May 2026": when something was.
 * @param {Date} at
 * @param {Date} now
 */
export const whenOf = (at, now) => {
  const day = dayOf(at, now);
  return day === 'Today' || day === 'Yesterday'
    ? `${day.toLowerCase()} at ${timeOf(at)}`
    : `on ${dateFormat.format(at)}`;
};
