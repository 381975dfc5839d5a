import { toIso } from '#kernel/clock.ts';
import type { Connector, StandingChange } from '#sync/media-server.ts';
import { UserAnswer, type UserData, UserDataAnswer, UsersAnswer } from './answers.ts';
import { type ConnectorOptions, createConnector } from './connector.ts';
import { type Dialect, playedAt, type WriteOrder } from './dialect.ts';
import { readJellyfinDelivery } from './jellyfin-delivery.ts';
import { isFault } from './session.ts';
import { standingOf } from './standing.ts';
import { toTicks } from './units.ts';

/** Jellyfin 10.9 and later. */
export const createJellyfinConnector = (options: ConnectorOptions): Connector =>
  createConnector(jellyfin, readJellyfinDelivery, options);

/**
 * Jellyfin's own forms alone: those that it shares with Emby (`X-Emby-Token`, `api_key`) are turned off since version 12.
 * A key is nobody's, so that every call names the account; else items come without a state.
 */
export const jellyfin: Dialect = {
  kind: 'jellyfin',
  label: 'Jellyfin',
  oldest: [10, 9],
  keys: 'Dashboard → API Keys',
  isOwn: ({ ProductName, Version }) => /jellyfin/i.test(ProductName ?? '') || Number.parseInt(Version, 10) >= 10,
  headers: (token, installation) => {
    const values = { ...(token === null ? {} : { Token: token }), ...CLIENT, DeviceId: installation };
    const told = Object.entries(values).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
    return { authorization: `MediaBrowser ${told.join(', ')}` };
  },
  fields: {
    facts: ['ProviderIds', 'Path', 'DateCreated', 'OriginalTitle', 'Overview', 'Genres', 'Tags', 'Taglines'],
    state: [],
  },
  lists: { collapseBoxSetItems: false, excludeLocationTypes: 'Virtual' },
  uncounted: { enableTotalRecordCount: false },
  views: (account) => ({ path: '/UserViews', query: { userId: account } }),
  items: (account, query) => ({ path: '/Items', query: { userId: account, ...query } }),
  albumArtists: (account, query) => ({ path: '/Artists/AlbumArtists', query: { userId: account, ...query } }),
  item: (account, id) => ({ path: `/Items/${encodeURIComponent(id)}`, query: { userId: account } }),
  users: (session, signal) => session.get({ path: '/Users', query: {} }, UsersAnswer, signal),
  tokenUser: async (session, signal) => {
    try {
      return await session.find({ path: '/Users/Me', query: {} }, UserAnswer, signal);
    } catch (error) {
      // An API key is nobody's: Jellyfin answers 400.
      if (isFault(error, 'refused')) return null;
      throw error;
    }
  },
  write: async (order, signal) => {
    const data = await send(order, signal);
    return standingOf({ ...order.item, UserData: data }) ?? {};
  },
  socket: (token, installation) =>
    `/socket?ApiKey=${encodeURIComponent(token)}&deviceId=${encodeURIComponent(installation)}`,
};

const CLIENT = { Client: 'Leftoff', Device: 'Leftoff', Version: '1' };

/**
 * What is set goes as one free-form state, which is the same however often it is sent (marking as played would count each
 * time). It takes no null: unwatching and the taking back of a rating are requests of their own.
 */
const send = async (order: WriteOrder, signal: AbortSignal): Promise<UserData> => {
  const { id, change } = order;
  const key = encodeURIComponent(id);
  let data: UserData = order.item.UserData ?? {};
  if (change.watched?.value === false) data = await ask(order, 'DELETE', `/UserPlayedItems/${key}`, undefined, signal);
  const json = freeForm(change, data);
  if (Object.keys(json).length > 0) data = await ask(order, 'POST', `/UserItems/${key}/UserData`, json, signal);
  if (change.rating === null) data = await ask(order, 'DELETE', `/UserItems/${key}/Rating`, undefined, signal);
  return data;
};

const ask = (
  { session, account, sent }: WriteOrder,
  method: 'POST' | 'DELETE',
  path: string,
  json: object | undefined,
  signal: AbortSignal,
): Promise<UserData> => {
  sent.push(`${method} ${path}`);
  const order = { method, path, query: { userId: account }, safe: true, ...(json ? { json } : {}) };
  return session.send(order, UserDataAnswer, signal);
};

const freeForm = (change: StandingChange, before: UserData): Record<string, unknown> => {
  const { watched, position, favourite, rating } = change;
  const at = playedAt(change);
  const json: Record<string, unknown> = {};
  if (watched?.value) {
    json.Played = true;
    json.PlayCount = Math.max(watched.playCount, before.PlayCount ?? 0);
  }
  if (watched?.value || position !== undefined) json.PlaybackPositionTicks = toTicks(position?.positionMs ?? 0);
  if (at !== undefined) json.LastPlayedDate = toIso(at);
  if (favourite !== undefined) json.IsFavorite = favourite;
  if (typeof rating === 'number') json.Rating = rating;
  return json;
};
