import { systemClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { randomOf } from '../http/words.ts';
import {
  EPISODE_MS,
  EPISODES,
  EPISODES_A_SEASON,
  episodeId,
  isLeft,
  LIBRARY,
  SEASONS,
  seasonId,
  seriesId,
  watchedOf,
} from './house.ts';
import type { Call } from './measure.ts';
import type { Stand } from './stand.ts';

/** A call of the engine, the obvious SQL for the same, and what the engine's may take. */
export interface Scenario {
  name: string;
  engine: Call['make'];
  plain?: Call['make'];
  /** What is done before each call of the engine, and not timed. */
  before?: Call['make'];
  times: number;
  /** Of the obvious SQL, where that takes long. */
  plainTimes?: number;
  /** Whether a hundred calls of the engine are one unit of work. */
  together?: true;
  /** Median, in ms. */
  aim?: number;
}

/** What is measured, in phases: in one nothing is changed that the next ones of it read. */
export const phasesOf = (stand: Stand): Scenario[][] => [
  reads(stand),
  [...reports(stand), ...marks(stand)],
  [afterMark(stand)],
  wholeLibrary(stand),
];

const PAGE = 40;
const FIRST = 20;

const reads = (stand: Stand): Scenario[] => {
  const { activity, viewer, plain, raw } = stand;
  const lists = (limit: number, aim?: { aim: number }): Scenario[] => [
    {
      name: `continue watching, first ${limit}`,
      engine: () => activity.continueWatching(viewer, { limit }),
      plain: () => plain.continueWatching(limit),
      times: 200,
      plainTimes: 50,
      ...aim,
    },
    {
      name: `next up, first ${limit}`,
      engine: () => activity.nextUp(viewer, { limit }),
      plain: () => plain.nextUp(limit),
      times: 200,
      plainTimes: 3,
      ...aim,
    },
  ];
  return [
    {
      name: 'a bare read',
      engine: () => raw.rows('SELECT version FROM catalog_version WHERE id = $1', [1]),
      times: 500,
    },
    ...lists(FIRST, { aim: 0.1 }),
    ...lists(PAGE),
    {
      name: 'history page',
      engine: () => activity.history(viewer, { limit: PAGE }),
      plain: () => plain.history(PAGE),
      times: 200,
      aim: 0.2,
    },
    ...statesOf(stand),
  ];
};

const COUNTED = 50;

/** Random seasons and pages of series that follow each other, as a list shows them. */
const statesOf = ({ states, viewer, house, plain }: Stand): Scenario[] => {
  const random = randomOf(10);
  const season = () => Math.floor(random() * house.series * SEASONS);
  const episodesOf = (n: number) =>
    Array.from({ length: EPISODES_A_SEASON }, (_, e) => episodeId(house, n * EPISODES_A_SEASON + e));
  const page = () => {
    const first = Math.floor(random() * (house.series - COUNTED));
    return Array.from({ length: COUNTED }, (_, n) => seriesId(first + n));
  };
  return [
    {
      name: 'state of a season',
      engine: () =>
        states.of(
          viewer,
          episodesOf(season()).map((id) => ({ id, kind: 'episode' as const })),
        ),
      plain: () => plain.season(seasonId(house, season())),
      times: 200,
      aim: 0.1,
    },
    {
      name: 'unwatched counts of 50 series',
      engine: () =>
        states.of(
          viewer,
          page().map((id) => ({ id, kind: 'series' as const })),
        ),
      plain: () => plain.counts(page()),
      times: 200,
      plainTimes: 20,
      aim: 0.5,
    },
  ];
};

const reports = (stand: Stand): Scenario[] => {
  const { activity, viewer, house, plain, raw } = stand;
  const random = randomOf(11);
  const left = Array.from({ length: house.inProgress }, (_, n) => n).filter((n) => isLeft(house, n));
  const one = () => {
    const n = left[Math.floor(random() * left.length)] ?? 0;
    return episodeId(house, n * EPISODES + watchedOf(house, n));
  };
  const position = () => Math.floor(EPISODE_MS * (0.2 + 0.6 * random()));
  const report = () => activity.reportProgress(viewer, one(), { positionMs: position(), durationMs: EPISODE_MS });
  const write = () => raw.run('UPDATE users SET updated_at = updated_at + 1 WHERE id = $1', [viewer.userId]);
  return [
    { name: 'a bare commit', engine: write, times: 200 },
    { name: 'progress report', engine: report, times: 1000, together: true, aim: 0.05 },
    {
      name: 'progress report and its commit',
      engine: report,
      plain: () => plain.progress(one(), position(), systemClock.now()),
      times: 200,
    },
  ];
};

const levels = ['episode', 'season', 'series'] as const;

const marks = (stand: Stand): Scenario[] => {
  const { activity, viewer, house, plain } = stand;
  const random = randomOf(12);
  const upTo = (limit: number) => Math.floor(random() * limit);
  const ids: Record<(typeof levels)[number], () => MediaItemId> = {
    episode: () => episodeId(house, upTo(house.series * EPISODES)),
    season: () => seasonId(house, upTo(house.series * SEASONS)),
    series: () => seriesId(upTo(house.series)),
  };
  return levels.flatMap((level): Scenario[] => {
    const name = `mark a ${level}`.replace('a e', 'an e');
    const engine = () => activity.setWatched(viewer, ids[level](), { watched: random() < 0.5 });
    const alone = () => plain.mark(level, ids[level](), random() < 0.5, systemClock.now());
    return [
      { name, engine, times: 1000, together: true, aim: 0.1 },
      { name: `${name} and its commit`, engine, plain: alone, times: 200, plainTimes: 40 },
    ];
  });
};

/** The first look after a mark on a whole series pays for finding the next episode of it. */
const afterMark = ({ activity, viewer, house }: Stand): Scenario => {
  const random = randomOf(13);
  return {
    name: 'next up after a mark on a series',
    before: () => activity.setWatched(viewer, seriesId(Math.floor(random() * house.series)), { watched: true }),
    engine: () => activity.nextUp(viewer, { limit: FIRST }),
    times: 50,
  };
};

const wholeLibrary = ({ activity, viewer, plain }: Stand): Scenario[] => {
  let watched = false;
  const turn = () => {
    watched = !watched;
    return watched;
  };
  const mark = () => activity.setWatched(viewer, LIBRARY, { watched: turn() });
  return [
    { name: 'mark a library', engine: mark, times: 100, together: true, aim: 0.1 },
    {
      name: 'mark a library and its commit',
      engine: mark,
      plain: () => plain.mark('library', LIBRARY, turn(), systemClock.now()),
      times: 40,
      plainTimes: 1,
    },
    {
      name: 'continue watching after a mark on the library',
      engine: () => activity.continueWatching(viewer, { limit: FIRST }),
      times: 100,
    },
    {
      name: 'next up after a mark on the library',
      engine: () => activity.nextUp(viewer, { limit: FIRST }),
      times: 100,
    },
  ];
};
