// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';

/**
 * A list of the page that can be loaded again: it shows what the API gives, what to do when there is nothing, or what
 * went wrong. What is shown stays until the new is there.
 * @template T
 * @param {object} of
 * @param {HTMLElement} of.section
 * @param {string | (() => string)} of.path with parameters
 * @param {(items: T[]) => Node} of.draw
 * @param {() => Node} of.empty
 */
export const listOf = ({ section, path, draw, empty }) => {
  const content = section.querySelector('.content');
  if (!(content instanceof HTMLElement)) throw new Error('A list has no place for its content.');
  const pathNow = () => (typeof path === 'string' ? path : path());
  /** The newest load; an older one that answers late is not shown. */
  let newest = 0;
  /** @type {T[]} */
  let held = [];

  /**
   * @param {{ items: T[], next: string | null }} page
   */
  const show = (page) => {
    held = held.concat(page.items);
    content.replaceChildren(held.length === 0 ? empty() : draw(held));
    if (page.next !== null) content.append(moreButton(page.next));
  };

  /** @param {string} cursor */
  const moreButton = (cursor) => {
    const more = button('Show more', () => loadMore(cursor, more), { class: 'more' });
    return more;
  };

  /**
   * @param {string} cursor
   * @param {HTMLElement} pressed
   */
  const loadMore = async (cursor, pressed) => {
    const load = newest;
    const before = held.length;
    try {
      const page = await ask('GET', `${pathNow()}&cursor=${encodeURIComponent(cursor)}`);
      if (load !== newest) return;
      show(page);
      focusOn(content.querySelectorAll('li')[before]);
    } catch (error) {
      pressed.before(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
    }
  };

  /** @returns {Promise<number | null>} how many entries there are; null: not known */
  const reload = async () => {
    newest += 1;
    const load = newest;
    try {
      const page = await ask('GET', pathNow());
      if (load !== newest) return null;
      held = [];
      show(page);
      return held.length;
    } catch (error) {
      if (load === newest) content.replaceChildren(problem(error, reload));
      return null;
    }
  };

  const clear = () => {
    newest += 1;
    held = [];
    content.replaceChildren();
  };

  return { section, reload, clear };
};

/**
 * What went wrong, with a way to try again.
 * @param {unknown} error
 * @param {() => void} retry
 */
const problem = (error, retry) =>
  make('div', { class: 'banner', role: 'alert' }, make('p', {}, sentenceOf(error)), button('Try again', retry));

/** @param {Element | undefined} element */
const focusOn = (element) => {
  if (!(element instanceof HTMLElement)) return;
  element.tabIndex = -1;
  element.focus();
};
