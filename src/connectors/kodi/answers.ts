import Type, { type Static, type TSchema } from 'typebox';
import { shape } from '../exchange.ts';

/**
 * What Kodi answers (JSON-RPC 13, `JSONRPC.Introspect`), as far as it is read. Only ids and paging are required: an item
 * without ids has no `uniqueid` at all, an empty list can be null or missing, and older and newer versions leave out more.
 */
const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = maybe(Type.String());
const Texts = maybe(Type.Union([Type.String(), Type.Array(Type.String())]));
const Numeric = maybe(Type.Number());
const Key = Type.Integer({ minimum: 0 });

const Rated = { userrating: Numeric };
const Played = { playcount: Numeric, lastplayed: Text, dateadded: Text, file: Text };
const Resume = maybe(Type.Object({ position: Numeric, total: Numeric }));
const Named = { label: Text, title: Text };
const Ids = { uniqueid: maybe(Type.Record(Type.String(), Type.Unknown())) };

export const Movie = Type.Object({
  movieid: Key,
  ...Named,
  ...Ids,
  ...Played,
  ...Rated,
  originaltitle: Text,
  sorttitle: Text,
  plot: Text,
  tagline: Text,
  mpaa: Text,
  year: Numeric,
  premiered: Text,
  runtime: Numeric,
  resume: Resume,
  set: Text,
  tag: Texts,
  genre: Texts,
});

export const Show = Type.Object({
  tvshowid: Key,
  ...Named,
  ...Ids,
  ...Rated,
  originaltitle: Text,
  sorttitle: Text,
  plot: Text,
  mpaa: Text,
  year: Numeric,
  premiered: Text,
  file: Text,
  dateadded: Text,
  tag: Texts,
  genre: Texts,
});

export const Season = Type.Object({
  seasonid: Key,
  ...Named,
  ...Rated,
  tvshowid: Type.Integer(),
  season: Type.Integer(),
});

export const Episode = Type.Object({
  episodeid: Key,
  ...Named,
  ...Ids,
  ...Played,
  ...Rated,
  tvshowid: Type.Integer(),
  season: Type.Integer(),
  episode: Type.Integer(),
  plot: Text,
  firstaired: Text,
  runtime: Numeric,
  resume: Resume,
});

export const Artist = Type.Object({
  artistid: Key,
  artist: Text,
  label: Text,
  description: Text,
  musicbrainzartistid: Texts,
  dateadded: Text,
});

export const Album = Type.Object({
  albumid: Key,
  ...Named,
  ...Rated,
  artistid: maybe(Type.Array(Type.Integer())),
  year: Numeric,
  musicbrainzalbumid: Text,
  musicbrainzreleasegroupid: Text,
  dateadded: Text,
});

export const Song = Type.Object({
  songid: Key,
  ...Named,
  ...Played,
  ...Rated,
  albumid: Type.Integer(),
  track: Numeric,
  disc: Numeric,
  duration: Numeric,
  year: Numeric,
  musicbrainztrackid: Text,
});

export type KodiMovie = Static<typeof Movie>;
export type KodiShow = Static<typeof Show>;
export type KodiSeason = Static<typeof Season>;
export type KodiEpisode = Static<typeof Episode>;
export type KodiArtist = Static<typeof Artist>;
export type KodiAlbum = Static<typeof Album>;
export type KodiSong = Static<typeof Song>;

export const Version = shape(
  Type.Object({
    version: Type.Object({ major: Type.Integer({ minimum: 0 }), minor: Type.Integer(), patch: Type.Integer() }),
  }),
);

export const Application = shape(
  Type.Object({
    name: Text,
    version: maybe(Type.Object({ major: Numeric, minor: Numeric, tag: Text })),
  }),
);

export const InfoLabels = shape(Type.Record(Type.String(), Type.String()));
export const SettingValue = shape(Type.Object({ value: Type.Unknown() }));
export const Limits = Type.Object({ total: Type.Integer({ minimum: 0 }), start: Type.Integer(), end: Type.Integer() });
export const Total = shape(Type.Object({ limits: Limits }));
