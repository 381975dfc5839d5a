import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, toIso } from '#kernel/clock.ts';
import { checkedApi } from '../../test/support/checked-api.ts';
import { eachDatabase, type MakeDatabase } from '../../test/support/databases.ts';
import { treeIn } from '../../test/support/tree.ts';
import { dimensions } from './statistics/figures.ts';

const NOW = Date.UTC(2026, 4, 3, 20);

interface Rows<T> {
  items: T[];
  next: string | null;
}
type Items = Rows<{ item: { id: number } }>;

/** A house with a film and a show that were there before, and what was added lately. Every answer is held against its schema. */
const house = async (make: MakeDatabase) => {
  const database = await make();
  const { ask, clock } = await checkedApi(database, NOW);
  const tree = treeIn(database, NOW - 300 * DAY);
  const films = await tree.library('movies');
  const film = await tree.movie(films, { runtime_ms: HOUR });
  const shows = await tree.library('series');
  const show = await tree.show(shows, [2], { runtime_ms: HOUR });
  const [first, second] = show.episodes[0]!.map(Number) as [number, number];
  const listed = async (path: string) => (await ask<Items>('GET', path)).items.map(({ item }) => item.id);
  const leave = async (item: number, share: number) => {
    for (const event of ['start', 'progress']) {
      clock.advance(MINUTE);
      await ask('PUT', `/items/${item}/progress`, { positionMs: share * HOUR, durationMs: HOUR, event });
    }
  };
  return { ask, clock, tree, films, film, shows, show, first, second, listed, leave };
};

eachDatabase('over HTTP', (make) => {
  test('a change is listed, taken back and done again', async () => {
    const { ask, show, first, listed } = await house(make);
    const watched = async () => (await ask<{ watched: boolean }>('GET', `/items/${first}/state`)).watched;
    const { changeSetId } = await ask<{ changeSetId: number }>('PUT', `/items/${show.series}/watched`, {
      watched: true,
    });
    expect((await ask<Rows<object>>('GET', '/me/changes')).items).toMatchObject([
      { id: changeSetId, kind: 'mark', item: { id: show.series }, watched: true, undoneAt: null },
    ]);
    const undone = await ask<{ undoneBy: number }>('POST', `/me/changes/${changeSetId}/undo`);
    expect(await watched()).toBe(false);
    await ask('POST', `/me/changes/${undone.undoneBy}/undo`);
    expect(await watched()).toBe(true);
    expect(await listed('/me/next-up')).toEqual([]);
  });

  test('a history is added to, corrected, thinned out, cleared and brought back', async () => {
    const { ask, film, first, listed, leave } = await house(make);
    await leave(first, 0.95);
    const play = await ask<{ id: number }>('POST', '/me/history', { itemId: film, date: '2024-05' });
    expect(play).toMatchObject({ precision: 'month', startedAt: '2024-05-01T00:00:00.000Z', watchedMs: HOUR });
    const other = { date: '2023', completed: true, watchedMs: 5 * MINUTE };
    expect(await ask('PATCH', `/me/history/${play.id}`, other)).toMatchObject({
      precision: 'year',
      watchedMs: 300_000,
    });
    expect(await listed('/me/history')).toEqual([first, film]);
    expect((await ask<Rows<object>>('GET', '/me/history/days')).items).toMatchObject([
      { date: '2026-05-03', plays: 1 },
      { date: '2023', plays: 1 },
    ]);
    await ask('DELETE', `/me/history/${play.id}`);
    await ask('POST', '/me/changes/undo');
    await ask('POST', '/me/history/delete', { playIds: [play.id] });
    expect(await listed('/me/history')).toEqual([first]);
    expect(await ask('DELETE', '/me/history?kind=episode&marks=true')).toMatchObject({ plays: 1 });
    expect(await listed('/me/history')).toEqual([]);
    await ask('POST', '/me/changes/undo');
    expect(await listed('/me/history')).toEqual([first]);
    expect(await ask('GET', `/items/${first}/state`)).toMatchObject({ watched: true, playCount: 1 });
  });

  test('what is dropped, hidden or snoozed is out of the lists until it is taken back', async () => {
    const { ask, clock, show, first, film, listed, leave } = await house(make);
    await ask('PUT', `/items/${first}/watched`, { watched: true });
    await leave(film, 0.5);
    const choices = `/items/${show.series}`;
    expect(await ask('PUT', `${choices}/dropped`)).toMatchObject({ targetId: show.series, hiddenAt: null });
    expect(await listed('/me/next-up')).toEqual([]);
    await ask('PUT', `/items/${film}/hidden`);
    expect(await listed('/me/continue-watching')).toEqual([]);
    expect(await listed('/me/choices')).toEqual(expect.arrayContaining([film, show.series]));
    await ask('DELETE', `${choices}/dropped`);
    await ask('DELETE', `/items/${film}/hidden`);
    expect([await listed('/me/next-up'), await listed('/me/continue-watching')]).toEqual([
      [show.episodes[0]![1]],
      [film],
    ]);
    const until = toIso(clock.now() + DAY);
    expect(await ask('PUT', `${choices}/snoozed`, { until })).toMatchObject({ snoozedUntil: until });
    expect(await listed('/me/next-up')).toEqual([]);
    await ask('DELETE', `${choices}/snoozed`);
    expect(await ask('PUT', `${choices}/specials`, { place: 'after' })).toMatchObject({ specials: 'after' });
    expect(await ask('GET', `${choices}/choices`)).toMatchObject({ snoozedAt: null, specials: 'after' });
    expect(await listed('/me/choices')).toEqual([]);
  });

  test('what was added lately, and a new season of a series that is followed', async () => {
    const { ask, tree, films, shows, show, first } = await house(make);
    const lately = { added_at: NOW - DAY };
    const film = await tree.movie(films, lately);
    const pilot = await tree.show(shows, [3], lately);
    const season = await tree.season(show.series, 2, { added_at: NOW - 2 * DAY });
    const opener = await tree.episode(season, 1, { added_at: NOW - 2 * DAY });
    await ask('PUT', `/items/${first}/watched`, { watched: true });
    const { items } = await ask<Rows<{ item: { id: number } }>>('GET', '/me/new');
    expect(items).toHaveLength(3);
    expect(items).toMatchObject([
      { item: { id: pilot.series }, unwatched: 3, first: { id: pilot.episodes[0]![0] } },
      { item: { id: film }, unwatched: 1, first: null },
      { item: { id: season }, unwatched: 1, first: { id: opener } },
    ]);
    expect((await ask<Items>('GET', `/me/new?kind=episode&libraryId=${shows}&days=7`)).items).toMatchObject([
      { item: { id: opener } },
    ]);
  });

  test('a series that was watched is begun anew, and that is ended', async () => {
    const { ask, show, first, second, listed } = await house(make);
    await ask('PUT', `/items/${show.series}/watched`, { watched: true });
    expect(await listed('/me/next-up')).toEqual([]);
    expect(await ask('POST', `/items/${second}/start-over`)).toMatchObject({ itemId: show.series });
    expect(await listed('/me/next-up')).toEqual([first]);
    expect(await ask('GET', `/items/${first}/state`)).toMatchObject({ watched: true });
    await ask('DELETE', `/items/${show.series}/start-over`);
    expect(await listed('/me/next-up')).toEqual([]);
  });

  test('the figures of a history', async () => {
    const { ask, film, shows, leave } = await house(make);
    await leave(film, 0.95);
    await ask('POST', '/me/history', { itemId: film, date: '2026-05-02', watchedMs: HOUR });
    for (const by of dimensions) await ask('GET', `/me/statistics?by=${by}`);
    expect(await ask('GET', `/me/statistics?by=month&libraryId=${shows}`)).toMatchObject({ items: [], settled: true });
    expect(await ask('GET', '/me/statistics?by=movie')).toMatchObject({ items: [{ itemId: film, plays: 2 }] });
    expect(await ask('GET', '/me/statistics/streaks')).toMatchObject({ current: { days: 2 }, longest: { days: 2 } });
    expect(await ask('GET', '/me/statistics/years/2026')).toMatchObject({ plays: 2, rewatches: { movies: 1 } });
  });

  test('what one thinks of an item, alone and in the record of it', async () => {
    const { ask, film, listed, leave } = await house(make);
    await leave(film, 0.5);
    await ask('PUT', `/items/${film}/rating`, { rating: 8.5, review: 'Long, and worth it.' });
    await ask('PUT', `/items/${film}/favourite`);
    await ask('PUT', `/items/${film}/watchlist`);
    expect(await ask('GET', `/items/${film}/opinion`)).toMatchObject({ rating: 8.5, favourite: true, watchlist: true });
    for (const list of ['favourites', 'watchlist', 'ratings', 'ratings?sort=rating']) {
      expect(await listed(`/me/${list}`), list).toEqual([film]);
    }
    expect(await ask('GET', `/items/${film}/data`)).toMatchObject({ userRating: 8.5, playedPercentage: 50 });
    expect(await listed('/me/data?kind=movie&list=continue')).toEqual([film]);
    expect(await ask('PUT', `/items/${film}/disliked`)).toMatchObject({ favourite: false });
    expect([await listed('/me/disliked'), await listed('/me/favourites')]).toEqual([[film], []]);
    for (const said of ['disliked', 'watchlist', 'rating']) await ask('DELETE', `/items/${film}/${said}`);
    expect(await ask('GET', `/items/${film}/opinion`)).toMatchObject({ rating: null, disliked: false, ratedAt: null });
  });

  test('thresholds of a library of its own', async () => {
    const { ask, films, film, leave } = await house(make);
    expect(await ask('GET', `/libraries/${films}/thresholds`)).toMatchObject({ kind: 'movie', highPercent: 90 });
    await ask('PUT', `/libraries/${films}/thresholds`, { highPercent: 50 });
    await leave(film, 0.6);
    expect(await ask('GET', `/items/${film}/state`)).toMatchObject({ watched: true, positionMs: null });
    expect(await ask('PUT', `/libraries/${films}/thresholds`, {})).toMatchObject({ highPercent: 90 });
  });
});
