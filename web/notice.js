// @ts-check
import { sentenceOf } from './api.js';
import { byId, say } from './dom.js';

const box = byId('notice', HTMLElement);
const text = byId('notice-text', HTMLElement);
const undoButton = byId('notice-undo', HTMLButtonElement);
const closeButton = byId('notice-close', HTMLButtonElement);

/** @type {(() => Promise<string>) | null} */
let undo = null;

/**
 * Says what was done, and offers to take it back. It stays until it is used, closed, or followed by another.
 * @param {string} what
 * @param {() => Promise<string>} takeBack gives the words for what it did
 */
export const offerUndo = (what, takeBack) => {
  undo = takeBack;
  text.textContent = what;
  undoButton.hidden = false;
  box.hidden = false;
  say(what);
  // The button that was pressed is gone with its card.
  undoButton.focus();
};

/** @param {string} what */
export const tell = (what) => {
  undo = null;
  text.textContent = what;
  undoButton.hidden = true;
  box.hidden = false;
  say(what);
};

export const closeNotice = () => {
  undo = null;
  box.hidden = true;
};

undoButton.addEventListener('click', async () => {
  const takeBack = undo;
  if (!takeBack) return;
  undo = null;
  try {
    tell(await takeBack());
  } catch (error) {
    tell(sentenceOf(error));
    undo = takeBack;
    undoButton.hidden = false;
  }
  (undoButton.hidden ? closeButton : undoButton).focus();
});

closeButton.addEventListener('click', () => {
  closeNotice();
  byId('main', HTMLElement).focus();
});
