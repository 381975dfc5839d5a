import { emptyState, type FakeAlbum, type FakeSong, type FakeState, type Shelf } from './shelf.ts';

/** What the fake's methods work on: the shelf, and how whoever asks stands to it. */
export interface Inside {
  shelf: Shelf;
  users: Map<string, { password: string; admin: boolean; apiKey?: string }>;
  states: Map<string, FakeState>;
  /** Who asks. */
  user: string;
  traits: Traits;
  now(): number;
}

export interface Traits {
  openSubsonic: boolean;
  tokens: boolean;
  bookmarks: boolean;
  /** Whether an empty search finds everything. */
  emptySearch: boolean;
  /** Whether a play that it is told of counts. */
  counts: boolean;
}

/** An error of the API. */
export class ApiError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Method = (inside: Inside, query: URLSearchParams) => object;

const stateOf = ({ states, user }: Inside): FakeState => {
  const state = states.get(user) ?? emptyState();
  states.set(user, state);
  return state;
};

const iso = (at: number) => new Date(at).toISOString();
const starred = (state: FakeState, key: string) => {
  const at = state.stars.get(key);
  return at === undefined ? {} : { starred: iso(at) };
};

const child = (inside: Inside, song: FakeSong) => {
  const state = stateOf(inside);
  const play = state.plays.get(song.id);
  const rating = state.ratings.get(song.id);
  const bookmark = state.bookmarks.get(song.id);
  const album = inside.shelf.albums.find(({ id }) => id === song.albumId);
  const { folder: _, musicBrainzId, ...told } = song;
  return {
    ...told,
    isDir: false,
    isVideo: false,
    type: 'music',
    discNumber: 1,
    created: '2026-03-01T12:00:00',
    ...(album ? { album: album.name, artistId: album.artistId } : {}),
    ...(play ? { playCount: play.count } : {}),
    ...(play && inside.traits.openSubsonic ? { played: iso(play.last) } : {}),
    ...(inside.traits.openSubsonic ? { mediaType: 'song', musicBrainzId: musicBrainzId ?? '' } : {}),
    ...(rating ? { userRating: rating } : {}),
    ...(bookmark ? { bookmarkPosition: bookmark.position } : {}),
    ...starred(state, `song:${song.id}`),
  };
};

const albumId3 = (inside: Inside, { folder: _, ...album }: FakeAlbum) => {
  const state = stateOf(inside);
  const songs = inside.shelf.songs.filter(({ albumId }) => albumId === album.id);
  const last = Math.max(0, ...songs.map(({ id }) => state.plays.get(id)?.last ?? 0));
  const rating = state.ratings.get(album.id);
  return {
    ...album,
    songCount: songs.length,
    duration: songs.reduce((sum, { duration }) => sum + duration, 0),
    created: '2026-03-01T12:00:00.123456789Z',
    ...(last > 0 && inside.traits.openSubsonic ? { played: iso(last) } : {}),
    ...(rating && inside.traits.openSubsonic ? { userRating: rating } : {}),
    ...starred(state, `album:${album.id}`),
  };
};

const artistId3 = (inside: Inside, artist: Shelf['artists'][number]) => ({
  ...artist,
  albumCount: inside.shelf.albums.filter(({ artistId }) => artistId === artist.id).length,
  ...starred(stateOf(inside), `artist:${artist.id}`),
});

const required = (query: URLSearchParams, name: string): string => {
  const value = query.get(name);
  if (value === null) throw new ApiError(10, `Required parameter ${name} is missing`);
  return value;
};

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new ApiError(70, 'Data not found');
  return value;
};

const byId = <T extends { id: string }>(rows: T[], query: URLSearchParams): T => {
  const id = required(query, 'id');
  return found(rows.find((row) => row.id === id));
};

const inFolder = <T extends { folder: number }>(rows: T[], query: URLSearchParams): T[] => {
  const folder = query.get('musicFolderId');
  return folder === null ? rows : rows.filter((row) => String(row.folder) === folder);
};

const page = <T>(rows: T[], query: URLSearchParams, size: string, offset: string, most = 500): T[] => {
  const start = Number(query.get(offset) ?? 0);
  return rows.slice(start, start + Math.min(most, Number(query.get(size) ?? 20)));
};

/** Empty lists are left out, as most servers do. */
const listed = <T>(name: string, rows: T[]) => (rows.length === 0 ? {} : { [name]: rows });

const starAll =
  (on: boolean): Method =>
  (inside, query) => {
    const state = stateOf(inside);
    const named = { id: 'song', albumId: 'album', artistId: 'artist' };
    for (const [parameter, kind] of Object.entries(named)) {
      for (const id of query.getAll(parameter)) {
        found((inside.shelf as unknown as Record<string, { id: string }[]>)[`${kind}s`]?.find((row) => row.id === id));
        const key = `${kind}:${id}`;
        if (on && state.stars.has(key) && !inside.traits.openSubsonic) throw new ApiError(0, `${id} already starred`);
        if (on) state.stars.set(key, inside.now());
        else state.stars.delete(key);
      }
    }
    return {};
  };

const listAlbums = (inside: Inside, query: URLSearchParams): ReturnType<typeof albumId3>[] => {
  const albums = inFolder(inside.shelf.albums, query).map((album) => albumId3(inside, album));
  if (required(query, 'type') !== 'recent') return albums.sort((one, other) => (one.name < other.name ? -1 : 1));
  const { plays } = stateOf(inside);
  const last = ({ id }: { id: string }) =>
    Math.max(
      0,
      ...inside.shelf.songs.filter(({ albumId }) => albumId === id).map((one) => plays.get(one.id)?.last ?? 0),
    );
  return albums.filter((album) => last(album) > 0).sort((one, other) => last(other) - last(one));
};

export const methods: Record<string, Method> = {
  ping: () => ({}),
  getOpenSubsonicExtensions: () => ({ openSubsonicExtensions: [{ name: 'apiKeyAuthentication', versions: [1] }] }),
  tokenInfo: ({ user }) => ({ tokenInfo: { username: user } }),
  getUser: ({ users, user }, query) => {
    const username = required(query, 'username');
    if (username !== user && !users.get(user)?.admin) throw new ApiError(50, 'Not authorized');
    return { user: { username, adminRole: users.get(username)?.admin ?? false, scrobblingEnabled: true } };
  },
  getUsers: ({ users, user }) => {
    if (!users.get(user)?.admin) throw new ApiError(50, 'Not authorized');
    return { users: { user: [...users].map(([username, { admin }]) => ({ username, adminRole: admin })) } };
  },
  getMusicFolders: ({ shelf }) => ({ musicFolders: { musicFolder: shelf.folders } }),
  getArtists: (inside, query) => {
    const albums = inFolder(inside.shelf.albums, query);
    const artists = inside.shelf.artists.filter(({ id }) => albums.some(({ artistId }) => artistId === id));
    const index = artists.map((artist) => ({ name: artist.name.slice(0, 1), artist: [artistId3(inside, artist)] }));
    return { artists: { ignoredArticles: 'The', ...listed('index', index) } };
  },
  getArtist: (inside, query) => ({ artist: artistId3(inside, byId(inside.shelf.artists, query)) }),
  getAlbum: (inside, query) => {
    const album = byId(inside.shelf.albums, query);
    const songs = inside.shelf.songs.filter(({ albumId }) => albumId === album.id).map((song) => child(inside, song));
    return { album: { ...albumId3(inside, album), ...listed('song', songs) } };
  },
  getSong: (inside, query) => ({ song: child(inside, byId(inside.shelf.songs, query)) }),
  getAlbumList2: (inside, query) => ({
    albumList2: listed('album', page(listAlbums(inside, query), query, 'size', 'offset')),
  }),
  search3: (inside, query) => {
    const text = required(query, 'query').toLowerCase();
    const all = text !== '' || inside.traits.emptySearch ? inFolder(inside.shelf.songs, query) : [];
    const songs = all.filter(({ title }) => title.toLowerCase().includes(text)).map((song) => child(inside, song));
    return { searchResult3: listed('song', page(songs, query, 'songCount', 'songOffset')) };
  },
  getStarred2: (inside) => {
    const { stars } = stateOf(inside);
    const { artists, albums, songs } = inside.shelf;
    return {
      starred2: {
        ...listed(
          'artist',
          artists.filter(({ id }) => stars.has(`artist:${id}`)).map((one) => artistId3(inside, one)),
        ),
        ...listed(
          'album',
          albums.filter(({ id }) => stars.has(`album:${id}`)).map((one) => albumId3(inside, one)),
        ),
        ...listed(
          'song',
          songs.filter(({ id }) => stars.has(`song:${id}`)).map((one) => child(inside, one)),
        ),
      },
    };
  },
  star: starAll(true),
  unstar: starAll(false),
  setRating: (inside, query) => {
    const rating = Number(required(query, 'rating'));
    if (!Number.isInteger(rating) || rating < 0 || rating > 5) throw new ApiError(0, 'rating must be between 0 and 5');
    const id = required(query, 'id');
    const rated = inside.traits.openSubsonic ? [...inside.shelf.songs, ...inside.shelf.albums] : inside.shelf.songs;
    found(rated.find((row) => row.id === id));
    if (rating === 0) stateOf(inside).ratings.delete(id);
    else stateOf(inside).ratings.set(id, rating);
    return {};
  },
  scrobble: (inside, query) => {
    const ids = query.getAll('id');
    const times = query.getAll('time').map(Number);
    if (times.length > 0 && times.length !== ids.length) throw new ApiError(10, 'As many times as ids are needed');
    const state = stateOf(inside);
    for (const [index, id] of ids.entries()) {
      found(inside.shelf.songs.find((song) => song.id === id));
      if (query.get('submission') === 'false') state.playing.set(id, inside.now());
      else if (inside.traits.counts) {
        const known = state.plays.get(id) ?? { count: 0, last: 0 };
        state.plays.set(id, { count: known.count + 1, last: Math.max(known.last, times[index] ?? inside.now()) });
        state.playing.delete(id);
      }
    }
    return {};
  },
  getNowPlaying: (inside) => {
    const entries = [...inside.states].flatMap(([username, { playing }]) =>
      [...playing].flatMap(([id, since]) => {
        const song = inside.shelf.songs.find((one) => one.id === id);
        const minutesAgo = Math.floor((inside.now() - since) / 60_000);
        return song ? [{ ...child(inside, song), username, minutesAgo, playerId: 1 }] : [];
      }),
    );
    return { nowPlaying: listed('entry', entries) };
  },
};

/** Only of servers that keep positions. */
export const bookmarkMethods: Record<string, Method> = {
  getBookmarks: (inside) => {
    const entries = [...stateOf(inside).bookmarks].map(([id, { position, changed }]) => ({
      position,
      username: inside.user,
      created: iso(changed),
      changed: iso(changed),
      entry: child(inside, found(inside.shelf.songs.find((song) => song.id === id))),
    }));
    return { bookmarks: listed('bookmark', entries) };
  },
  createBookmark: (inside, query) => {
    const { id } = byId(inside.shelf.songs, query);
    const position = Number(required(query, 'position'));
    if (!Number.isInteger(position)) throw new ApiError(0, 'position must be a number');
    stateOf(inside).bookmarks.set(id, { position, changed: inside.now() });
    return {};
  },
  deleteBookmark: (inside, query) => {
    stateOf(inside).bookmarks.delete(byId(inside.shelf.songs, query).id);
    return {};
  },
};
