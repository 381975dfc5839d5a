import { MINUTE, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { SignedIn, SignIn } from '#sync/media-server.ts';
import { Pin, type PlexResource, Resources, TvUser } from './answers.ts';
import { type PlexOptions, PRODUCT, tokenHeader, tvHttp } from './hosts.ts';
import { flagOf, integerOf, isKey, textOf } from './values.ts';

/** A PIN lives that long unless plex.tv says otherwise. */
const PIN_LIFE = 15 * MINUTE;

/** Signing in on Plex's own page: we ask for a PIN, the person allows it there, and we hear of it when we ask again. */
export const createSignIn = (options: PlexOptions): SignIn => ({
  begin: async (installation, signal) => {
    const site = tvHttp(options.plexTv.site, installation, options);
    const pin = await site.send('POST', '/api/v2/pins', { shape: Pin, query: { strong: true }, signal });
    const life = (integerOf(pin.expiresIn) ?? 0) * SECOND || PIN_LIFE;
    const page = { clientID: installation, code: pin.code, 'context[device][product]': PRODUCT };
    return {
      id: String(pin.id),
      url: `${options.plexTv.app}/auth#?${new URLSearchParams(page)}`,
      expiresAt: options.clock.now() + life,
    };
  },
  finish: async (installation, id, signal) => {
    const site = tvHttp(options.plexTv.site, installation, options);
    const pin = isKey(id) ? await site.find(`/api/v2/pins/${id}`, { shape: Pin, signal }) : null;
    if (!pin) throw new ConnectorError('refused', 'This sign-in has run out. Begin again.');
    const token = textOf(pin.authToken);
    return token === undefined ? null : signedIn(token, installation, options, signal);
  },
});

const signedIn = async (
  token: string,
  installation: string,
  options: PlexOptions,
  signal: AbortSignal,
): Promise<SignedIn> => {
  const headers = tokenHeader(token);
  const site = tvHttp(options.plexTv.site, installation, options);
  const clients = tvHttp(options.plexTv.clients, installation, options);
  const { id, title, username } = await site.get('/api/v2/user', { shape: TvUser, headers, signal });
  const query = { includeHttps: 1, includeRelay: 1, includeIPv6: 1 };
  const resources = await clients.get('/api/v2/resources', { shape: Resources, query, headers, signal });
  const servers = resources.filter(({ provides }) => (provides ?? '').split(',').includes('server'));
  return {
    userName: textOf(title) ?? textOf(username) ?? `User ${id}`,
    servers: servers.map((server) => ({
      name: textOf(server.name) ?? 'Plex Media Server',
      serverId: server.clientIdentifier,
      owned: flagOf(server.owned),
      addresses: addressesOf(server),
      // An owner's own token is taken by the server and by plex.tv, which is asked for the other people.
      token: flagOf(server.owned) ? token : (textOf(server.accessToken) ?? token),
    })),
  };
};

/**
 * Near ones first and Plex's relay, which is slow, last. Names of plex.direct often do not resolve behind a home's router:
 * what is near is told by its plain address as well, unless the server takes only secure connections.
 */
const addressesOf = ({ connections, httpsRequired }: PlexResource): string[] => {
  const rank = (one: NonNullable<typeof connections>[number]) => (flagOf(one.relay) ? 2 : flagOf(one.local) ? 0 : 1);
  const sorted = (connections ?? []).toSorted((one, other) => rank(one) - rank(other));
  const all = sorted.flatMap((one) => {
    const port = integerOf(one.port);
    const host = textOf(one.address);
    const plain =
      rank(one) === 0 && !flagOf(httpsRequired) && host && port ? [`http://${bracketed(host)}:${port}`] : [];
    return [one.uri.replace(/\/+$/, ''), ...plain];
  });
  return [...new Set(all)];
};

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);
