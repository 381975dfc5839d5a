import type { Reply } from '../serve.ts';
import { type Call, json, Refusal, type Routes, schemeFields } from '../shelf-routes.ts';
import { type EmbyInside, forAdmins, type Json, person } from './inside.ts';

/** The server itself and its people, as far as they are told to everyone. */
export const openRoutes = (inside: EmbyInside): Routes => {
  const { shelf, words } = inside;
  const shown = () => shelf.users.filter(({ hidden, disabled }) => !hidden && !disabled);
  return {
    'GET /System/Info/Public': () => json(publicInfo(inside)),
    'GET /System/Ping': () => ({ status: 200, body: 'Emby Server', type: 'text/plain' }),
    'GET /Users/Public': () => json(shown().map(words.user)),
    'POST /Users/AuthenticateByName': (call) => signIn(inside, call),
  };
};

/** The same as they are told to those who have a token. */
export const peopleRoutes = (inside: EmbyInside): Routes => {
  const { shelf, words, tokens } = inside;
  return {
    'GET /System/Info': () =>
      json({ ...publicInfo(inside), OperatingSystem: 'Linux', HasPendingRestart: false, HttpServerPortNumber: 8096 }),
    'GET /Users': forAdmins(() => json(shelf.users.map(words.user))),
    'GET /Users/Query': forAdmins(({ params }) => {
      const from = params.number('startindex') ?? 0;
      const some = shelf.users.slice(from, from + (params.number('limit') ?? shelf.users.length));
      return json({ Items: some.map(words.user), TotalRecordCount: shelf.users.length });
    }),
    'GET /Users/{userId}': (call) => json(words.user(person(shelf, call))),
    'POST /Sessions/Logout': ({ caller }) => {
      tokens.revoke(caller.token);
      return { status: 204 };
    },
  };
};

const publicInfo = ({ serverName, version, serverId }: EmbyInside) => ({
  LocalAddress: 'http://192.0.2.8:8096',
  ServerName: serverName,
  Version: version,
  Id: serverId,
});

const signIn = ({ shelf, words, tokens, serverId }: EmbyInside, { ask }: Call): Reply => {
  const other = ask.headers['x-emby-authorization'];
  const header = typeof other === 'string' ? other : ask.headers.authorization;
  const device = schemeFields(header, ['emby', 'mediabrowser']);
  if (!device.client || !device.deviceid) throw new Refusal(400, 'The client did not tell who it is.');
  const body = (ask.body ?? {}) as Json;
  const user = shelf.users.find(({ name }) => name.toLowerCase() === String(body.Username).toLowerCase());
  if (!user || user.password !== (body.Pw ?? '')) throw new Refusal(401, 'Invalid username or password entered.');
  if (user.disabled) throw new Refusal(401, 'This account is disabled.');
  return json({ User: words.user(user), AccessToken: tokens.issue(user, device.deviceid), ServerId: serverId });
};
