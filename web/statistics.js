// @ts-check
import { ask } from './api.js';
import { dayAfter, monthBefore, today } from './dates.js';
import { byId, make } from './dom.js';
import { lengthOf } from './words.js';

/** @typedef {import('./shapes.js').Figure} Figure */
/** @typedef {import('./shapes.js').Streaks} Streaks */

const DAYS = 30;
const MONTHS = 12;
const TOP = 5;

const section = byId('statistics', HTMLElement);

/** The newest load; an older one that answers late is not shown. */
let newest = 0;

/** Shows how long was watched; nothing where nothing was. Beside the lists it is not worth a complaint. */
export const showStatistics = async () => {
  newest += 1;
  const load = newest;
  try {
    const told = await askAll();
    if (load === newest) show(told);
  } catch {
    if (load === newest) section.hidden = true;
  }
};

export const clearStatistics = () => {
  newest += 1;
  section.hidden = true;
  section.querySelector('.content')?.replaceChildren();
};

const askAll = async () => {
  const now = today();
  const first = `${monthBefore(now.slice(0, 7), MONTHS - 1)}-01`;
  /** @type {[{ items: Figure[] }, { items: Figure[] }, { items: Figure[] }, Streaks]} */
  const [days, months, series, streaks] = await Promise.all([
    ask('GET', `/me/statistics?by=day&from=${dayAfter(now, 1 - DAYS)}&limit=${DAYS + 1}`),
    ask('GET', `/me/statistics?by=month&from=${first}&limit=${MONTHS + 1}`),
    ask('GET', `/me/statistics?by=series&from=${first}&limit=${TOP}`),
    ask('GET', '/me/statistics/streaks'),
  ]);
  return { days: days.items, months: months.items, series: series.items, streaks, now };
};

/** @param {Awaited<ReturnType<typeof askAll>>} told */
const show = ({ days, months, series, streaks, now }) => {
  section.hidden = streaks.longest === null;
  section.querySelector('.content')?.replaceChildren(
    make('p', { class: 'streak' }, streakOf(streaks)),
    chartOf(
      'The last 30 days',
      filled(days, DAYS, (n) => dayAfter(now, -n)),
    ),
    chartOf(
      'The last 12 months',
      filled(months, MONTHS, (n) => monthBefore(now.slice(0, 7), n)),
    ),
    ...(series.length === 0 ? [] : [make('h3', {}, 'Series you spent most time with'), linesOf(series)]),
  );
};

/** @param {Streaks} streaks */
const streakOf = ({ current, longest }) => {
  const days = (/** @type {number} */ count) => `${count} ${count === 1 ? 'day' : 'days'}`;
  const most = longest === null ? '' : ` Your longest run: ${days(longest.days)}.`;
  return `${current === null ? 'No run of days at the moment.' : `Something watched ${days(current.days)} in a row.`}${most}`;
};

/**
 * A row for each of the last days or months, the oldest first, also where nothing was watched.
 * @param {Figure[]} figures
 * @param {number} count
 * @param {(before: number) => string} keyBefore
 */
const filled = (figures, count, keyBefore) =>
  Array.from({ length: count }, (_, index) => {
    const key = keyBefore(count - 1 - index);
    return { key, ms: figures.find((figure) => figure.key === key)?.ms ?? 0 };
  });

/**
 * Bars beside each other, each with its words for those who do not see them.
 * @param {string} title
 * @param {{ key: string, ms: number }[]} bars
 */
const chartOf = (title, bars) => {
  const most = Math.max(1, ...bars.map(({ ms }) => ms));
  const sum = bars.reduce((total, { ms }) => total + ms, 0);
  return make(
    'figure',
    { class: 'chart' },
    make('figcaption', {}, `${title}: ${timeOf(sum)}`),
    make('ol', { class: 'bars' }, ...bars.map((bar) => barOf(bar, most))),
  );
};

/**
 * @param {{ key: string, ms: number }} bar
 * @param {number} most
 */
const barOf = ({ key, ms }, most) => {
  const words = `${key}: ${timeOf(ms)}`;
  const bar = make('li', { title: words }, make('span', { class: 'unseen' }, words));
  bar.style.setProperty('--share', String(ms / most));
  return bar;
};

/** @param {Figure[]} series */
const linesOf = (series) =>
  make(
    'ul',
    { class: 'lines' },
    ...series.map(({ label, ms }) =>
      make('li', {}, make('span', { class: 'name' }, label), make('span', { class: 'second' }, timeOf(ms))),
    ),
  );

/** @param {number} ms */
const timeOf = (ms) => (ms === 0 ? 'nothing' : lengthOf(ms));
