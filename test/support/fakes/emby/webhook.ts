import type { Shelf, ShelfItem, ShelfUser } from '../shelf.ts';
import { ALL_FIELDS, stamp, ticks } from '../shelf-pages.ts';
import type { EmbyWords } from './words.ts';

/** What Emby tells of, by the name that it has there. */
export type EmbyNotice = {
  /** From 4.9 on the body is JSON; before, it is a field of a form. */
  form?: 'json' | 'multipart' | 'urlencoded';
} & (
  | {
      event: 'playback.start' | 'playback.pause' | 'playback.unpause' | 'playback.stop';
      user: ShelfUser;
      item: ShelfItem;
      positionMs: number;
      completed?: boolean;
    }
  /** Without a user: nobody limited the webhook to users. */
  | { event: 'item.markplayed' | 'item.markunplayed' | 'item.rate'; user?: ShelfUser; item: ShelfItem }
  | { event: 'library.new' | 'library.deleted'; item: ShelfItem }
  | { event: 'system.notificationtest' }
);

export interface EmbySender {
  shelf: Shelf;
  words: EmbyWords;
  serverId: string;
  serverName: string;
  version: string;
}

export const sendEmbyWebhook = async (from: EmbySender, url: string, notice: EmbyNotice): Promise<number> => {
  const response = await fetch(url, { method: 'POST', ...wrapped(JSON.stringify(bodyOf(from, notice)), notice.form) });
  await response.arrayBuffer();
  return response.status;
};

const wrapped = (text: string, form: EmbyNotice['form'] = 'json'): Pick<RequestInit, 'headers' | 'body'> => {
  if (form === 'json') return { headers: { 'content-type': 'application/json' }, body: text };
  if (form === 'urlencoded') return { body: new URLSearchParams({ data: text }) };
  const data = new FormData();
  data.set('data', text);
  return { body: data };
};

const bodyOf = ({ shelf, words, serverId, serverName, version }: EmbySender, notice: EmbyNotice) => {
  const user = 'user' in notice ? notice.user : undefined;
  return {
    Title: `${user?.name ?? serverName}: ${notice.event}`,
    Date: stamp(shelf.clock()),
    Event: notice.event,
    ...(user && { User: { Name: user.name, Id: user.id } }),
    // State is never in it.
    ...('item' in notice && { Item: words.facts(notice.item, WITHOUT_SOURCES) }),
    Server: { Name: serverName, Id: serverId, Version: version },
    ...('positionMs' in notice && { Session: SESSION, PlaybackInfo: playbackOf(notice) }),
  };
};

const WITHOUT_SOURCES = { has: (name: string) => name !== 'mediasources' && ALL_FIELDS.has(name) };

const SESSION = {
  RemoteEndPoint: '192.0.2.10',
  Client: 'Emby Web',
  DeviceName: 'Firefox',
  DeviceId: '30239450-1748-4855-9799-de3544fc2744',
  ApplicationVersion: '4.8.11.0',
  Id: 'c336b028b893558b333d1a49238b7db1',
};

const playbackOf = ({
  event,
  positionMs,
  completed = false,
}: {
  event: string;
  positionMs: number;
  completed?: boolean;
}) => ({
  ...(event === 'playback.stop' && { PlayedToCompletion: completed }),
  PositionTicks: ticks(positionMs),
  PlaylistIndex: 0,
  PlaylistLength: 1,
});
