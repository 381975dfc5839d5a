import type { Reply } from '../serve.ts';
import type { ShelfUser } from '../shelf.ts';
import type { Params } from '../shelf-query.ts';
import { type Call, json, Refusal, type Routes, schemeFields } from '../shelf-routes.ts';
import { bodyOf, type JellyfinInside, knownUser } from './inside.ts';

/** The server itself and its people, as far as they are told to everyone. */
export const openRoutes = (inside: JellyfinInside): Routes => {
  const { shelf, words } = inside;
  const shown = () => shelf.users.filter(({ hidden, disabled }) => !hidden && !disabled);
  return {
    'GET /System/Info/Public': () => json(publicInfo(inside)),
    'GET /System/Ping': () => json('Jellyfin Server'),
    'GET /Users/Public': () => json(shown().map(words.user)),
    'POST /Users/AuthenticateByName': (call) => signIn(inside, call),
  };
};

/** The same as they are told to those who have a token. */
export const peopleRoutes = (inside: JellyfinInside): Routes => {
  const { shelf, words, tokens } = inside;
  return {
    'GET /System/Info': () => json({ ...publicInfo(inside), ...RUNNING }),
    'GET /Users': ({ params }) => json(shelf.users.filter((user) => fits(user, params)).map(words.user)),
    'GET /Users/Me': ({ caller }) => {
      if (!caller.user) throw new Refusal(400);
      return json(words.user(caller.user));
    },
    'GET /Users/{userId}': ({ path }) => json(words.user(knownUser(shelf, path.userId))),
    'POST /Sessions/Logout': ({ caller }) => {
      tokens.revoke(caller.token);
      return { status: 204 };
    },
  };
};

const publicInfo = ({ serverName, version, serverId }: JellyfinInside) => ({
  LocalAddress: 'http://192.0.2.7:8096',
  ServerName: serverName,
  Version: version,
  ProductName: 'Jellyfin Server',
  OperatingSystem: '',
  Id: serverId,
  StartupWizardCompleted: true,
});

const RUNNING = {
  HasPendingRestart: false,
  IsShuttingDown: false,
  SupportsLibraryMonitor: true,
  WebSocketPortNumber: 8096,
};

const signIn = ({ shelf, words, tokens, serverId }: JellyfinInside, { ask }: Call): Reply => {
  const device = schemeFields(ask.headers.authorization, ['mediabrowser']);
  if (!device.client || !device.device || !device.deviceid || !device.version) throw new Refusal(400);
  const body = bodyOf(ask.body);
  const user = shelf.users.find(({ name }) => name.toLowerCase() === String(body.Username).toLowerCase());
  if (!user || user.password !== (body.Pw ?? '')) throw new Refusal(401);
  if (user.disabled) throw new Refusal(403);
  const AccessToken = tokens.issue(user, device.deviceid);
  return json({ User: words.user(user), AccessToken, ServerId: serverId });
};

const fits = ({ hidden, disabled }: ShelfUser, params: Params): boolean =>
  (params.flag('ishidden') ?? hidden) === hidden && (params.flag('isdisabled') ?? disabled) === disabled;
