// @ts-check
import { ask, sentenceOf } from './api.js';
import { button, make } from './dom.js';
import { onSubmit } from './form.js';
import { listOf } from './list.js';
import { offerUndo, tell } from './notice.js';
import { aside, emptyOf, fieldOf, formOf, partOf, togglesOf } from './part.js';
import { closeSheet, openSheet } from './sheet.js';
import { countOf } from './words.js';

/** @typedef {import('./shapes.js').Match} Match */
/** @typedef {import('./shapes.js').Candidate} Candidate */
/** @typedef {import('./server.js').Room} Room */

/** @type {[string, string][]} */
const states = [
  ['unmatched', 'Not found'],
  ['ambiguous', 'May be several'],
  ['conflicting', 'Conflicting'],
  ['decided', 'Decided'],
];

/** @type {Record<string, string>} */
const none = {
  unmatched: 'Every entry was found or made.',
  ambiguous: 'No entry may be several of ours.',
  conflicting: 'No entries conflict.',
  decided: 'Nobody decided on an entry.',
};

/**
 * The match workbench: entries that a person has to decide on.
 * @param {Room} room
 */
export const matchesOf = (room) => {
  let state = 'unmatched';
  const { section } = partOf(
    'server-matches',
    'What entries are',
    aside(
      'Where it is not certain what an entry of the server is, nothing is guessed: you decide, once, and can take it back.',
    ),
    togglesOf('Show entries', states, (chosen) => {
      state = chosen;
      list.reload();
    }),
  );
  /** @type {ReturnType<typeof listOf<Match>>} */
  const list = listOf({
    section,
    path: () => `/clients/${room.id}/matches?state=${state}&`,
    limit: 20,
    row: (match) => lineOf(room, match, list.reload),
    draw: (matches, rowOf) => make('ul', { class: 'lines' }, ...matches.map(rowOf)),
    empty: () => emptyOf(none[state] ?? ''),
  });
  return { section, reload: list.reload };
};

/**
 * @param {Room} room
 * @param {Match} match
 * @param {() => unknown} changed
 */
const lineOf = (room, match, changed) => {
  const decided = match.state === 'decided';
  const what =
    match.decision === 'ignored'
      ? 'is left out'
      : match.item === null
        ? `${match.kind}`
        : `is ${nameOfItem(match.item)}`;
  return make(
    'li',
    { 'data-key': match.id },
    make('span', { class: 'name' }, match.year === null ? match.title : `${match.title} (${match.year})`),
    make('span', { class: 'second' }, what),
    button('Decide …', () => openDecision(room, match, changed), {
      'aria-label': `Decide what ${match.title} is`,
      'aria-haspopup': 'dialog',
    }),
    decided
      ? button('Take back', () => takeBack(room, match, changed), { 'aria-label': `Take back: ${match.title}` })
      : null,
    match.reason ? make('p', { class: 'why wide' }, match.reason) : null,
    match.candidates.length > 0 && !decided
      ? make('p', { class: 'why wide' }, `${countOf(match.candidates.length, 'candidate')}, the best: ${bestOf(match)}`)
      : null,
    match.path === null ? null : make('p', { class: 'why wide' }, make('code', {}, match.path)),
  );
};

/** @param {Match} match */
const bestOf = ({ candidates: [best] }) => (best ? `${nameOfItem(best.item)}, ${best.score} of 100` : '');

/** @param {Candidate['item']} item */
const nameOfItem = ({ title, year, parentTitle, seasonNumber, episodeNumber }) => {
  const place = episodeNumber === null ? '' : `S${seasonNumber} · E${episodeNumber}`;
  const own = year === null ? title : `${title} (${year})`;
  return [parentTitle, place, own].filter(Boolean).join(', ');
};

/**
 * @param {Room} room
 * @param {Match} match
 * @param {() => unknown} changed
 */
const openDecision = (room, match, changed) => {
  const said = make('p', { role: 'alert', class: 'said' });
  const found = make('div', { 'aria-live': 'polite' });
  /** @param {unknown} body @param {string} words */
  const decide = async (body, words) => {
    try {
      await ask('PUT', `/clients/${room.id}/matches/${match.id}`, body);
    } catch (error) {
      said.textContent = sentenceOf(error);
      return;
    }
    closeSheet();
    offerUndo(`“${match.title}” ${words}.`, async () => {
      await ask('DELETE', `/clients/${room.id}/matches/${match.id}`);
      await changed();
      return `What was decided on “${match.title}” is taken back.`;
    });
    await changed();
  };
  /** @param {Candidate[]} candidates */
  const show = (candidates) =>
    found.replaceChildren(
      candidates.length === 0
        ? make('p', {}, 'Nothing of ours has such a title.')
        : make('ul', { class: 'candidates' }, ...candidates.map((one) => candidateOf(one, decide))),
    );
  show(match.candidates);
  const input = make('input', { type: 'search', name: 'q', maxlength: 200, autocomplete: 'off' });
  input.value = match.title;
  const search = formOf(
    'Search our items',
    make(
      'div',
      { class: 'row search' },
      fieldOf('match-search', 'Another item of ours', input),
      make('button', { type: 'submit' }, 'Search'),
    ),
  );
  onSubmit(search, async () => {
    const answer = await ask(
      'GET',
      `/clients/${room.id}/matches/${match.id}/candidates?q=${encodeURIComponent(input.value)}`,
    );
    show(answer.items);
  });
  openSheet(
    `What is “${match.title}”?`,
    said,
    match.reason ? make('p', {}, match.reason) : null,
    found,
    search,
    make(
      'ul',
      { class: 'actions' },
      make(
        'li',
        {},
        button('None of ours: make it new', () => decide({ create: true }, 'is new here')),
      ),
      make(
        'li',
        {},
        button('Leave it out of everything', () => decide({ ignore: true }, 'is left out')),
      ),
    ),
  );
  if (match.candidates.length === 0) search.requestSubmit();
};

/**
 * @param {Candidate} candidate
 * @param {(body: unknown, words: string) => void} decide
 */
const candidateOf = ({ item, score, reasons }, decide) => {
  const name = nameOfItem(item);
  return make(
    'li',
    {},
    make(
      'div',
      {},
      make('p', { class: 'name flat' }, name),
      make(
        'p',
        { class: 'second flat' },
        `${score} of 100${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''} · item ${item.id}`,
      ),
    ),
    button('It is this', () => decide({ itemId: item.id }, `is ${name}`), { 'aria-label': `It is ${name}` }),
  );
};

/**
 * @param {Room} room
 * @param {Match} match
 * @param {() => unknown} changed
 */
const takeBack = async (room, match, changed) => {
  try {
    await ask('DELETE', `/clients/${room.id}/matches/${match.id}`);
  } catch (error) {
    return tell(sentenceOf(error));
  }
  tell(`What was decided on “${match.title}” is taken back; the next run looks at it anew.`);
  await changed();
};
