import { rootOf, type Shelf, type ShelfChange, type ShelfItem, type ShelfUser } from '../shelf.ts';
import { stamp, ticks } from '../shelf-pages.ts';
import type { JellyfinWords } from './words.ts';

/** What the Webhook plug-in tells of, by the name that it has there. */
export type JellyfinNotice = {
  /** How the body is made: of all properties (as `text/plain`), or by a person's own template. */
  style?: 'properties' | 'template';
  /** Absent: what the plug-in sends when nobody set a header. */
  contentType?: string;
} & (
  | { type: 'UserDataSaved'; user: ShelfUser; item: ShelfItem; reason?: ShelfChange['reason'] | 'Import' }
  | { type: 'PlaybackStart' | 'PlaybackProgress'; user: ShelfUser; item: ShelfItem; positionMs: number }
  | { type: 'PlaybackStop'; user: ShelfUser; item: ShelfItem; positionMs: number; completed: boolean }
  | { type: 'ItemAdded' | 'ItemDeleted'; item: ShelfItem }
);

export interface JellyfinSender {
  shelf: Shelf;
  words: JellyfinWords;
  serverId: string;
  serverName: string;
  version: string;
}

export const sendJellyfinWebhook = async (
  from: JellyfinSender,
  url: string,
  notice: JellyfinNotice,
): Promise<number> => {
  const properties = { ...ofServer(from, notice), ...ofItem(notice.item), ...ofState(from.shelf, notice) };
  const body = notice.style === 'template' ? templated(properties) : properties;
  const type = notice.contentType ?? 'text/plain; charset=utf-8';
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
};

const ofServer = ({ shelf, serverId, serverName, version }: JellyfinSender, { type }: JellyfinNotice) => ({
  ServerId: serverId,
  ServerName: escaped(serverName),
  ServerVersion: version,
  ServerUrl: 'http://192.0.2.7:8096',
  NotificationType: type,
  Timestamp: stamp(shelf.clock()).replace('Z', '+00:00'),
  UtcTimestamp: stamp(shelf.clock()),
});

const ofItem = (item: ShelfItem): Record<string, unknown> => {
  const series = rootOf(item);
  return {
    Name: escaped(item.title),
    Overview: escaped(item.overview ?? ''),
    Tagline: escaped(item.tagline ?? ''),
    ItemId: item.id,
    ItemType: TYPES[item.kind],
    ...(item.runtimeMs !== null && { RunTimeTicks: ticks(item.runtimeMs), RunTime: clock(item.runtimeMs) }),
    ...(item.year !== undefined && { Year: item.year }),
    ...(item.premiered && { PremiereDate: item.premiered }),
    Genres: (item.genres ?? []).join(', '),
    ...(item.kind === 'episode' && {
      SeriesName: escaped(series.title),
      SeriesId: series.id,
      SeasonId: item.parent?.id,
      SeasonNumber: item.parentIndex ?? undefined,
      EpisodeNumber: item.index ?? undefined,
      EpisodeNumberEnd: item.indexEnd ?? undefined,
    }),
    ...Object.fromEntries(Object.entries(item.ids).map(([name, id]) => [`Provider_${name.toLowerCase()}`, id])),
  };
};

const TYPES = {
  movie: 'Movie',
  series: 'Series',
  season: 'Season',
  episode: 'Episode',
  artist: 'MusicArtist',
  album: 'MusicAlbum',
  track: 'Audio',
} as const;

const ofState = (shelf: Shelf, notice: JellyfinNotice): Record<string, unknown> => {
  if (!('user' in notice)) return {};
  const { user, item } = notice;
  const whose = { NotificationUsername: escaped(user.name), UserId: user.id };
  if (notice.type === 'UserDataSaved')
    return { ...saved(shelf, user, item, notice.reason ?? 'TogglePlayed'), ...whose };
  const { positionMs } = notice;
  return {
    PlaybackPositionTicks: ticks(positionMs),
    PlaybackPosition: clock(positionMs),
    ...whose,
    MediaSourceId: item.id,
    IsPaused: false,
    IsAutomated: false,
    DeviceId: 'TW96aWxsYS81LjA',
    DeviceName: 'Firefox',
    ClientName: 'Jellyfin Web',
    PlayMethod: 'DirectPlay',
    ...(notice.type === 'PlaybackStop' && { PlayedToCompletion: notice.completed }),
  };
};

const saved = (shelf: Shelf, user: ShelfUser, item: ShelfItem, reason: string) => {
  const state = shelf.state(user, item);
  return {
    Likes: (state.rating ?? 0) >= 6.5,
    Rating: state.rating ?? 0,
    PlaybackPositionTicks: ticks(state.positionMs),
    PlaybackPosition: clock(state.positionMs),
    PlayCount: state.playCount,
    Favorite: state.favourite,
    Played: state.played,
    AudioStreamIndex: -1,
    SubtitleStreamIndex: -1,
    ...(state.lastPlayedAt !== null && { LastPlayedDate: stamp(state.lastPlayedAt) }),
    SaveReason: reason,
  };
};

/** The plug-in puts backslashes before quotes, and the JSON writer does so once more. */
const escaped = (text: string): string => text.replaceAll('"', '\\"');

/** `01:02:03`. */
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

const GUID = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** As a template writes it: everything is text, ids have hyphens, what is unknown is empty. */
const templated = (properties: Record<string, unknown>): Record<string, string> => {
  const names = [
    'PlayedToCompletion',
    'Played',
    'SaveReason',
    'SeriesName',
    'EpisodeNumber',
    'UserId',
    ...Object.keys(properties),
  ];
  return Object.fromEntries(names.map((name) => [name, textOf(properties[name])]));
};

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value).replace(GUID, '$1-$2-$3-$4-$5');
};
