import { expect, test } from 'vitest';
import { expectAgreement, expectQuiet, itemHere, markHere, stateHere, stopHere } from '../support/sync-agreement.ts';
import { type Attic, startAttic } from '../support/sync-attic.ts';
import { type Caller, type Client, connect, eachHouse, type StartHouse } from '../support/sync-house.ts';

/**
 * What people say of programs that keep media servers in agreement, each as an example over HTTP. Told elsewhere:
 *
 * | requirement | told in |
 * |---|---|
 * | a bad answer takes nothing away; it is held | sync-bad-input.test.ts, src/sync/again.test.ts |
 * | a run is taken back as one, on the servers too | sync-undo.test.ts |
 * | doubtful matches wait for a person | src/sync/items/matches.test.ts |
 * | another or rebuilt server: nothing moves to a wrong item | sync-replace.test.ts |
 * | broken off, a run goes on where it was; limits of the server are kept | sync-resume.test.ts, sync-bad-input.test.ts |
 * | Home users by PIN; one whose token ended holds up nobody | sync-people.test.ts |
 * | what came of a webhook can be seen | sync-webhooks.test.ts |
 * | which way an account goes | src/sync/direction.test.ts |
 */
eachHouse('People say', (start) => {
  test('“I set it unwatched, and it came back as watched”', async () => {
    const { ada, attic, cellar, both, quiet } = await twoServers(start);
    const [film, other] = attic.films as [Film, Film];
    for (const one of attic.films.slice(0, 12)) attic.watch(one, LAST_YEAR);
    await both();
    attic.unwatch(film);
    await markHere(ada, other, false);
    await both();
    for (const server of [attic, cellar]) {
      expect(server.films.slice(0, 3).map((one) => server.shows(one).watched)).toEqual([false, false, true]);
    }
    expect((await stateHere(ada, film)).watched).toBe(false);
    await quiet();
  });

  test('“I put a better file in its place, and the film was unwatched again”', async () => {
    const { ada, attic, first, both, quiet } = await twoServers(start);
    const film = attic.films[0]!;
    for (const one of attic.films.slice(0, 3)) attic.watch(one, LAST_YEAR);
    await both();
    const id = await itemHere(ada, film);
    attic.shelf.remove(film);
    await first.sync();
    const { title, year, ids } = film;
    const better = attic.shelf.addMovie({
      title,
      year: year!,
      ids,
      runtimeMs: film.runtimeMs!,
      path: '/media/4k/film.mkv',
    });
    attic.shelf.setState(attic.shelf.users[0]!, better, { played: false, playCount: 0, lastPlayedAt: null });
    expect(attic.shows(better).watched).toBe(false);
    await both();
    expect(await itemHere(ada, better)).toBe(id);
    expect((await stateHere(ada, better)).watched).toBe(true);
    expect(attic.shows(better).watched).toBe(true);
    await quiet();
  });

  test('“One evening is three plays in my history”', async () => {
    const { ada, attic, cellar, first, both, quiet } = await twoServers(start);
    attic.watch(attic.films[0]!, LAST_YEAR);
    await both();
    await first.import();
    await both();
    expect(cellar.shows(cellar.films[0]!).watched).toBe(true);
    expect(await historyOf(ada)).toEqual([['Film 1', new Date(LAST_YEAR).toISOString()]]);
    expect((await stateHere(ada, attic.films[0]!)).playCount).toBe(1);
    await quiet();
  });

  test('“An old position took me back into a film that I had seen to its end”', async () => {
    const { ada, attic, cellar, both, quiet } = await twoServers(start);
    const [seen, further] = attic.films as [Film, Film];
    for (const film of [seen, further]) attic.stopAt(film, 20 * MINUTE);
    await both();
    cellar.watch(cellar.films[0]!);
    await stopHere(ada, further, 60 * MINUTE);
    await both();
    for (const server of [attic, cellar]) {
      expect(server.shows(server.films[0]!)).toMatchObject({ watched: true, positionMs: 0 });
      expect(server.shows(server.films[1]!)).toMatchObject({ watched: false, positionMs: 60 * MINUTE });
    }
    expect(await stateHere(ada, seen)).toMatchObject({ watched: true, positionMs: null });
    await quiet();
  });

  test('“The first episode of one series was taken for that of every other”', async () => {
    const { ada, attic, cellar, both, quiet } = await twoServers(start);
    for (const { shelf, episodes } of [attic, cellar]) {
      for (const title of ['One show', 'Two shows']) {
        const series = shelf.addSeries({ title });
        episodes.push(
          shelf.addEpisode(series, { season: 1, episode: 1 }, { title: `Pilot of ${title}`, path: '/tv/S01E01.mkv' }),
        );
      }
    }
    attic.watch(attic.episodes[3]!, LAST_YEAR);
    await both();
    expect((await stateHere(ada, attic.episodes[4]!)).watched).toBe(false);
    expect(cellar.episodes.map((episode) => cellar.shows(episode).watched)).toEqual([false, false, false, true, false]);
    await quiet();
  });

  test('“Of a file with two episodes only one was watched”', async () => {
    const { attic, cellar, first, second } = await twoServers(start);
    const double = attic.shelf.addEpisode(attic.shelf.items.find(({ kind }) => kind === 'series')!, {
      season: 2,
      episode: 1,
      end: 2,
    });
    const series = cellar.shelf.items.find(({ kind }) => kind === 'series')!;
    const parts = [1, 2].map((episode) => cellar.shelf.addEpisode(series, { season: 2, episode }));
    attic.watch(double, LAST_YEAR);
    for (const client of [first, second, first]) await client.sync();
    expect(parts.map((part) => cellar.shows(part).watched)).toEqual([true, true]);
    cellar.unwatch(parts[1]!);
    for (const client of [second, first, second]) await client.sync();
    expect(parts.map((part) => cellar.shows(part).watched)).toEqual([true, false]);
    await expectQuiet(first, [attic, cellar]);
    await expectQuiet(second, [attic, cellar]);
  });

  test('“In HD it is watched, in 4K it is not”', async () => {
    const { ada, attic, cellar, first, second } = await twoServers(start);
    const library = attic.shelf.addLibrary({ name: 'Films in 4K', type: 'movies' });
    const { title, year, ids } = attic.films[0]!;
    const large = attic.shelf.addMovie({ title, year: year!, ids, library, runtimeMs: 100 * MINUTE });
    for (const client of [first, second]) await client.sync();
    attic.watch(large, LAST_YEAR);
    for (const client of [first, second]) await client.sync();
    expect((await stateHere(ada, large)).watched).toBe(true);
    expect(attic.shows(attic.films[0]!).watched).toBe(true);
    expect(cellar.shows(cellar.films[0]!).watched).toBe(true);
    await expectQuiet(first, [attic, cellar]);
    await expectQuiet(second, [attic, cellar]);
  });

  test('“Everything was watched on the day of the import”', async () => {
    const { ada, attic, both } = await twoServers(start);
    const days = attic.films.slice(0, 5).map((film, n) => {
      const at = LAST_YEAR + n * 86_400_000;
      attic.watch(film, at);
      return [film.title, new Date(at).toISOString()];
    });
    await both();
    expect(await historyOf(ada)).toEqual(days.toReversed());
  });

  test('“What I see here never gets to my server”', async () => {
    const { ada, attic, cellar, both, quiet } = await twoServers(start);
    await both();
    await markHere(ada, attic.films[2]!);
    await markHere(ada, attic.shelf.items.find(({ kind }) => kind === 'series')!);
    await both();
    for (const server of [attic, cellar]) {
      expect(server.shows(server.films[2]!).watched).toBe(true);
      expect(server.episodes.map((episode) => server.shows(episode).watched)).toEqual([true, true, true]);
    }
    await quiet();
  });
});

type Film = Attic['films'][number];

const MINUTE = 60_000;
const LAST_YEAR = Date.UTC(2025, 4, 3, 12);

/** Ada with an account on a Jellyfin and on an Emby, which have the same films. */
const twoServers = async (start: StartHouse) => {
  const attic = await startAttic('jellyfin');
  const cellar = await startAttic('emby', { name: 'Cellar' });
  const house = await start();
  const first = await connect(house, attic.connection);
  const second = await connect(house, cellar.connection);
  const sync = async (client: Client) =>
    expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
  return {
    ada: house.ada,
    attic,
    cellar,
    first,
    second,
    /** Until all that can be known is known everywhere. */
    both: async () => {
      for (const client of [first, second, first]) await sync(client);
    },
    quiet: async () => {
      await expectAgreement(house.ada, attic);
      await expectAgreement(house.ada, cellar);
      await expectQuiet(first, [attic, cellar]);
      await expectQuiet(second, [attic, cellar]);
    },
  };
};

/** Titles and dates of what was seen to its end, newest first. */
const historyOf = async (person: Caller): Promise<string[][]> =>
  (await person.list<{ item: { title: string }; lastAt: string; completed: boolean }>('/me/history'))
    .filter(({ completed }) => completed)
    .map(({ item, lastAt }) => [item.title, lastAt]);
