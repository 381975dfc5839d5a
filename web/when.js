// @ts-check
import { instantOf, wallOf } from './dates.js';
import { make } from './dom.js';

/** @typedef {'exact' | 'day' | 'month' | 'year' | 'unknown'} Precision */

/** How exactly a date is known: in words, by which field, and how much of 2026-11-20T21:04 that is. */
const precisions = {
  exact: { words: 'The day and the time', type: 'datetime-local', length: 16 },
  day: { words: 'The day', type: 'date', length: 10 },
  month: { words: 'The month', type: 'month', length: 7 },
  year: { words: 'The year', type: 'number', length: 4 },
  unknown: { words: 'Nothing', type: 'hidden', length: 0 },
};

const FIRST = '1971-01-01T00:00';

/**
 * Asks when something was, as exactly as that is known.
 * @param {Date} at what is known so far
 * @param {Precision} precision
 */
export const whenFields = (at, precision) => {
  const begun = wallOf(at);
  const known = make(
    'select',
    { id: 'when-known', name: 'precision' },
    ...Object.entries(precisions).map(([value, { words }]) => make('option', { value }, words)),
  );
  const date = make('input', { id: 'when-date', name: 'date', autocomplete: 'off' });
  const dateField = make('div', { class: 'field' }, make('label', { for: 'when-date' }, 'When'), date);
  const chosen = () => /** @type {Precision} */ (known.value);

  /** @param {string} wall */
  const draw = (wall) => {
    const { type, length } = precisions[chosen()];
    dateField.hidden = type === 'hidden';
    date.required = type !== 'hidden';
    date.value = '';
    date.type = type;
    date.min = FIRST.slice(0, length);
    date.max = wallOf(new Date()).slice(0, length);
    date.value = wall.slice(0, length);
  };
  known.value = precision;
  draw(begun);
  // What is typed already is kept; what is known more exactly begins with what was there.
  known.addEventListener('change', () => draw(date.value + begun.slice(date.value.length)));

  return {
    fields: [
      make('div', { class: 'field' }, make('label', { for: 'when-known' }, 'What you know of when it was'), known),
      dateField,
    ],
    /** For the API; nothing where it was left as it is. */
    told: () => {
      if (chosen() === precision && (precision === 'unknown' || date.value === begun.slice(0, date.value.length)))
        return {};
      return toldOf(chosen(), date.value);
    },
    /** For the API, also where it was left as it is. */
    all: () => toldOf(chosen(), date.value),
  };
};

/**
 * @param {Precision} precision
 * @param {string} value
 */
const toldOf = (precision, value) => {
  if (precision === 'unknown') return { precision };
  return precision === 'exact' ? { startedAt: instantOf(value).toISOString() } : { date: value, precision };
};
