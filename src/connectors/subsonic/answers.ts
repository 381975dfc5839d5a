import Type, { type Static, type TSchema } from 'typebox';
import { shape } from '../exchange.ts';

/**
 * What servers of the Subsonic API answer (1.8 to 1.16.1, with OpenSubsonic's additions), as far as it is read. Only ids
 * are required: servers leave out what is empty, lists as well, and some write ids and years as text or as numbers.
 */
const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = maybe(Type.String());
const Numeric = maybe(Type.Number());
const Key = Type.Union([Type.String({ minLength: 1 }), Type.Integer()]);
/** Some old servers write a list of one as that one. */
const listOf = <S extends TSchema>(schema: S) => maybe(Type.Union([Type.Array(schema), schema]));

export const Song = Type.Object({
  id: Key,
  title: Text,
  albumId: maybe(Key),
  path: Text,
  track: Numeric,
  discNumber: Numeric,
  year: Numeric,
  duration: Numeric,
  created: Text,
  genre: Text,
  isVideo: maybe(Type.Boolean()),
  isDir: maybe(Type.Boolean()),
  type: Text,
  musicBrainzId: Text,
  playCount: Numeric,
  played: Text,
  starred: Text,
  userRating: Numeric,
  bookmarkPosition: Numeric,
});

const ALBUM = {
  id: Key,
  name: Text,
  title: Text,
  artistId: maybe(Key),
  songCount: Numeric,
  year: Numeric,
  created: Text,
  genre: Text,
  musicBrainzId: Text,
  played: Text,
  starred: Text,
  userRating: Numeric,
};
export const Album = Type.Object(ALBUM);

export const Artist = Type.Object({
  id: Key,
  name: Text,
  sortName: Text,
  musicBrainzId: Text,
  starred: Text,
});

export type SubsonicSong = Static<typeof Song>;
export type SubsonicAlbum = Static<typeof Album>;
export type SubsonicArtist = Static<typeof Artist>;

/** Every answer, with what was asked beside these under a name of its own. */
export const Envelope = shape(
  Type.Object({
    'subsonic-response': Type.Object({
      status: Type.Union([Type.Literal('ok'), Type.Literal('failed')]),
      version: Type.String(),
      type: Text,
      serverVersion: Text,
      openSubsonic: maybe(Type.Boolean()),
      error: maybe(Type.Object({ code: Type.Integer(), message: Text })),
    }),
  }),
);

const part = <N extends string, S extends TSchema>(name: N, schema: S) =>
  shape(Type.Object({ [name]: maybe(schema) } as Record<N, ReturnType<typeof maybe<S>>>));

export const Nothing = shape(Type.Object({}));
export const OneSong = part('song', Song);
export const OneArtist = part('artist', Artist);
export const OneAlbum = part('album', Type.Object({ ...ALBUM, song: listOf(Song) }));
export const Artists = part('artists', Type.Object({ index: listOf(Type.Object({ artist: listOf(Artist) })) }));
export const Albums = part('albumList2', Type.Object({ album: listOf(Album) }));
export const Found = part('searchResult3', Type.Object({ song: listOf(Song) }));
export const Folders = part('musicFolders', Type.Object({ musicFolder: listOf(Type.Object({ id: Key, name: Text })) }));
export const Starred = part(
  'starred2',
  Type.Object({ artist: listOf(Artist), album: listOf(Album), song: listOf(Song) }),
);
export const Bookmarks = part(
  'bookmarks',
  Type.Object({ bookmark: listOf(Type.Object({ entry: Song, position: Numeric, changed: Text })) }),
);
/** Some servers write flags as text. */
const Flag = maybe(Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')]));
const User = Type.Object({ username: Type.String({ minLength: 1 }), adminRole: Flag });
export const OneUser = part('user', User);
export const Users = part('users', Type.Object({ user: listOf(User) }));
export const TokenInfo = part('tokenInfo', Type.Object({ username: Text }));
export const NowPlaying = part(
  'nowPlaying',
  Type.Object({
    entry: listOf(
      Type.Object({ id: Key, username: Text, minutesAgo: Numeric, duration: Numeric, positionMs: Numeric }),
    ),
  }),
);

/** A list that may be missing or, of one, be that one. */
export const all = <T>(value: T | T[] | null | undefined): T[] =>
  value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
