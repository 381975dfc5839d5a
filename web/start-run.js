// @ts-check
import { ask, Refusal } from './api.js';

/** @typedef {import('./shapes.js').Run} Run */

const POLL_MS = 700;
/** How long a run that was asked for waits for a look at news. */
const PATIENCE_MS = 20_000;

/** What can be asked of a server. @type {Record<'sync' | 'preview' | 'import', [string, Record<string, unknown> | undefined]>} */
const asks = { sync: ['sync', {}], preview: ['sync', { preview: true }], import: ['import', undefined] };

/**
 * Begins a run. A look at news takes a moment, in which no other run can begin: then this one begins after it.
 * @param {number} clientId
 * @param {keyof typeof asks} what
 * @returns {Promise<Run>}
 */
export const startRun = async (clientId, what) => {
  const [path, body] = asks[what];
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask('POST', `/clients/${clientId}/${path}`, body);
    } catch (error) {
      const busy = error instanceof Refusal && error.code === 'conflict';
      if (!busy || Date.now() > until || !(await looksAtNews(clientId))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
};

/**
 * The newest first, as many as it takes to find one that is more than a look at news.
 * @param {number} clientId
 * @returns {Promise<Run[]>}
 */
export const newestRuns = async (clientId) => (await ask('GET', `/clients/${clientId}/runs?limit=10`)).items;

/**
 * Whether that is what goes on, or was until just now.
 * @param {number} clientId
 */
const looksAtNews = async (clientId) => {
  const [run] = await newestRuns(clientId);
  return run?.state !== 'running' || run.kind === 'quick';
};
