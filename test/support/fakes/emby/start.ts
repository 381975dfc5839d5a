import { Faults } from '../faults.ts';
import { loadOpenApi } from '../openapi.ts';
import { type Ask, type FakeServer, type Recorded, type Reply, serve, writesAmong } from '../serve.ts';
import { guid, Shelf, type ShelfUser } from '../shelf.ts';
import { createNotices, type Notices } from '../shelf-notices.ts';
import type { Params } from '../shelf-query.ts';
import { createAnswer, createTokens, Refusal, schemeFields } from '../shelf-routes.ts';
import { embyRoutes } from './routes.ts';
import { type EmbyNotice, sendEmbyWebhook } from './webhook.ts';
import { createEmbyWords } from './words.ts';

/** An Emby that keeps users, items and state by the facts known of it, over real HTTP. */
export interface FakeEmby extends FakeServer {
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
  sendWebhook(url: string, notice: EmbyNotice): Promise<number>;
}

export interface FakeEmbyOptions {
  /** All ids and keys follow from it: servers that are to differ have different names. */
  name?: string;
  /** Of 4.8 or of 4.9: each is held against its own document. */
  version?: string;
  /** false: nothing is held against the published document, for benches. */
  checked?: boolean;
  /** Copies of a work in several libraries have one state. */
  sharesStates?: boolean;
}

export const startFakeEmby = async (options: FakeEmbyOptions = {}): Promise<FakeEmby> => {
  const { name = 'attic', version = '4.8.11.0', checked = true, sharesStates = false } = options;
  const shelf = new Shelf(
    { server: name, itemId: (number, kind) => String(kind === 'library' ? number + 2 : 240_000 + number) },
    { sharesStates },
  );
  const faults = new Faults();
  const apiKey = guid(`${name} key`);
  const serverId = guid(`${name} server`);
  const tokens = createTokens(shelf, apiKey);
  const words = createEmbyWords(shelf, serverId);
  const notices = createNotices(shelf, words, tokens, { path: '/embywebsocket', tokenName: 'api_key' });
  const routed = createAnswer({
    ...embyRoutes({ shelf, words, faults, tokens, serverId, serverName: name, version }),
    caller: (ask, params) => tokens.caller(tokenOf(ask, params)),
    refuse,
  });
  const answer = (ask: Ask) => routed({ ...ask, path: ask.path.replace(/^\/emby(?=\/)/i, '') });
  const server = await serve({
    answer,
    unauthorized: refuse(new Refusal(401)),
    openApi: checked ? document(version) : null,
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
    sendWebhook: (url, notice) => sendEmbyWebhook({ shelf, words, serverId, serverName: name, version }, url, notice),
    close: () => {
      notices.closeAll();
      return server.close();
    },
  };
};

const document = (version: string) =>
  loadOpenApi({
    document: `emby/openapi-${version.startsWith('4.9') ? '4.9.1.90' : '4.8.11'}.json`,
    prefixes: ['/emby'],
    caseInsensitive: true,
    commaLists: true,
    closed: true,
    // Its own apps and those of others use these.
    undocumented: ['GET /Users', 'GET /Library/VirtualFolders'],
    parameters: ['api_key', 'X-Emby-Token', 'EnableTotalRecordCount', 'UserId'],
    optional: ['IncludeExternalContent', 'MediaSourceId'],
    statuses: [204],
  });

const tokenOf = ({ headers }: Ask, params: Params): string | undefined => {
  const token = headers['x-emby-token'];
  if (typeof token === 'string') return token;
  const header = headers['x-emby-authorization'];
  const schemes = ['emby', 'mediabrowser'];
  const told = schemeFields(typeof header === 'string' ? header : headers.authorization, schemes).token;
  return told ?? params.get('api_key') ?? params.get('x-emby-token');
};

const MESSAGES: Record<number, string> = {
  400: 'Bad request.',
  401: 'Access token is invalid or expired.',
  403: 'Access denied.',
  404: 'Unable to find the specified resource.',
};

const refuse = ({ status, message }: Refusal): Reply => ({
  status,
  body: message || (MESSAGES[status] ?? 'Error'),
  type: 'text/plain',
});
