// @ts-check
import { byId } from './dom.js';
import { wayBackTo } from './focus.js';

const sheet = byId('sheet', HTMLDialogElement);
const title = byId('sheet-title', HTMLElement);
const content = byId('sheet-content', HTMLElement);

/** Finds what was pressed to open it. @type {() => HTMLElement | null} */
let opener = () => null;

/**
 * Opens the sheet, the one dialog of the page: menus and forms about something. One that is open shows this instead.
 * @param {string} name
 * @param {...(Node | null)} parts
 */
export const openSheet = (name, ...parts) => {
  if (!sheet.open) opener = wayBackTo(document.activeElement);
  title.textContent = name;
  content.replaceChildren(...parts.filter((part) => part !== null));
  if (!sheet.open) sheet.showModal();
  const first = content.querySelector('[autofocus]') ?? content.querySelector('button, select, input');
  if (first instanceof HTMLElement) first.focus();
};

/** Closes it; the focus goes back to what opened it. */
export const closeSheet = () => {
  sheet.close();
  content.replaceChildren();
  opener()?.focus();
};

export const sheetIsOpen = () => sheet.open;

// Escape and a press beside it close it as well. Its list may have been drawn anew since it was opened.
sheet.addEventListener('close', () => {
  if (sheet.open) return;
  content.replaceChildren();
  if (document.activeElement === document.body) opener()?.focus();
});
byId('sheet-close', HTMLButtonElement).addEventListener('click', closeSheet);
