// @ts-check

/**
 * The element with this id, of this class.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
export const byId = (id, type) => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`);
  return found;
};

/**
 * Makes an element. Texts go in as texts, never as markup. A property that is null is left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | null>} attributes
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

/**
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, string | number | null>} [attributes]
 */
export const button = (label, press, attributes = {}) => {
  const made = make('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
};

/**
 * Tells what happened to those who listen to the page.
 * @param {string} text
 */
export const say = (text) => {
  byId('said', HTMLElement).textContent = text;
};
