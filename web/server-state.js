// @ts-check
import { Away, sentenceOf } from './api.js';
import { whenOf } from './dates.js';
import { decisionsOf } from './decisions.js';
import { button, make, say } from './dom.js';
import { keepingFocus } from './focus.js';
import { outcomeOf, runNames, runningOf } from './outcome.js';
import { aside, partOf } from './part.js';
import { newestRuns, startRun } from './start-run.js';

/** @typedef {import('./shapes.js').Run} Run */
/** @typedef {import('./server.js').Room} Room */

const POLL_MS = 700;
/** Runs also begin by themselves: by schedule, and when the server tells of something. */
const LOOK_MS = 5000;

/**
 * How the newest run stands, and the buttons that begin one.
 * @param {Room} room
 */
export const stateOf = (room) => {
  const buttons = [
    button('Sync now', () => begin('sync'), { class: 'main' }),
    button('Preview', () => begin('preview')),
    button('Import only', () => begin('import')),
  ];
  const { section, content } = partOf(
    'server-state',
    'Last run',
    make('div', { class: 'row' }, ...buttons),
    aside(
      'Sync now reads what was watched there and writes there what was watched elsewhere. Preview shows all that it would change, and changes nothing. Import only reads.',
    ),
  );
  /** What is shown, as text: the same is not drawn again. */
  let shown = '';
  /** The run that is shown; undefined: none was looked at yet. @type {Run | null | undefined} */
  let was;
  /** Newest loop of looks; an older one ends. */
  let newest = 0;

  /** @param {'sync' | 'preview' | 'import'} what */
  const begin = async (what) => {
    if (buttons[0]?.getAttribute('aria-disabled') === 'true') return;
    setBusy(true);
    try {
      show(await startRun(room.id, what));
    } catch (error) {
      shown = '';
      content.replaceChildren(make('p', { class: 'fault', role: 'alert' }, sentenceOf(error)));
      return setBusy(false);
    }
    watch();
  };

  /** @param {boolean} busy */
  const setBusy = (busy) => {
    for (const one of buttons) one.setAttribute('aria-disabled', String(busy));
  };

  /** Looks at the newest run as long as the page is open, more often while it goes on. */
  const watch = async () => {
    newest += 1;
    const mine = newest;
    while (room.isOpen() && mine === newest) {
      const run = document.hidden ? null : await newestRun();
      if (!room.isOpen() || mine !== newest) return;
      if (run !== null) show(run.run);
      const fast = run?.run?.state === 'running';
      await new Promise((resolve) => setTimeout(resolve, fast ? POLL_MS : LOOK_MS));
    }
  };

  /**
   * What somebody asked for, or the schedule did; looks at news are in the list of runs alone.
   * @returns {Promise<{ run: Run | null } | null>} null: not to be had now; a run may go on all the same
   */
  const newestRun = async () => {
    try {
      const runs = await newestRuns(room.id);
      noticeNews(runs);
      return { run: runs.find(({ kind }) => kind !== 'quick') ?? was ?? runs[0] ?? null };
    } catch (error) {
      shown = '';
      const waits = error instanceof Away ? 'The server does not answer. Looking again …' : sentenceOf(error);
      content.replaceChildren(make('p', { class: 'fault' }, waits));
      return null;
    }
  };

  /** The newest look at news that was noticed; null: there was none. @type {number | null | undefined} */
  let news;
  /** @param {Run[]} runs */
  const noticeNews = (runs) => {
    const found = runs.find(({ kind, state }) => kind === 'quick' && state !== 'running')?.id ?? null;
    if (news !== undefined && found !== news) room.refresh();
    news = found;
  };

  /** @param {Run | null} run */
  const show = (run) => {
    const looks = JSON.stringify(run);
    if (looks === shown) return;
    const before = was;
    shown = looks;
    was = run;
    setBusy(run?.state === 'running');
    keepingFocus(content, () => content.replaceChildren(...toldOf(room.id, run)));
    // What had ended before the page was opened is no news.
    if (run === null || run.state === 'running' || before === undefined) return;
    say(`${room.server().name}: ${outcomeOf(run).textContent}`);
    room.refresh();
  };

  return { section, reload: () => {}, begin, watch };
};

/**
 * @param {number} clientId
 * @param {Run | null} run
 */
const toldOf = (clientId, run) => {
  if (run === null) return [make('p', { class: 'empty' }, 'It was not read yet.')];
  if (run.state === 'running') return [runningOf(run)];
  const line = make(
    'p',
    { class: 'name' },
    `${runNames[run.kind]} ${whenOf(new Date(run.startedAt))}: ${states[run.state]}`,
  );
  const decisions = run.kind === 'preview' && run.state !== 'failed' ? [decisionsOf(clientId, run)] : [];
  return [line, outcomeOf(run), ...decisions];
};

/** @type {Record<Run['state'], string>} */
export const states = {
  running: 'goes on',
  done: 'done',
  failed: 'failed',
  held: 'done, with changes held',
};
