import { Faults } from '../faults.ts';
import { loadOpenApi } from '../openapi.ts';
import { type Ask, type FakeServer, type Recorded, type Reply, serve, writesAmong } from '../serve.ts';
import { guid, Shelf, type ShelfUser } from '../shelf.ts';
import { createNotices, type Notices } from '../shelf-notices.ts';
import type { Params } from '../shelf-query.ts';
import { createAnswer, createTokens, Refusal, schemeFields } from '../shelf-routes.ts';
import { jellyfinRoutes } from './routes.ts';
import { type JellyfinNotice, sendJellyfinWebhook } from './webhook.ts';
import { createJellyfinWords } from './words.ts';

/** A Jellyfin that keeps users, items and state by the rules of its source, over real HTTP. */
export interface FakeJellyfin extends FakeServer {
  readonly apiKey: string;
  readonly serverId: string;
  readonly version: string;
  readonly shelf: Shelf;
  /** A token as signing in would give it. */
  signIn(user: ShelfUser): string;
  /** No token is known from now on, the API key included. */
  expireTokens(): void;
  /** What was asked of it to change something, whether it did or not. */
  writes(): Recorded[];
  /** Its web sockets. */
  readonly notices: Notices;
  /** Sends a webhook as the vendor does. @returns the status that it was answered with */
  sendWebhook(url: string, notice: JellyfinNotice): Promise<number>;
}

export interface FakeJellyfinOptions {
  /** All ids and keys follow from it: servers that are to differ have different names. */
  name?: string;
  /** From 12 on the old ways to hand over a token are refused. */
  version?: string;
  /** false: nothing is held against the published document, for benches. */
  checked?: boolean;
  /** Copies of a work in several libraries have one state. */
  sharesStates?: boolean;
}

export const startFakeJellyfin = async (options: FakeJellyfinOptions = {}): Promise<FakeJellyfin> => {
  const { name = 'home', version = '12.0.0', checked = true, sharesStates = false } = options;
  const shelf = new Shelf(
    { server: name, itemId: (number, kind) => guid(`${name} ${kind} ${number}`) },
    { sharesStates },
  );
  const faults = new Faults();
  const apiKey = guid(`${name} key`);
  const serverId = guid(`${name} server`);
  const tokens = createTokens(shelf, apiKey);
  const words = createJellyfinWords(shelf, serverId);
  const notices = createNotices(shelf, words, tokens, { path: '/socket', tokenName: 'apikey' });
  const legacy = Number.parseInt(version, 10) < 12;
  const answer = createAnswer({
    ...jellyfinRoutes({ shelf, words, faults, tokens, serverId, serverName: name, version }),
    caller: (ask, params) => tokens.caller(tokenOf(ask, params, legacy)),
    refuse,
  });
  const server = await serve({
    answer,
    unauthorized: refuse(new Refusal(401)),
    openApi: checked ? document() : null,
    faults,
    upgrade: notices.upgrade,
  });
  return {
    ...server,
    apiKey,
    serverId,
    version,
    shelf,
    signIn: (user) => tokens.issue(user),
    expireTokens: () => tokens.revokeAll(),
    writes: () => writesAmong(server.requests),
    notices,
    sendWebhook: (url, notice) =>
      sendJellyfinWebhook({ shelf, words, serverId, serverName: name, version }, url, notice),
    close: () => {
      notices.closeAll();
      return server.close();
    },
  };
};

const document = () =>
  loadOpenApi({
    document: 'jellyfin/openapi-10.11.8.json',
    caseInsensitive: true,
    commaLists: true,
    parameters: ['ApiKey', 'api_key'],
    // What goes wrong is answered in one way everywhere, which the document tells of some requests alone.
    statuses: [400, 401, 403, 404],
  });

const tokenOf = ({ headers }: Ask, params: Params, legacy: boolean): string | undefined => {
  const modern = schemeFields(headers.authorization, ['mediabrowser']).token ?? params.get('apikey');
  if (modern || !legacy) return modern;
  const old = [headers['x-emby-token'], headers['x-mediabrowser-token']].find((one) => typeof one === 'string');
  const header = headers['x-emby-authorization'];
  return (
    (old as string | undefined) ??
    params.get('api_key') ??
    schemeFields(headers.authorization, ['emby']).token ??
    schemeFields(typeof header === 'string' ? header : undefined, ['emby', 'mediabrowser']).token
  );
};

const refuse = ({ status }: Refusal): Reply => {
  if (status === 404) {
    const body = { type: 'https://tools.ietf.org/html/rfc9110#section-15.5.5', title: 'Not Found', status: 404 };
    return { status, body: JSON.stringify(body), type: 'application/problem+json' };
  }
  return status === 400 ? { status, body: 'Error processing request.', type: 'text/plain' } : { status };
};
