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
/** @typedef {Answer<'listRunDecisions'>['items'][number]} Decision */
/** @typedef {Answer<'listHeld'>['items'][number]} Held */
/** @typedef {Answer<'listRemoteAccounts'>['items'][number]} RemoteAccount */
/** @typedef {Server['accounts'][number]} Account a link with someone here */
/** @typedef {Answer<'listUsers'>['items'][number]} User */
/** @typedef {Answer<'lookAtSignIn'>} SignedIn */
/** @typedef {Answer<'listMatches'>['items'][number]} Match */
/** @typedef {Match['candidates'][number]} Candidate */
/** @typedef {Answer<'listClientLibraries'>['items'][number]} RemoteLibrary */
/** @typedef {Answer<'replaceClient'>} Replacement */
/** @typedef {Answer<'getWebhook'>} Webhook */
/** @typedef {Answer<'listDeliveries'>['items'][number]} Delivery */
/** @typedef {Answer<'explainItem'>} Explanation */

/**
 * What has a place in its series, or else a title.
 * @typedef {Pick<Item, 'title' | 'seasonNumber' | 'episodeNumber'> & { episodeNumberEnd?: number | null }} Numbered
 */

export {};
