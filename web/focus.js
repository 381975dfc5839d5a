// @ts-check

/**
 * A way to find a control again after its list was drawn anew: itself, or the one that took its place, or one in the row
 * that took the place of its row, or the heading. Rows carry `data-key`.
 * @param {Element | null} element
 * @returns {() => HTMLElement | null}
 */
export const wayBackTo = (element) => {
  if (!(element instanceof HTMLElement)) return () => null;
  const section = element.closest('section');
  const found = element.closest('[data-key]');
  const row = found instanceof HTMLElement ? found : null;
  const name = nameOf(element);
  const index = section && row ? rowsOf(section).indexOf(row) : -1;
  return () => {
    if (element.isConnected || !section) return element.isConnected ? element : null;
    const rows = rowsOf(section);
    const own = row ? rows.find((one) => one.dataset.key === row.dataset.key) : undefined;
    const next = own ?? rows[Math.min(index, rows.length - 1)];
    const controls = controlsOf(row ? own : section);
    return controls.find((one) => nameOf(one) === name) ?? controlsOf(next)[0] ?? headingOf(section);
  };
};

/**
 * Draws a place anew and keeps the focus where it was.
 * @param {HTMLElement} place
 * @param {() => void} draw
 */
export const keepingFocus = (place, draw) => {
  const held = document.activeElement;
  const back = held && place.contains(held) ? wayBackTo(held) : null;
  draw();
  if (back && document.activeElement !== held) back()?.focus({ preventScroll: true });
};

/** @param {Element} section */
const rowsOf = (section) => [...section.querySelectorAll('[data-key]')].filter((row) => row instanceof HTMLElement);

/** @param {Element | undefined} place */
const controlsOf = (place) =>
  [...(place?.querySelectorAll('button, select, input') ?? [])].filter((control) => control instanceof HTMLElement);

/** @param {Element} element */
const nameOf = (element) => element.getAttribute('aria-label') ?? element.textContent;

/** @param {Element} section */
const headingOf = (section) => {
  const heading = section.querySelector('h2');
  if (!heading) return null;
  heading.tabIndex = -1;
  return heading;
};
