// @ts-check
import { ask, sentenceOf } from './api.js';
import { offerUndo, tell } from './notice.js';
import { fullNameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */

/**
 * Marks an item as watched and offers to take it back, together with the position it had.
 * @param {Item} item
 * @param {{ positionMs: number, durationMs: number | null } | null} progress where it stood
 * @param {() => Promise<void>} changed
 */
export const markWatched = async (item, progress, changed) => {
  const name = fullNameOf(item);
  try {
    await ask('PUT', `/items/${item.id}/watched`, { watched: true });
  } catch (error) {
    return tell(sentenceOf(error));
  }
  offerUndo(`“${name}” is marked as watched.`, async () => {
    await ask('PUT', `/items/${item.id}/watched`, { watched: false });
    if (progress) await ask('PUT', `/items/${item.id}/progress`, bodyOf(progress));
    await changed();
    return `“${name}” is as it was before.`;
  });
  await changed();
};

/** @param {{ positionMs: number, durationMs: number | null }} progress */
const bodyOf = ({ positionMs, durationMs }) => (durationMs === null ? { positionMs } : { positionMs, durationMs });
