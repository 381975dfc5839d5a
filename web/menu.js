// @ts-check
import { ask, sentenceOf } from './api.js';
import { isOfSeries, setAsideOf, specialsOf, startOver } from './choices.js';
import { openAddPlay, openCorrection } from './correct.js';
import { button, make } from './dom.js';
import { openExplanation } from './explain.js';
import { deletePlay, markWatched } from './mark.js';
import { tell } from './notice.js';
import { opinionsOf } from './opinions.js';
import { closeSheet, openSheet } from './sheet.js';
import { fullNameOf, nameOf } from './words.js';

/** @typedef {import('./shapes.js').Item} Item */
/** @typedef {import('./shapes.js').Play} Play */

/**
 * The button that opens what else can be done with an entry of a list.
 * @param {string} label what it says to those who listen
 * @param {() => Promise<void>} open
 */
const opener = (label, open) =>
  button('More', () => open().catch((error) => tell(sentenceOf(error))), {
    'aria-label': `More for ${label}`,
    'aria-haspopup': 'dialog',
  });

/**
 * The menu of an entry. In continue watching and next up an episode stands for its series.
 * @param {Item} item
 * @param {'continue' | 'next-up' | 'new' | 'mine'} list where it stands
 * @param {() => Promise<void>} changed
 */
export const menuOf = (item, list, changed) => {
  const subject = list === 'mine' ? { id: item.id, name: fullNameOf(item) } : subjectOf(item);
  return opener(subject.name, async () => {
    const [opinion, choices] = await Promise.all([
      ask('GET', `/items/${subject.id}/opinion`),
      isOfSeries(item) ? ask('GET', `/items/${item.id}/choices`) : null,
    ]);
    openSheet(
      subject.name,
      actionsOf(
        ...opinionsOf(subject, opinion, changed),
        list === 'new' || list === 'mine' ? markEntry(item, changed) : null,
        ...(list === 'mine' ? [] : setAsideOf(item, list, changed)),
        isOfSeries(item) ? button('Start over', () => startOver(item, changed)) : null,
        whyOf('Why does it stand like this?', item),
      ),
      choices && specialsOf(item, choices, changed),
    );
  });
};

/**
 * The menu of a play in the history.
 * @param {Play} play
 * @param {() => Promise<void>} changed
 */
export const playMenuOf = (play, changed) => {
  const subject = { id: play.item.id, name: fullNameOf(play.item) };
  return opener(subject.name, async () => {
    const opinion = await ask('GET', `/items/${subject.id}/opinion`);
    openSheet(
      subject.name,
      actionsOf(
        button('Correct …', () => openCorrection(play, changed)),
        button('Watched again …', () => openAddPlay(play.item, changed)),
        ...opinionsOf(subject, opinion, changed),
        whyOf('Why is this watched?', play.item),
        button(
          'Delete from the history',
          () => {
            closeSheet();
            deletePlay(play, changed);
          },
          { class: 'danger' },
        ),
      ),
    );
  });
};

/**
 * @param {string} label
 * @param {Item} item
 */
const whyOf = (label, item) =>
  button(label, () => openExplanation(item).catch((error) => tell(sentenceOf(error))), { 'aria-haspopup': 'dialog' });

/**
 * What an entry is about: the series of an episode.
 * @param {Item} item
 */
const subjectOf = (item) =>
  item.kind === 'episode' && item.rootId !== null
    ? { id: item.rootId, name: nameOf(item) }
    : { id: item.id, name: fullNameOf(item) };

/**
 * @param {Item} item
 * @param {() => Promise<void>} changed
 */
const markEntry = (item, changed) =>
  button('Mark as watched', () => {
    closeSheet();
    markWatched(item, changed);
  });

/** @param {...(Node | null)} buttons */
const actionsOf = (...buttons) => make('ul', { class: 'actions' }, ...buttons.map((one) => one && make('li', {}, one)));
