import { DAY, HOUR, type Instant, MINUTE, SECOND, systemClock, toIso } from '#kernel/clock.ts';
import { load, request } from '../load.ts';
import { fileIn, makeDatabase, makeUsers } from '../people.ts';
import type { Measured } from '../process.ts';
import { type Catalog, fillCatalog } from './catalog.ts';
import { randomOf } from './words.ts';

const STARTED_SERIES = 300;
const IN_PROGRESS = 200;
const PLAYS = 20_000;
const EPISODE_MS = 45 * MINUTE;

/** A database with a catalog and one user's history, as the bench asks of it. */
export interface House {
  /** An API token of the one user. */
  token: string;
  movies: number[];
  /** Episodes of the series that the user has started. */
  startedEpisodes: number[];
}

/**
 * Makes the house: the catalog by plain inserts, the user and the history over the API, as a player would.
 * @param start starts the server on the folder
 */
export const prepareHouse = async (folder: string, start: () => Promise<Measured>): Promise<House> => {
  const now = systemClock.now();
  await makeDatabase(fileIn(folder));
  const catalog = fillCatalog(fileIn(folder), now);
  const server = await start();
  try {
    const [token = ''] = await makeUsers(server.port, 1);
    await play(server, token, catalog, now);
    const started = catalog.series.slice(0, STARTED_SERIES);
    return { token, movies: catalog.movies, startedEpisodes: started.flatMap(({ episodes }) => episodes) };
  } finally {
    await server.stop();
  }
};

/** Reports the end of every play, the oldest first; then where the user stopped in what is still in progress. */
const play = async (server: Measured, token: string, catalog: Catalog, now: Instant): Promise<void> => {
  const reports = [...finished(catalog, now), ...stopped(catalog, now)].values();
  const next = () => {
    const report = reports.next().value;
    if (!report) return undefined;
    const { id, at, positionMs } = report;
    const body = { positionMs, durationMs: EPISODE_MS, at: toIso(at), event: 'stop' };
    return request('PUT', `/api/v1/items/${id}/progress`, token, body);
  };
  const { failures } = await load({ port: server.port, connections: 50, next }).catch((error) => {
    throw new Error(`The plays could not be reported: ${error.message}\n${server.lastWords()}`);
  });
  if (failures.size > 0) throw new Error(`Reports of plays were refused: ${JSON.stringify([...failures])}`);
};

interface Report {
  id: number;
  at: Instant;
  positionMs: number;
}

/** Two thirds are episodes, in order from the first of each started series, again from the start when it is through. */
const finished = ({ movies, series }: Catalog, now: Instant): Report[] => {
  const random = randomOf(3);
  const places = series.slice(0, STARTED_SERIES).map(({ episodes }) => ({ episodes, seen: 0 }));
  return Array.from({ length: PLAYS }, (_, n) => {
    const at = now - 1000 * DAY + Math.floor((n / PLAYS) * 998 * DAY);
    const place = places[Math.floor(random() * places.length)];
    const episode = place && random() < 0.66 ? place.episodes[place.seen++ % (place.episodes.length - 5)] : undefined;
    const movie = movies[Math.floor(random() * movies.length)] ?? 0;
    return { id: episode ?? movie, at, positionMs: EPISODE_MS };
  });
};

/** Half are movies, half episodes of as many series. */
const stopped = ({ movies, series }: Catalog, now: Instant): Report[] =>
  Array.from({ length: IN_PROGRESS }, (_, n) => {
    const at = now - 2 * HOUR - n * 7 * MINUTE - 13 * SECOND;
    const id = n % 2 === 0 ? movies[n * 50] : series[n]?.episodes[95 + (n % 5)];
    return { id: id ?? 0, at, positionMs: EPISODE_MS / 3 };
  });
