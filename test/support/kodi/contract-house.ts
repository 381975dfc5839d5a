import { HOUR, manualClock, systemClock } from '#kernel/clock.ts';
import type { Connection } from '#sync/media-server.ts';
import { createKodiConnector } from '../../../src/connectors/kodi/connector.ts';
import type { House } from '../../contract/media-server.ts';
import { startFakeKodi } from './fake.ts';
import type { Playable } from './remote.ts';
import type { RealKodi } from './start.ts';

export const connection = (of: Pick<Connection, 'address' | 'userName' | 'password'>): Connection => ({
  ...of,
  token: null,
  timeZone: null,
  installation: 'b7c6ad37-5d5c-4b0e-8f4c-1f4d3f6c1e11',
});

const common = {
  wrong: { password: 'wrong' },
  account: { remoteId: 'kodi', secret: null },
  unknown: 'movie:99999',
};

const split = (remoteId: string): [kind: Playable, id: number] => {
  const [kind, id] = remoteId.split(':');
  return [kind as Playable, Number(id)];
};

/** A fake Kodi with two movies, a show and an album. */
export const fakeKodiHouse = async (): Promise<House> => {
  const kodi = await startFakeKodi();
  const { library } = kodi;
  const movies = ['Alien', 'The Matrix'].map((title) => library.addMovie({ title, year: 1999 }));
  const show = library.addShow({ title: 'Lost', year: 2004 });
  const episodes = [1, 2].map((number) => library.addEpisode(show, 1, number, { title: `Part ${number}` }));
  const { artistid, albumid, songids } = library.addAlbum('Björk', 'Homogenic', ['Hunter', 'Jóga']);
  const clock = manualClock(Date.UTC(2026, 10, 21, 10));
  const rate = (remoteId: string, rating: number | null) => {
    const [kind, id] = split(remoteId);
    const [name, key] = kind === 'movie' ? ['Movie', 'movieid'] : ['Episode', 'episodeid'];
    library.call(`VideoLibrary.Set${name}Details`, { [key]: id, userrating: rating ?? 0 });
  };
  return {
    ...common,
    connect: (other) =>
      createKodiConnector({ clock, limits: { timeLimitMs: 2000 } }).connect({
        ...connection({ address: kodi.address, userName: 'kodi', password: 'kodi' }),
        ...other,
      }),
    shelf: {
      movie: movies.map((id) => `movie:${id}`),
      series: [`series:${show}`],
      season: library.seasons.map(({ seasonid }) => `season:${seasonid}`),
      episode: episodes.map((id) => `episode:${id}`),
      artist: [`artist:${artistid}`],
      album: [`album:${albumid}`],
      track: songids.map((id) => `track:${id}`),
    },
    hand: {
      watch: async (remoteId, at) => {
        // New York's time, in summer: what is asked of it is in October.
        kodi.wallClock = new Date(at - 4 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
        library.markWatched(...split(remoteId));
      },
      unwatch: async (remoteId) => library.markUnwatched(...split(remoteId)),
      // Kodi itself keeps no place in the first three minutes; another program that tells it may.
      stopAt: async (remoteId, positionMs) => {
        const [, id] = split(remoteId);
        library.call('VideoLibrary.SetMovieDetails', {
          movieid: id,
          resume: { position: positionMs / 1000, total: 3600 },
        });
      },
      rate: async (remoteId, rating) => rate(remoteId, rating),
      play: async (remoteId) => {
        const [kind, id] = split(remoteId);
        kodi.playing = { kind, id, seconds: 5 };
        return async () => {
          kodi.playing = undefined;
        };
      },
      remove: async (remoteId) => library.remove('movies', 'movieid', split(remoteId)[1]),
    },
    secrets: [Buffer.from('kodi:kodi').toString('base64')],
    close: async () => {
      await kodi.close();
      if (kodi.violations.length > 0) throw new Error(kodi.violations.join('\n'));
    },
  };
};

/** A real Kodi, put back to where nothing was watched. Nothing is taken off its shelf, which would not come back. */
export const realKodiHouse = async (kodi: RealKodi): Promise<House> => {
  const { rpc } = kodi;
  const { movies } = await rpc<{ movies: { movieid: number }[] }>('VideoLibrary.GetMovies');
  const { tvshows } = await rpc<{ tvshows: { tvshowid: number }[] }>('VideoLibrary.GetTVShows');
  const { episodes } = await rpc<{ episodes: { episodeid: number }[] }>('VideoLibrary.GetEpisodes');
  const { seasons } = await rpc<{ seasons: { seasonid: number }[] }>('VideoLibrary.GetSeasons', {
    properties: ['season'],
  });
  const blank = { playcount: 0, lastplayed: '', resume: { position: 0, total: 0 }, userrating: 0 };
  for (const { movieid } of movies) await rpc('VideoLibrary.SetMovieDetails', { movieid, ...blank });
  for (const { episodeid } of episodes) await rpc('VideoLibrary.SetEpisodeDetails', { episodeid, ...blank });
  const rate = async (remoteId: string, rating: number | null) => {
    await rpc('VideoLibrary.SetMovieDetails', { movieid: split(remoteId)[1], userrating: rating ?? 0 });
  };
  return {
    ...common,
    connect: (other) => createKodiConnector({ clock: systemClock }).connect({ ...connection(kodi), ...other }),
    shelf: {
      movie: movies.map(({ movieid }) => `movie:${movieid}`),
      series: tvshows.map(({ tvshowid }) => `series:${tvshowid}`),
      season: seasons.map(({ seasonid }) => `season:${seasonid}`),
      episode: episodes.map(({ episodeid }) => `episode:${episodeid}`),
    },
    hand: {
      watch: (remoteId) => kodi.toggle(...split(remoteId)),
      unwatch: (remoteId) => kodi.toggle(...split(remoteId)),
      rate,
      play: async (remoteId) => {
        const [kind, id] = split(remoteId);
        const players = () => rpc<{ playerid: number }[]>('Player.GetActivePlayers');
        await rpc('Player.Open', { item: { [`${kind}id`]: id } });
        while ((await players()).length === 0);
        return async () => {
          for (const { playerid } of await players()) await rpc('Player.Stop', { playerid });
          while ((await players()).length > 0);
        };
      },
    },
    secrets: [Buffer.from(`${kodi.userName}:${kodi.password}`).toString('base64')],
    close: async () => {},
  };
};
