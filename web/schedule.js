// @ts-check
import { make } from './dom.js';

/** Not at the full hour, when all others do so. */
const choices = [
  ['17 * * * *', 'Every hour'],
  ['*/15 * * * *', 'Every quarter of an hour'],
  ['17 */6 * * *', 'Every six hours'],
  ['17 4 * * *', 'Every night at 4:17'],
  ['', 'Only when asked'],
];
const OWN = 'own';

/**
 * A field to choose when a server is synced.
 * @param {string} id
 * @param {string | null} held cron expression; null: only when asked
 */
export const scheduleField = (id, held) => {
  const known = choices.some(([value]) => value === (held ?? ''));
  const select = make(
    'select',
    { id },
    ...choices.map(([value, label]) => make('option', { value: value ?? '' }, label ?? '')),
    make('option', { value: OWN }, 'At times of your own'),
  );
  select.value = known ? (held ?? '') : OWN;
  const own = make('input', {
    id: `${id}-own`,
    name: 'schedule',
    maxlength: 100,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  own.value = known ? '' : (held ?? '');
  const ownField = make(
    'div',
    { class: 'field' },
    make('label', { for: own.id }, 'Times, as a cron expression'),
    own,
    make('p', { class: 'second' }, 'Minute, hour, day, month, day of the week: 30 5 * * 1 is Mondays at 5:30.'),
  );
  const show = () => {
    ownField.hidden = select.value !== OWN;
  };
  select.addEventListener('change', show);
  show();
  return {
    field: make(
      'div',
      {},
      make('div', { class: 'field' }, make('label', { for: id }, 'When it is synced'), select),
      ownField,
    ),
    /** @returns {string | null} for the API */
    told: () => (select.value === OWN ? own.value.trim() : select.value || null),
    clear: () => {
      select.value = choices[0]?.[0] ?? '';
      own.value = '';
      show();
    },
  };
};

/**
 * @param {string | null} held
 */
export const scheduleWords = (held) => {
  if (held === null) return 'Synced only when asked';
  const known = choices.find(([value]) => value === held)?.[1];
  return known ? `Synced ${known[0]?.toLowerCase()}${known.slice(1)}` : `Synced at ${held}`;
};
