import type { Ask, Reply } from '../serve.ts';
import type { PlexUser } from './people.ts';
import { header, type PlexHouse } from './server-routes.ts';

export interface PlexPin {
  id: number;
  code: string;
  client: string;
  /** Who allowed it; null: nobody yet. */
  user: PlexUser | null;
  expiresAt: number;
}

export interface PlexTvHouse extends PlexHouse {
  readonly pins: PlexPin[];
  /** The server's own address. */
  readonly url: string;
}

const refused = (status: number, code: number, message: string): Reply => ({
  status,
  body: JSON.stringify({ errors: [{ code, message, status }] }),
});
export const tvUnauthorized = refused(401, 1001, 'User could not be authenticated');
const notFound = refused(404, 1020, 'Code not found or expired');

/** Answers as plex.tv and clients.plex.tv. */
export const createTvAnswer =
  (house: PlexTvHouse) =>
  (ask: Ask): Reply => {
    if (!header(ask, 'x-plex-client-identifier')) return refused(400, 1000, 'X-Plex-Client-Identifier is missing');
    const [, pin] = /^\/api\/v2\/pins(?:\/(\d+))?$/.exec(ask.path) ?? [];
    if (ask.path === '/api/v2/pins' && ask.method === 'POST') return newPin(house, ask);
    if (pin) return pinOf(house, ask, Number(pin));
    const user = house.people.onTv(header(ask, 'x-plex-token'));
    if (!user) return tvUnauthorized;
    const [, uuid] = /^\/api\/v2\/home\/users\/([^/]+)\/switch$/.exec(ask.path) ?? [];
    if (uuid) return ask.method === 'POST' ? switched(house, ask, uuid) : notFound;
    const [, machine] = /^\/api\/servers\/([^/]+)\/shared_servers$/.exec(ask.path) ?? [];
    if (machine) return user.role === 'owner' && machine === house.machineId ? sharedServers(house) : notFound;
    switch (ask.path) {
      case '/api/v2/user':
        return json(userOf(user));
      case '/api/v2/home/users':
        return json({ id: 1, name: 'Home', users: user.role === 'friend' ? [] : homeUsers(house) });
      case '/api/v2/resources':
        return json(resources(house, user));
      case '/api/users/':
      case '/api/users':
        return xml(user.role === 'owner' ? friends(house) : []);
      default:
        return notFound;
    }
  };

const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) });

const newPin = ({ pins, shelf }: PlexTvHouse, ask: Ask): Reply => {
  const id = 111_222_333 + pins.length;
  const client = header(ask, 'x-plex-client-identifier') ?? '';
  const pin = { id, code: `code${id}`, client, user: null, expiresAt: shelf.clock() + 900_000 };
  pins.push(pin);
  return json(pinWords(pin), 201);
};

const pinOf = ({ pins, shelf }: PlexTvHouse, ask: Ask, id: number): Reply => {
  const pin = pins.find((one) => one.id === id && one.client === header(ask, 'x-plex-client-identifier'));
  return pin && pin.expiresAt > shelf.clock() ? json(pinWords(pin)) : notFound;
};

const pinWords = ({ id, code, client, user, expiresAt }: PlexPin) => ({
  id,
  code,
  product: 'Leftoff',
  trusted: false,
  clientIdentifier: client,
  expiresIn: 900,
  createdAt: new Date(expiresAt - 900_000).toISOString(),
  expiresAt: new Date(expiresAt).toISOString(),
  authToken: user?.accountToken ?? null,
  newRegistration: null,
});

const userOf = ({ id, uuid, title }: PlexUser) => ({ id, uuid, username: title, title, email: `${title}@example.org` });

const homeUsers = ({ people }: PlexTvHouse) =>
  people.users
    .filter(({ role }) => role !== 'friend')
    .map(({ id, uuid, title, role, pin }) => ({
      id,
      uuid,
      title,
      username: role === 'owner' ? title : null,
      admin: role === 'owner',
      guest: false,
      restricted: role !== 'owner',
      protected: pin !== null,
    }));

const switched = ({ people }: PlexTvHouse, { query }: Ask, uuid: string): Reply => {
  const user = people.users.find((one) => one.uuid === uuid && one.role !== 'friend');
  if (!user) return notFound;
  if (user.pin !== null && user.pin !== query.get('pin')) return refused(403, 1041, 'Invalid PIN');
  return json({ ...userOf(user), authToken: user.accountToken }, 201);
};

const resources = ({ people, machineId, name, url }: PlexTvHouse, user: PlexUser) => [
  {
    name: 'Television',
    product: 'Plex for Android (TV)',
    clientIdentifier: 'a-player',
    provides: 'client,player',
    owned: true,
    accessToken: null,
    connections: [],
  },
  ...(people.shares(user) ? [serverResource(user, machineId, name, url)] : []),
];

const serverResource = (user: PlexUser, machineId: string, name: string, url: string) => ({
  name,
  product: 'Plex Media Server',
  clientIdentifier: machineId,
  provides: 'server',
  owned: user.role === 'owner',
  accessToken: user.serverToken,
  httpsRequired: false,
  relay: true,
  connections: [
    connection('198.51.100.7', 8443, 'https://198-51-100-7.abc.plex.direct:8443', false, true),
    connection('203.0.113.9', 32_400, 'https://203-0-113-9.abc.plex.direct:32400', false, false),
    connection('127.0.0.1', Number(new URL(url).port), 'https://127-0-0-1.abc.plex.direct:32400', true, false),
  ],
});

const connection = (address: string, port: number, uri: string, local: boolean, relay: boolean) => ({
  protocol: 'https',
  address,
  port,
  uri,
  local,
  relay,
  IPv6: false,
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const attributes = (of: Record<string, string | number>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

const xml = (elements: string[], of: Record<string, string | number> = {}): Reply => ({
  status: 200,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<MediaContainer${attributes({ ...of, size: elements.length })}>\n${elements.join('\n')}\n</MediaContainer>\n`,
  type: 'application/xml; charset=utf-8',
});

/** All that share something with the owner, the Home included, each with the servers that are shared. */
const friends = ({ people, machineId }: PlexTvHouse): string[] =>
  people.users
    .filter(({ role }) => role !== 'owner')
    .map((user) => {
      const of = { id: user.id, title: user.title, username: user.title, home: user.role === 'home' ? 1 : 0 };
      const server = { id: 7_654_321, serverId: 1, machineIdentifier: machineId, name: 'plex', owned: 1, pending: 0 };
      const shared = people.shares(user) ? `<Server${attributes(server)}/>` : '';
      return `<User${attributes(of)}>${shared}</User>`;
    });

const sharedServers = ({ people, machineId }: PlexTvHouse): Reply =>
  xml(
    people.users
      .filter((user) => user.role !== 'owner' && people.shares(user))
      .map(({ id, title, serverToken }) => {
        const of = { id: id + 1, username: title, email: '', userID: id, accessToken: serverToken, owned: 0 };
        return `<SharedServer${attributes(of)}><Section id="1" key="1" title="Movies" type="movie" shared="1"/></SharedServer>`;
      }),
    { machineIdentifier: machineId },
  );
