// @ts-check
import { ask, sentenceOf } from './api.js';
import { today, zoneNow } from './dates.js';
import { button, make } from './dom.js';
import { keepingFocus } from './focus.js';

/** Rows that the API gives at once at the most. */
const MOST = 200;
/** Pages that are looked at to fill one. */
const LOOKS = 10;

/**
 * A list of the page that can be loaded again: it shows what the API gives, what to do when there is nothing, or what
 * went wrong. What is shown stays until the new is there, and rows that are the same stay as they are.
 * @template T
 * @param {object} of
 * @param {HTMLElement} of.section
 * @param {() => string} of.path with parameters, ending so that more can follow
 * @param {number} of.limit rows of a page
 * @param {(entry: T) => HTMLElement} of.row with a `data-key` of its own
 * @param {(entries: T[], rowOf: (entry: T) => HTMLElement) => Node} of.draw
 * @param {() => Node} of.empty
 */
export const listOf = ({ section, path, limit, row, draw, empty }) => {
  const content = section.querySelector('.content');
  if (!(content instanceof HTMLElement)) throw new Error('A list has no place for its content.');
  /** The newest load; an older one that answers late is not shown. */
  let newest = 0;
  /** @type {{ path: string, items: T[], next: string | null }} */
  let held = { path: '', items: [], next: null };
  /** What is shown, as text: the same is not drawn again. */
  let shown = '';
  /** Rows by what they show. @type {Map<string, HTMLElement>} */
  let rows = new Map();

  /** @param {typeof held} page */
  const show = (page) => {
    held = page;
    const looks = JSON.stringify([today(), zoneNow(), page]);
    if (looks === shown) return;
    shown = looks;
    const before = rows;
    rows = new Map();
    keepingFocus(content, () => {
      content.replaceChildren(
        page.items.length === 0 ? nothing(page.next) : draw(page.items, (entry) => rowOf(entry, before)),
      );
      if (page.next !== null) content.append(moreButton());
    });
  };

  /** @param {string | null} next */
  const nothing = (next) => (next === null ? empty() : make('p', { class: 'empty' }, 'Nothing of that so far.'));

  /**
   * @param {T} entry
   * @param {Map<string, HTMLElement>} before
   */
  const rowOf = (entry, before) => {
    const looks = JSON.stringify([today(), zoneNow(), held.path, entry]);
    const made = before.get(looks) ?? row(entry);
    rows.set(looks, made);
    return made;
  };

  const moreButton = () => {
    const more = button('Show more', () => loadMore(more), { class: 'more' });
    return more;
  };

  /** @param {HTMLElement} pressed */
  const loadMore = async (pressed) => {
    const load = newest;
    const before = held.items.length;
    try {
      const page = await ask('GET', `${held.path}limit=${limit}&cursor=${encodeURIComponent(held.next ?? '')}`);
      if (load !== newest) return;
      show({ ...held, items: held.items.concat(page.items), next: page.next });
      focusOn(content.querySelectorAll('[data-key]')[before]);
    } catch (error) {
      pressed.before(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
    }
  };

  /** Loads as much as was shown before. @returns {Promise<number | null>} how many entries there are; null: not known */
  const reload = async () => {
    newest += 1;
    const load = newest;
    const from = path();
    const wanted = from === held.path ? Math.max(limit, held.items.length) : limit;
    try {
      const page = await pagesOf(from, wanted);
      if (load !== newest) return null;
      show({ path: from, ...page });
      return page.items.length;
    } catch (error) {
      if (load !== newest) return null;
      shown = '';
      tellProblem(error, from);
      return null;
    }
  };

  /**
   * What is shown stays: it was right a moment ago. Not where something else was asked for.
   * @param {unknown} error
   * @param {string} from
   */
  const tellProblem = (error, from) => {
    const banner = problem(error, reload);
    if (rows.size === 0 || from !== held.path) return content.replaceChildren(banner);
    content.querySelector(':scope > .banner')?.remove();
    content.prepend(banner);
  };

  /**
   * Pages until there is enough: one may be short, or empty, while more comes after it.
   * @param {string} from
   * @param {number} wanted
   * @returns {Promise<{ items: T[], next: string | null }>}
   */
  const pagesOf = async (from, wanted) => {
    let { items, next } = await ask('GET', `${from}limit=${Math.min(wanted, MOST)}`);
    for (let left = LOOKS; next !== null && items.length < wanted && left > 0; left -= 1) {
      const rest = Math.min(wanted - items.length, MOST);
      const page = await ask('GET', `${from}limit=${rest}&cursor=${encodeURIComponent(next)}`);
      items = items.concat(page.items);
      next = page.next;
    }
    return { items, next };
  };

  const clear = () => {
    newest += 1;
    held = { path: '', items: [], next: null };
    shown = '';
    rows = new Map();
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
