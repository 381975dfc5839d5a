import { expect, it } from 'vitest';
import { startStockedJellyfin } from './jellyfin/stocked.ts';
import { Shelf } from './shelf.ts';
import { fillShelf, fillStates } from './shelf-fill.ts';

const emptyShelf = () => new Shelf({ itemId: (number, kind) => `${kind}-${number}` });

it('is filled with as much of everything as it was told, the same each time', () => {
  const fill = () => {
    const shelf = emptyShelf();
    fillShelf(shelf, { movies: 3, series: 2, seasons: 2, episodes: 4, artists: 1, albums: 2, tracks: 5 });
    const user = shelf.addUser({ name: 'alice' });
    const states = fillStates(shelf, user, 10).map((item) => [item.id, shelf.state(user, item)]);
    return { counts: Object.groupBy(shelf.items, ({ kind }) => kind), states };
  };
  const { counts, states } = fill();
  expect(Object.fromEntries(Object.entries(counts).map(([kind, items]) => [kind, items.length]))).toEqual({
    movie: 3,
    series: 2,
    season: 4,
    episode: 16,
    artist: 1,
    album: 2,
    track: 10,
  });
  expect(states).toHaveLength(10);
  expect(fill().states).toEqual(states);
});

it('takes a series off with all of it, and puts it back with all of it', () => {
  const shelf = emptyShelf();
  const user = shelf.addUser({ name: 'alice' });
  const series = shelf.addSeries({ title: 'Pioneer One', ids: { Tvdb: '170551' } });
  const episode = shelf.addEpisode(series, { season: 1, episode: 1 });
  shelf.watch(user, series, 5);
  shelf.remove(series);
  expect(shelf.items).toEqual([]);
  expect(shelf.state(user, episode).played).toBe(false);
  shelf.addAgain(series, { sameId: true });
  expect(shelf.items.map(({ kind }) => kind)).toEqual(['series', 'season', 'episode']);
  expect(shelf.find(episode.id)).toBe(episode);
  expect(shelf.state(user, episode)).toMatchObject({ played: true, lastPlayedAt: 5 });
});

it('keeps a state by what a work is, so that another copy of it has the state of the one that went', () => {
  const shelf = emptyShelf();
  const user = shelf.addUser({ name: 'alice' });
  const old = shelf.addMovie({ title: 'Sintel', ids: { Imdb: 'tt1727587' } });
  shelf.watch(user, old, 5);
  shelf.remove(old);
  const better = shelf.addMovie({ title: 'Sintel', ids: { Imdb: 'tt1727587' }, path: '/media/sintel-4k.mkv' });
  expect(shelf.state(user, better)).toMatchObject({ played: true, lastPlayedAt: 5 });
});

it('has one state for all copies of a work, where the server keeps it so', () => {
  const shelf = new Shelf({ itemId: String }, { sharesStates: true });
  const user = shelf.addUser({ name: 'alice' });
  const other = shelf.addLibrary({ name: 'Children', type: 'movies' });
  const [one, two] = [
    shelf.addMovie({ title: 'Sintel', ids: { Imdb: 'tt1' } }),
    shelf.addMovie({ title: 'Sintel', library: other, ids: { Imdb: 'tt1' } }),
  ];
  shelf.watch(user, one, 5);
  expect(shelf.state(user, two)).toMatchObject({ played: true, lastPlayedAt: 5 });
  shelf.remove(one);
  expect(shelf.state(user, two).played).toBe(true);
});

it('tells of every change, its reason and its person', () => {
  const shelf = emptyShelf();
  const user = shelf.addUser({ name: 'alice' });
  const movie = shelf.addMovie({ title: 'Sintel' });
  const heard: string[] = [];
  const end = shelf.listen(({ user, item, reason }) => heard.push(`${user.name} ${item.title} ${reason}`));
  shelf.mark(user, movie);
  shelf.rate(user, movie, 8);
  shelf.play(user, movie);
  shelf.stop(user, 3_500_000);
  end();
  shelf.unwatch(user, movie);
  const reasons = ['TogglePlayed', 'UpdateUserRating', 'PlaybackStart', 'PlaybackFinished'];
  expect(heard).toEqual(reasons.map((reason) => `alice Sintel ${reason}`));
});

it('stands in a process of its own, filled', async () => {
  const { url, apiKey, userId, items, close } = await startStockedJellyfin({
    movies: 20,
    series: 1,
    episodes: 5,
    states: 8,
  });
  const read = async (path: string) =>
    (await fetch(`${url}${path}`, { headers: { authorization: `MediaBrowser Token="${apiKey}"` } })).json();
  expect(items).toBe(27);
  const query = `userId=${userId}&recursive=true&includeItemTypes=Movie&limit=10`;
  expect(await read(`/Items?${query}&filters=IsPlayed`)).toMatchObject({ TotalRecordCount: 8, Items: { length: 8 } });
  expect(await read(`/Items?${query}`)).toMatchObject({ TotalRecordCount: 20, Items: { length: 10 } });
  await close();
  await expect(fetch(url)).rejects.toThrow();
});
