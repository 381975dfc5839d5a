// @ts-check

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').Numbered} Numbered */

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
  if (item.kind === 'season' || item.kind === 'album') return item.title;
  return item.year === null ? '' : String(item.year);
};

/**
 * "S2 · E5", or the title of what has no number.
 * @param {Numbered} item
 */
export const numberOf = (item) =>
  item.episodeNumber === null ? `“${item.title}”` : `${seasonOf(item)} · ${episodeOf(item)}`;

/**
 * "Next in The Matrix Collection. "; of an episode nothing.
 * @param {{ title: string } | null} collection
 */
export const nextInOf = (collection) => (collection === null ? '' : `Next in ${collection.title}. `);

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
  nameOf(item) === item.title ? item.title : [nameOf(item), placeOf(item)].filter(Boolean).join(', ');

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
 * "1 play", "3 plays".
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const countOf = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
