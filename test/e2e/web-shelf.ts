import { NAME, PASSWORD, type Visit, ZONE } from './web-visit.ts';

const MINUTE = 60_000;
/** How long everything on the shelf is. */
const LENGTH = 100;

/** What there is to watch, and another device of the same person, by which something of it was watched. */
export interface Shelf {
  /** By the title. */
  ids: Record<string, number>;
  /** Calls the API as that device. */
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  film(title: string): Promise<number>;
  /** Watched to its end at that time. */
  watch(title: string, at: string): Promise<void>;
  /** Left after so many minutes, just now. */
  leave(title: string, minutes: number): Promise<void>;
}

/**
 * A film in the middle, a series of which the first episode was watched and a special came between the second and the
 * third, and a film watched at half past midnight in Tokyo. Then signs in at the page.
 */
export const furnish = async (visit: Visit): Promise<Shelf> => {
  await visit.house.setUp(NAME, PASSWORD, ZONE);
  const shelf = await emptyShelf(visit);
  const { ids, film } = shelf;
  await film('Paddington');
  await film('Arrival');
  await film('Flow');
  const series = await add(shelf, { kind: 'series', title: 'Slow Horses', year: 2022 });
  ids['Slow Horses'] = series;
  const special = { seasonNumber: 0, episodes: [['Behind the Desk', '2022-04-08']] };
  const first = {
    seasonNumber: 1,
    episodes: [
      ['Contagious', '2022-04-01'],
      ['Work Drinks', '2022-04-07'],
      ['Bad Tradecraft', '2022-04-14'],
    ],
  };
  for (const { seasonNumber, episodes } of [special, first]) {
    const season = await add(shelf, {
      kind: 'season',
      title: `Season ${seasonNumber}`,
      parentId: series,
      seasonNumber,
    });
    for (const [index, [title = '', releaseDate]] of episodes.entries()) {
      const place = { parentId: season, episodeNumber: index + 1, releaseDate };
      ids[title] = await add(shelf, { kind: 'episode', title, ...place });
    }
  }
  await shelf.watch('Contagious', '2026-05-02T12:00:00Z');
  await shelf.watch('Arrival', '2026-05-03T15:30:00Z');
  await shelf.leave('Paddington', 50);
  await visit.page.reload();
  await visit.signIn();
  await visit.section('Continue watching').getByText('50 min left').waitFor();
  return shelf;
};

const emptyShelf = async ({ house }: Visit): Promise<Shelf> => {
  const token = await house.tokenFor(NAME, PASSWORD, 'Tablet');
  const report = (title: string, minutes: number, at: string, event: string) =>
    shelf.api('PUT', `/items/${shelf.ids[title]}/progress`, {
      positionMs: minutes * MINUTE,
      durationMs: LENGTH * MINUTE,
      at,
      event,
    });
  const shelf: Shelf = {
    ids: {},
    api: (method, path, body) => house.api(token, method, path, body),
    film: async (title) => {
      shelf.ids[title] = await add(shelf, { kind: 'movie', title, year: 2016 });
      return shelf.ids[title];
    },
    watch: async (title, at) => void (await report(title, LENGTH, at, 'stop')),
    leave: async (title, minutes) => {
      // A play is in the history once it was told of twice.
      const now = Date.now();
      await report(title, 6, new Date(now - MINUTE).toISOString(), 'progress');
      await report(title, minutes, new Date(now).toISOString(), 'pause');
    },
  };
  return shelf;
};

const add = async ({ api }: Shelf, item: Record<string, unknown>): Promise<number> =>
  (await api<{ id: number }>('POST', '/items', { runtimeMs: LENGTH * MINUTE, ...item })).id;
