import { type Instant, SECOND, toIso } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Connector, StandingChange } from '#sync/media-server.ts';
import type { Query } from '../http.ts';
import { ItemAnswer, type User, type UserData, UserDataAnswer, UsersPageAnswer } from './answers.ts';
import { type ConnectorOptions, createConnector } from './connector.ts';
import { type Dialect, type Place, playedAt, type WriteOrder } from './dialect.ts';
import { readEmbyDelivery } from './emby-delivery.ts';
import { isFault, type Session } from './session.ts';
import { standingOf } from './standing.ts';
import { readInstant, toTicks } from './units.ts';

/** Emby 4.8 and later. */
export const createEmbyConnector = (options: ConnectorOptions): Connector =>
  createConnector(emby, readEmbyDelivery, options);

export const emby: Dialect = {
  kind: 'emby',
  label: 'Emby',
  oldest: [4, 8],
  keys: 'Settings → Advanced → API Keys',
  isOwn: ({ ProductName, Version }) => !/jellyfin/i.test(ProductName ?? '') && Number.parseInt(Version, 10) < 10,
  headers: (token, installation) => {
    const device = `Emby UserId="", Client="Leftoff", Device="Leftoff", DeviceId="${installation}", Version="1"`;
    // To a request that has a token, the device would say nothing new.
    return token === null ? { 'x-emby-authorization': device } : { 'x-emby-token': token };
  },
  fields: {
    facts: [
      ...['ProviderIds', 'Path', 'DateCreated', 'PremiereDate', 'ProductionYear', 'OriginalTitle', 'Overview'],
      ...['Genres', 'Tags', 'Taglines', 'OfficialRating', 'Status', 'IndexNumberEnd'],
    ],
    // Told only when asked for, in lists.
    state: ['UserDataLastPlayedDate', 'UserDataPlayCount'],
  },
  lists: { GroupItemsIntoCollections: false },
  uncounted: null,
  views: (account) => ({ path: `/Users/${key(account)}/Views`, query: {} }),
  items: (account, query) => ({ path: `/Users/${key(account)}/Items`, query: pascal(query) }),
  albumArtists: (account, query) => ({
    path: '/Artists/AlbumArtists',
    query: pascal({ userId: account, recursive: true, ...query }),
  }),
  item: (account, id) => itemPlace(account, id),
  users: (session, signal) => allUsers(session, signal),
  // Emby has no way to ask that.
  tokenUser: async () => null,
  write: async (order, signal) => {
    await send(order, signal);
    if (order.sent.length === 0) return standingOf(order.item) ?? {};
    const after = await order.session.get(itemPlace(order.account, order.id), ItemAnswer, signal);
    return standingOf(after) ?? {};
  },
  socket: (token, installation) =>
    `/embywebsocket?api_key=${encodeURIComponent(token)}&deviceId=${encodeURIComponent(installation)}`,
};

const key = encodeURIComponent;

const itemPlace = (account: string, id: string): Place => ({
  path: `/Users/${key(account)}/Items/${key(id)}`,
  query: {},
});

/** `startIndex` → `StartIndex`. */
const pascal = (query: Query): Query =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );

const USERS = 100;

const allUsers = async (session: Session, signal: AbortSignal): Promise<User[]> => {
  const users: User[] = [];
  for (;;) {
    const place = { path: '/Users/Query', query: { StartIndex: users.length, Limit: USERS } };
    const { Items, TotalRecordCount } = await session.get(place, UsersPageAnswer, signal).catch((error) => {
      throw isFault(error, 'forbidden') ? notAdmin(session.who) : error;
    });
    users.push(...Items);
    if (Items.length === 0 || users.length >= (TotalRecordCount ?? users.length)) return users;
  }
};

const notAdmin = (who: string) =>
  new ConnectorError(
    'forbidden',
    `${who} tells its people only to administrators. Give an API key (${emby.keys}), or your user name and password for your own account alone.`,
  );

/**
 * Emby's way to mark as played takes a date and counts each time, so it is used only on what is not so yet. What is left
 * goes as a whole state, for a field that is left out may be taken for false: it is read, changed, and sent as it is then.
 */
const send = async (order: WriteOrder, signal: AbortSignal): Promise<void> => {
  const { account, id, change } = order;
  const before: UserData = order.item.UserData ?? {};
  const user = `/Users/${key(account)}`;
  const { watched, favourite } = change;
  let data = before;
  if (watched?.value && !isWatchedAt(data, watched.at)) {
    const query = { DatePlayed: compact(watched.at) };
    data = await ask(order, 'POST', `${user}/PlayedItems/${key(id)}`, query, false, signal);
  }
  if (watched?.value === false) data = await ask(order, 'DELETE', `${user}/PlayedItems/${key(id)}`, {}, true, signal);
  if (favourite !== undefined && favourite !== data.IsFavorite) {
    data = await ask(order, favourite ? 'POST' : 'DELETE', `${user}/FavoriteItems/${key(id)}`, {}, true, signal);
  }
  if (change.rating === null && data.Rating) {
    data = await ask(order, 'DELETE', `${user}/Items/${key(id)}/Rating`, {}, true, signal);
  }
  const wishes = wished(change, before);
  if (!fulfils(data, wishes)) await sendWhole(order, wishes, signal);
};

const ask = (
  { session, sent }: WriteOrder,
  method: 'POST' | 'DELETE',
  path: string,
  query: Query,
  safe: boolean,
  signal: AbortSignal,
): Promise<UserData> => {
  sent.push(`${method} ${path}`);
  return session.send({ method, path, query, safe }, UserDataAnswer, signal);
};

/** What one of our requests was answered with may lack what the item has: the whole is read anew after them. */
const sendWhole = async (order: WriteOrder, wishes: UserData, signal: AbortSignal): Promise<void> => {
  const { session, account, id, item, sent } = order;
  const now = sent.length === 0 ? item : await session.get(itemPlace(account, id), ItemAnswer, signal);
  const data = now.UserData ?? {};
  if (fulfils(data, wishes)) return;
  const path = `/Users/${key(account)}/Items/${key(id)}/UserData`;
  sent.push(`POST ${path}`);
  const whole = { PlaybackPositionTicks: 0, IsFavorite: false, Played: false, ...data, ...wishes };
  await session.post({ method: 'POST', path, query: {}, json: whole, safe: true }, signal);
};

/** What must be in the whole state. */
const wished = (change: StandingChange, before: UserData): UserData => {
  const { watched, position, rating } = change;
  const wishes: UserData = {};
  if (watched?.value) wishes.PlayCount = Math.max(watched.playCount, before.PlayCount ?? 0);
  if (watched !== undefined || position !== undefined) {
    wishes.PlaybackPositionTicks = toTicks(position?.positionMs ?? 0);
  }
  const at = playedAt(change);
  if (at !== undefined) wishes.LastPlayedDate = toIso(at);
  if (typeof rating === 'number') wishes.Rating = rating;
  return wishes;
};

const fulfils = (data: UserData, { LastPlayedDate: date, ...wishes }: UserData): boolean =>
  (!date || isAt(data, readInstant(date) ?? 0)) &&
  Object.entries(wishes).every(([name, value]) => (data as Record<string, unknown>)[name] === value);

const isWatchedAt = (data: UserData, at: Instant): boolean => data.Played === true && isAt(data, at);

/** Emby's dates of playing are of whole seconds. */
const isAt = ({ LastPlayedDate }: UserData, at: Instant): boolean => {
  const told = readInstant(LastPlayedDate);
  return told !== undefined && Math.floor(told / SECOND) === Math.floor(at / SECOND);
};

/** `yyyyMMddHHmmss`, in UTC. */
const compact = (at: Instant): string => toIso(at).slice(0, 19).replace(/\D/g, '');
