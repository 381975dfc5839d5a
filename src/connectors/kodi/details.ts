import Type, { type TSchema } from 'typebox';
import type { RemoteKind } from '#sync/media-server.ts';
import { type Shape, shape } from '../exchange.ts';
import { Album, Artist, Episode, Movie, Season, Show, Song } from './answers.ts';
import type { Rated, Stateful } from './items.ts';
import type { KodiRpc } from './rpc.ts';

/** How one kind is asked for and changed by its id. */
interface Details {
  read: string;
  /** Absent: nothing of it can be changed. */
  write?: string;
  /** The id's name in both calls. */
  key: string;
  properties: string[];
  shape: Shape<TSchema>;
  rowOf(answer: unknown): KodiRow;
}

/** What is asked of one entry: whatever of it the kind has. */
export type KodiRow = Stateful & Rated & { file?: string | null; tvshowid?: number };

const details = <S extends TSchema>(
  [library, name, key]: [library: string, name: string, key: string],
  row: S,
  properties: string[],
  writable = true,
): Details => {
  const field = `${name.toLowerCase()}details`;
  return {
    read: `${library}.Get${name}Details`,
    ...(writable ? { write: `${library}.Set${name}Details` } : {}),
    key,
    properties,
    shape: shape(Type.Object({ [field]: row })),
    rowOf: (answer) => (answer as Record<string, KodiRow>)[field] ?? {},
  };
};

const played = ['playcount', 'lastplayed', 'userrating', 'file'];
const video = [...played, 'resume', 'runtime'];

const kinds: Record<RemoteKind, Details> = {
  movie: details(['VideoLibrary', 'Movie', 'movieid'], Movie, video),
  series: details(['VideoLibrary', 'TVShow', 'tvshowid'], Show, ['userrating']),
  season: details(['VideoLibrary', 'Season', 'seasonid'], Season, ['userrating', 'season', 'tvshowid']),
  episode: details(['VideoLibrary', 'Episode', 'episodeid'], Episode, [...video, 'tvshowid', 'season', 'episode']),
  artist: details(['AudioLibrary', 'Artist', 'artistid'], Artist, [], false),
  album: details(['AudioLibrary', 'Album', 'albumid'], Album, ['userrating']),
  track: details(['AudioLibrary', 'Song', 'songid'], Song, [...played, 'albumid', 'duration']),
};

/** One of Kodi's entries, taken from a remote id. */
export interface Entry {
  kind: RemoteKind;
  id: number;
}

/** @returns undefined for what names nothing of Kodi's */
export const entryOf = (remoteId: string): Entry | undefined => {
  const [, kind = '', id = ''] = /^([a-z]+):(\d{1,9})$/.exec(remoteId) ?? [];
  return Object.hasOwn(kinds, kind) ? { kind: kind as RemoteKind, id: Number(id) } : undefined;
};

/** undefined: Kodi has no such entry (any more). */
export const readEntry = async (
  rpc: KodiRpc,
  { kind, id }: Entry,
  signal: AbortSignal,
): Promise<KodiRow | undefined> => {
  const { read, key, properties, shape, rowOf } = kinds[kind];
  const answer = await rpc.find(read, { [key]: id, properties }, shape, signal);
  return answer === undefined ? undefined : rowOf(answer);
};

/** @returns what was sent, for people; undefined: it is not there (any more) */
export const writeEntry = async (
  rpc: KodiRpc,
  { kind, id }: Entry,
  values: object,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const { write = '', key } = kinds[kind];
  const params = { [key]: id, ...values };
  const answer = await rpc.find(write, params, Done, signal);
  return answer === undefined ? undefined : `${write} ${JSON.stringify(params)}`;
};

const Done = shape(Type.Literal('OK'));

/** The ids of the episodes that lie in a file, of its series. */
export const episodesInFile = async (
  rpc: KodiRpc,
  { tvshowid, file }: { tvshowid: number; file: string },
  signal: AbortSignal,
): Promise<number[]> => {
  const names = [file, file.split(/[\\/]/).at(-1) ?? file];
  const filter = { or: names.map((value) => ({ field: 'filename', operator: 'is', value })) };
  const answer = await rpc.call('VideoLibrary.GetEpisodes', { tvshowid, filter, properties: ['file'] }, InFile, signal);
  return (answer.episodes ?? []).filter((row) => row.file === file).map((row) => row.episodeid);
};

const InFile = shape(
  Type.Object({
    episodes: Type.Optional(
      Type.Union([
        Type.Array(Type.Object({ episodeid: Type.Integer(), file: Type.Optional(Type.String()) })),
        Type.Null(),
      ]),
    ),
  }),
);
