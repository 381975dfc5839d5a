import { expect, test } from 'vitest';
import { DAY, manualClock } from '#kernel/clock.ts';
import type { RemotePage } from '#sync/media-server.ts';
import { createMemoryServer } from './media-server.ts';

const signal = new AbortController().signal;
const clock = () => manualClock(Date.UTC(2026, 10, 21));

const all = async (pages: AsyncIterable<RemotePage>): Promise<string[]> => {
  const names: string[] = [];
  for await (const page of pages) names.push(...page.items.map((item) => `${item.remoteId} ${item.facts.title}`));
  return names;
};

test('pages through what an account may see, each below what it hangs from', async () => {
  const server = createMemoryServer(clock(), { pageSize: 2 });
  const ada = server.addAccount('Ada');
  const bob = server.addAccount('Bob');
  const kids = server.shelf.library('movies', 'Kids');
  server.shelf.movie({ title: 'Up' }, kids);
  const show = server.shelf.series({ title: 'Dark' });
  for (const episodeNumber of [1, 2, 3]) server.shelf.episode(show, { title: 'E', seasonNumber: 1, episodeNumber });
  server.hide(bob, [kids]);
  expect(await all(server.items({ kind: 'episode', account: ada }, signal))).toHaveLength(3);
  expect(await all(server.items({ kind: 'episode', account: ada, from: 2 }, signal))).toEqual(['episode:5 E']);
  expect(await all(server.items({ kind: 'movie', account: ada }, signal))).toEqual(['movie:1 Up']);
  expect(await all(server.items({ kind: 'movie', account: bob }, signal))).toEqual([]);
  expect(await server.libraries(bob, signal)).toMatchObject([{ kind: 'series', count: 1 }]);
});

test('keeps what it is told, and drops by name what its habits forbid', async () => {
  const time = clock();
  const server = createMemoryServer(time, { forgetsDates: true, floorsPositionsTo: 1000, noRatings: true });
  const ada = server.addAccount('Ada');
  const film = server.shelf.movie({ title: 'Alien', runtimeMs: 7_000_000 });
  const watched = { value: true, at: time.now() - DAY, playCount: 3 } as const;
  expect(await server.write(ada, film, { watched, rating: 8 }, signal)).toMatchObject({
    outcome: 'partial',
    dropped: ['lastPlayedAt', 'rating'],
    after: { state: { watched: true, playCount: 3, lastPlayedAt: time.now() } },
  });
  expect(await server.write(ada, film, { rating: 8 }, signal)).toMatchObject({ outcome: 'unsupported' });
  expect(
    await server.write(ada, film, { position: { positionMs: 1999, durationMs: null, at: 0 } }, signal),
  ).toMatchObject({ outcome: 'written', after: { state: { position: { positionMs: 1000 } } } });
  expect(await server.write(ada, 'movie:9', { rating: 1 }, signal)).toMatchObject({ outcome: 'gone' });
});

test('fails as injected: before, or after it was done', async () => {
  const server = createMemoryServer(clock());
  const ada = server.addAccount('Ada');
  const film = server.shelf.movie({ title: 'Alien' });
  server.inject({ on: 'write', how: 'throw' });
  await expect(server.write(ada, film, { favourite: true }, signal)).rejects.toMatchObject({ fault: 'unreachable' });
  expect(server.as(ada).kept(film).opinion.favourite).toBe(false);
  server.inject({ on: 'write', how: 'lost', after: 1 });
  await server.write(ada, film, { rating: 5 }, signal);
  await expect(server.write(ada, film, { favourite: true }, signal)).rejects.toMatchObject({ fault: 'cut_off' });
  expect(server.as(ada).kept(film).opinion).toEqual({ favourite: true, rating: 5 });
});

test('rebuilt, the same ids name other entries, and nobody has watched anything', async () => {
  const server = createMemoryServer(clock());
  const ada = server.addAccount('Ada');
  const alien = server.shelf.movie({ title: 'Alien' });
  const up = server.shelf.movie({ title: 'Up' });
  server.as(ada).watch(alien);
  expect(server.rebuild({ ids: 'again' })).toEqual(
    new Map([
      ['movie:2', 'movie:1'],
      ['movie:1', 'movie:2'],
    ]),
  );
  expect(server.shelf.find(alien)?.facts.title).toBe('Up');
  expect(server.as(ada).kept(up).state.watched).toBe(false);
  expect([...server.rebuild().values()]).toEqual(['movie:2-3', 'movie:2-4']);
});
