import Type from 'typebox';
import type { Notice } from '#sync/media-server.ts';
import { readJson, shape } from '../exchange.ts';
import { SessionsAnswer } from './answers.ts';
import { plainId } from './units.ts';

const ids = Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()]));

const Frame = shape(Type.Object({ MessageType: Type.String(), Data: Type.Optional(Type.Unknown()) }));
const UserDataChanged = shape(
  Type.Object({ UserId: Type.String(), UserDataList: Type.Array(Type.Object({ ItemId: Type.String() })) }),
);
const LibraryChanged = shape(Type.Object({ ItemsAdded: ids, ItemsRemoved: ids, ItemsUpdated: ids }));

/** Reads the frames of one socket, in their order: what each tells of; nothing where it is of no concern. */
export const createFrameReader = (): ((text: string) => Notice[]) => {
  let playing = new Map<string, Play>();
  return (text) => {
    const frame = readJson(text);
    if (!Frame.check(frame)) return [];
    const { MessageType: event, Data: data } = frame;
    if (event === 'UserDataChanged' && UserDataChanged.check(data)) {
      const account = { remoteId: plainId(data.UserId) };
      return data.UserDataList.map(({ ItemId }) => ({ event, about: 'state', account, remoteId: plainId(ItemId) }));
    }
    if (event === 'LibraryChanged' && LibraryChanged.check(data)) {
      const changed = [data.ItemsAdded, data.ItemsRemoved, data.ItemsUpdated].some((some) => some && some.length > 0);
      return changed ? [{ event, about: 'items', account: null, remoteId: null }] : [];
    }
    if (event !== 'Sessions' || !SessionsAnswer.check(data)) return [];
    const before = playing;
    playing = playsOf(data);
    return [...before].flatMap(([key, play]) => (playing.has(key) ? [] : stopped(play)));
  };
};

interface Play {
  account: string;
  item: string;
}

/** What is played now, by person and item. */
const playsOf = (sessions: { UserId?: string | null; NowPlayingItem?: { Id: string } | null }[]): Map<string, Play> =>
  new Map(
    sessions.flatMap(({ UserId, NowPlayingItem }): [string, Play][] => {
      if (!UserId || !NowPlayingItem) return [];
      const play = { account: plainId(UserId), item: plainId(NowPlayingItem.Id) };
      return [[`${play.account} ${play.item}`, play]];
    }),
  );

/** An API key is told of nobody's state, but of all that is played: where something ended, a state has changed. */
const stopped = ({ account, item }: Play): Notice[] => [
  { event: 'Sessions', about: 'state', account: { remoteId: account }, remoteId: item },
];
