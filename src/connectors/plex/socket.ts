import { setTimeout as sleep } from 'node:timers/promises';
import Type from 'typebox';
import { MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Connection, Notice } from '#sync/media-server.ts';
import { readJson, shape } from '../exchange.ts';
import type { Http } from '../http.ts';
import { Root } from './answers.ts';
import { tokenHeader } from './hosts.ts';
import { plexTypes } from './items.ts';
import { integerOf, keyOf } from './values.ts';

const FIRST_DELAY: Millis = SECOND;
const LONGEST_DELAY: Millis = 5 * MINUTE;

/**
 * Hears what the server tells on its socket until the signal ends it, and connects again by itself. It needs no Plex Pass,
 * and tells of playing and of the library; whose playing it is it does not say, and of marks by hand it says nothing.
 * @throws ConnectorError `unauthorized`: trying again would not help
 */
export const listen = async (
  http: Http,
  connection: Connection,
  tell: (notice: Notice) => void,
  signal: AbortSignal,
): Promise<void> => {
  let delay = FIRST_DELAY;
  while (!signal.aborted) {
    const opened = await hear(http, connection, tell, signal).catch((error: unknown) => {
      if (error instanceof ConnectorError && error.fault === 'unauthorized') throw error;
      return false;
    });
    delay = opened ? FIRST_DELAY : Math.min(LONGEST_DELAY, delay * 2);
    await sleep(delay, undefined, { signal }).catch(() => {});
  }
};

/** One socket from its opening to its end. @returns whether it opened */
const hear = async (
  http: Http,
  { address, token }: Connection,
  tell: (notice: Notice) => void,
  signal: AbortSignal,
): Promise<boolean> => {
  // A token that has ended is found out by a request, not by a socket that does not open.
  await http.get('/', { shape: Root, headers: tokenHeader(token), signal });
  const query = token === null ? '' : `?X-Plex-Token=${encodeURIComponent(token)}`;
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/:/websockets/notifications${query}`);
  const close = () => socket.close();
  signal.addEventListener('abort', close, { once: true });
  const noticesOf = createNotices();
  let opened = false;
  try {
    await new Promise<void>((resolve) => {
      socket.addEventListener('open', () => {
        opened = true;
        if (signal.aborted) close();
      });
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') for (const notice of noticesOf(data)) tell(notice);
      });
      socket.addEventListener('close', () => resolve());
      socket.addEventListener('error', () => resolve());
    });
    return opened;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
};

const Key = Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()]));
const Frame = shape(
  Type.Object({
    NotificationContainer: Type.Object({
      type: Type.String(),
      PlaySessionStateNotification: Type.Optional(
        Type.Array(Type.Object({ sessionKey: Key, ratingKey: Key, state: Type.Optional(Type.String()) })),
      ),
      TimelineEntry: Type.Optional(Type.Array(Type.Object({ itemID: Key, sectionID: Key, type: Key, state: Key }))),
    }),
  }),
);

/** Of an entry of the library: it was made ready, or it was taken away. What lies between is told over and over. */
const PROCESSED = 5;
const DELETED = 9;
const types = new Set(Object.values(plexTypes).map(({ number }) => number));

/**
 * What the frames of one socket tell of; nothing where they are of no concern, or cannot be read. A player reports every
 * few seconds: only that it paused or stopped is passed on, once.
 */
export const createNotices = (): ((text: string) => Notice[]) => {
  const states = new Map<string, string>();
  const playing = (told: {
    sessionKey?: string | number | null;
    ratingKey?: string | number | null;
    state?: string;
  }) => {
    const [session, remoteId, state] = [String(told.sessionKey ?? ''), keyOf(told.ratingKey), told.state ?? ''];
    const before = states.get(session);
    if (state === 'stopped') states.delete(session);
    else states.set(session, state);
    const passes = state === 'stopped' || (state === 'paused' && before !== 'paused');
    return passes && remoteId !== undefined ? [noticeOf(`playing: ${state}`, 'state', remoteId)] : [];
  };
  return (text) => {
    const frame = readJson(text);
    if (!Frame.check(frame)) return [];
    const { type, PlaySessionStateNotification, TimelineEntry } = frame.NotificationContainer;
    if (type === 'playing') return (PlaySessionStateNotification ?? []).flatMap(playing);
    if (type !== 'timeline') return [];
    return (TimelineEntry ?? []).flatMap(({ itemID, type, state }) => {
      const ours = types.has(integerOf(type) ?? 0) && [PROCESSED, DELETED].includes(integerOf(state) ?? 0);
      return ours ? [noticeOf('timeline', 'items', keyOf(itemID) ?? null)] : [];
    });
  };
};

const noticeOf = (event: string, about: Notice['about'], remoteId: string | null): Notice => ({
  event,
  about,
  account: null,
  remoteId,
});
