// @ts-check
// What the API gives, by the names that the page uses. Holds types alone; they come from the API document.

/** @typedef {import('./openapi.js').operations} Operations */

/**
 * The answer of an operation.
 * @template {keyof Operations} Name
 * @typedef {Operations[Name]['responses'] extends { 200: { content: { 'application/json': infer Answer } } } ? Answer : never} Answer
 */

/** @typedef {Answer<'getMe'>} Me */
/** @typedef {Answer<'getItem'>} Item */
/** @typedef {Answer<'listContinueWatching'>['items'][number]} InProgress */
/** @typedef {Answer<'listNextUp'>['items'][number]} NextUp */
/** @typedef {Answer<'listHistory'>['items'][number]} Play */
/** @typedef {Answer<'listNew'>['items'][number]} New */
/** @typedef {Answer<'listFavourites'>['items'][number]} Opinioned */
/** @typedef {Answer<'listChoices'>['items'][number]} SetAside */
/** @typedef {Answer<'getOpinion'>} Opinion */
/** @typedef {Answer<'getChoices'>} Choices */
/** @typedef {Answer<'listChanges'>['items'][number]} Change */
/** @typedef {Answer<'getStatistics'>['items'][number]} Figure */
/** @typedef {Answer<'getStreaks'>} Streaks */
/** @typedef {Answer<'listMyDevices'>['items'][number]} Device */
/** @typedef {Answer<'listClients'>['items'][number]} Server */
/** @typedef {Answer<'listClientRuns'>['items'][number]} Run */

/**
 * What has a place in its series, or else a title.
 * @typedef {Pick<Item, 'title' | 'seasonNumber' | 'episodeNumber'> & { episodeNumberEnd?: number | null }} Numbered
 */

export {};
