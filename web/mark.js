// @ts-check
import { ask, sentenceOf } from './api.js';
import { offerUndo, tell } from './notice.js';
import { fullNameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */

/**
 * Marks an item as watched and offers to take just that back, together with the position it had.
 * @param {Item} item
 * @param {() => Promise<void>} changed
 */
export const markWatched = async (item, changed) => {
  const name = fullNameOf(item);
  /** @type {{ changeSetId: number | null }} */
  let done;
  try {
    done = await ask('PUT', `/items/${item.id}/watched`, { watched: true });
  } catch (error) {
    return tell(sentenceOf(error));
  }
  const { changeSetId } = done;
  if (changeSetId === null) tell(`“${name}” was marked already.`);
  else
    offerUndo(`“${name}” is marked as watched.`, () =>
      takeBack(changeSetId, `“${name}” is as it was before.`, changed),
    );
  await changed();
};

/**
 * Takes a play out of the history and offers to bring it back.
 * @param {import('./shapes.js').Play} play
 * @param {() => Promise<void>} changed
 */
export const deletePlay = async (play, changed) => {
  const name = fullNameOf(play.item);
  try {
    const { changeSetId } = await ask('DELETE', `/me/history/${play.id}`);
    offerUndo(`“${name}” is out of your history.`, () => takeBack(changeSetId, `“${name}” is back in it.`, changed));
  } catch (error) {
    return tell(sentenceOf(error));
  }
  await changed();
};

/**
 * Takes back what was done.
 * @param {number} changeSetId
 * @param {string} words for what that did
 * @param {() => Promise<void>} changed
 */
export const takeBack = async (changeSetId, words, changed) => {
  await ask('POST', `/me/changes/${changeSetId}/undo`);
  await changed();
  return words;
};
