// @ts-check
import { sentenceOf } from './api.js';
import { button, make } from './dom.js';

/**
 * A part of a page, with a heading and a place for what it loads.
 * @param {string} id
 * @param {string} title
 * @param {...(Node | null)} about what stands between them
 */
export const partOf = (id, title, ...about) => {
  const content = make('div', { class: 'content' });
  const section = make(
    'section',
    { id, class: 'list part', 'aria-labelledby': `${id}-title` },
    make('h2', { id: `${id}-title` }, title),
    ...about,
    content,
  );
  return { section, content };
};

/** @param {string} text */
export const aside = (text) => make('p', { class: 'second' }, text);

/** @param {string} text */
export const emptyOf = (text) => make('p', { class: 'empty' }, text);

/**
 * What went wrong, with a way to try again.
 * @param {unknown} error
 * @param {() => void} retry
 */
export const problemOf = (error, retry) =>
  make('div', { class: 'banner', role: 'alert' }, make('p', {}, sentenceOf(error)), button('Try again', retry));

/**
 * Loads what a part shows. What is shown stays until the new is there, and where it cannot be had.
 * @template T
 * @param {HTMLElement} content
 * @param {() => Promise<T>} read
 * @param {(value: T) => void} show
 */
export const loaderOf = (content, read, show) => {
  let newest = 0;
  const load = async () => {
    newest += 1;
    const mine = newest;
    try {
      const value = await read();
      if (mine === newest) show(value);
    } catch (error) {
      if (mine !== newest) return;
      content.querySelector(':scope > .banner')?.remove();
      content.prepend(problemOf(error, load));
    }
  };
  return load;
};

/**
 * A field with its label above.
 * @param {string} id
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [told] what is to be known of it
 */
export const fieldOf = (id, label, control, told) => {
  control.id = id;
  return make('div', { class: 'field' }, make('label', { for: id }, label), control, told ? aside(told) : null);
};

/**
 * A form with a place for what goes wrong.
 * @param {string} name
 * @param {...(Node | null)} parts
 */
export const formOf = (name, ...parts) =>
  make('form', { 'aria-label': name }, make('p', { class: 'fault', role: 'alert', hidden: '' }), ...parts);

/**
 * Buttons of which one is chosen.
 * @param {string} name
 * @param {[string, string][]} choices value and label
 * @param {(value: string) => void} choose
 */
export const togglesOf = (name, choices, choose) => {
  const set = make('fieldset', { class: 'row filters', 'aria-label': name });
  for (const [index, [value, label]] of choices.entries()) {
    const tab = button(
      label,
      () => {
        for (const other of set.children) other.setAttribute('aria-pressed', String(other === tab));
        choose(value);
      },
      { 'aria-pressed': String(index === 0), class: 'toggle' },
    );
    set.append(tab);
  }
  return set;
};
