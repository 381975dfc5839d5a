import Type, { type Static } from 'typebox';
import type { Notice, RemoteKind } from '#sync/media-server.ts';
import { shape } from '../exchange.ts';

const Item = Type.Object({ id: Type.Optional(Type.Integer()), type: Type.Optional(Type.String()) });
/** Most name the item by itself; `OnRemove` is the item. */
const Notification = shape(
  Type.Object({
    method: Type.String({ maxLength: 200 }),
    params: Type.Object({
      data: Type.Optional(
        Type.Union([
          Type.Object({
            item: Type.Optional(Item),
            id: Type.Optional(Type.Integer()),
            type: Type.Optional(Type.String()),
            added: Type.Optional(Type.Boolean()),
          }),
          Type.Null(),
        ]),
      ),
    }),
  }),
);

/**
 * Turns one of Kodi's notifications into a notice.
 * @param accountId Kodi's only account
 * @returns undefined for what tells nothing of state and library: answers, volume, seeking, what is in no library
 */
export const noticeOf = (message: unknown, accountId: string): Notice | undefined => {
  if (!Notification.check(message)) return undefined;
  const { method: event, params } = message;
  const data = params.data ?? {};
  const remoteId = remoteIdOf(data.item ?? data);
  const what = aboutOf(event, data.added === true);
  if (what === undefined || (what.ofOne && remoteId === null)) return undefined;
  const { about, ofOne } = what;
  const account = about === 'state' ? { remoteId: accountId } : null;
  return { event, about, account, remoteId: ofOne ? remoteId : null };
};

/** Names an item as our lists do; null for what is in no list: a file, a music video, a channel. */
export const remoteIdOf = ({ id, type }: Static<typeof Item>): string | null => {
  const kind = kindOf[type ?? ''];
  return kind === undefined || id === undefined || id < 0 ? null : `${kind}:${id}`;
};

const kindOf: Record<string, RemoteKind | undefined> = {
  movie: 'movie',
  tvshow: 'series',
  season: 'season',
  episode: 'episode',
  artist: 'artist',
  album: 'album',
  song: 'track',
};

const aboutOf = (event: string, added: boolean): { about: Notice['about']; ofOne: boolean } | undefined => {
  switch (event) {
    case 'VideoLibrary.OnUpdate':
    case 'AudioLibrary.OnUpdate':
      return { about: added ? 'items' : 'state', ofOne: true };
    case 'VideoLibrary.OnRemove':
    case 'AudioLibrary.OnRemove':
      return { about: 'items', ofOne: true };
    case 'VideoLibrary.OnScanFinished':
    case 'AudioLibrary.OnScanFinished':
    case 'VideoLibrary.OnCleanFinished':
    case 'AudioLibrary.OnCleanFinished':
      return { about: 'items', ofOne: false };
    // Of the socket itself: whatever happened before was not heard.
    case 'connected':
      return { about: 'state', ofOne: false };
    case 'Player.OnStop':
      return { about: 'state', ofOne: true };
  }
  return undefined;
};
