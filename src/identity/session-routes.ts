import { Type } from 'typebox';
import { asId } from '#kernel/ids.ts';
import { type Call, type Route, route } from '#kernel/route.ts';
import type { Identity } from './service.ts';
import type { NewSession } from './sessions.ts';
import { type Me, MePatchBody, MeSchema, ProfileBody, SessionBody, SetupBody } from './types.ts';

type SetSession = Call<unknown, unknown, unknown>['setSession'];

/** Signing in and out, and who one is. */
export const sessionRoutes = (identity: Identity): Route[] => {
  const { sessions } = identity;
  return [
    route({
      method: 'GET',
      path: '/setup',
      permission: 'public',
      tag: 'setup',
      summary: 'Whether the first admin is still to be made',
      operationId: 'getSetup',
      response: Type.Object({ needed: Type.Boolean() }),
      handle: async () => ({ needed: await identity.setupNeeded() }),
    }),
    route({
      method: 'POST',
      path: '/setup',
      permission: 'setup',
      tag: 'setup',
      summary: 'Make the first admin and sign in',
      operationId: 'setUp',
      body: SetupBody,
      response: MeSchema,
      status: 201,
      handle: async ({ body, remote, setSession }) => admit(identity, await sessions.setUp(body, remote), setSession),
    }),
    route({
      method: 'POST',
      path: '/session',
      permission: 'public',
      tag: 'session',
      summary: 'Sign in with name and password; the session comes as a cookie',
      operationId: 'signIn',
      body: SessionBody,
      response: MeSchema,
      status: 201,
      handle: async ({ viewer, body, remote, setSession }) =>
        admit(identity, await sessions.begin(body, remote, viewer), setSession),
    }),
    route({
      method: 'DELETE',
      path: '/session',
      permission: 'public',
      tag: 'session',
      summary: 'Sign out',
      operationId: 'signOut',
      handle: async ({ viewer, setSession }) => {
        if (viewer) await sessions.end(viewer);
        setSession(null);
      },
    }),
    route({
      method: 'POST',
      path: '/session/profile',
      permission: 'guest',
      tag: 'session',
      summary: 'Switch to a managed user of yours; the way back is to sign in',
      operationId: 'switchProfile',
      once: 'secret',
      body: ProfileBody,
      response: MeSchema,
      status: 201,
      handle: async ({ viewer, body, setSession }) =>
        admit(identity, await sessions.switchTo(viewer, asId(body.userId)), setSession),
    }),
    route({
      method: 'GET',
      path: '/me',
      permission: 'guest',
      tag: 'me',
      summary: 'Who you are, on which device, and what you may',
      operationId: 'getMe',
      response: MeSchema,
      handle: ({ viewer }) => identity.me(viewer),
    }),
    route({
      method: 'PATCH',
      path: '/me',
      permission: 'guest',
      tag: 'me',
      summary: 'Change what is yours to change: the time zone in which your days begin and end',
      operationId: 'updateMe',
      body: MePatchBody,
      response: MeSchema,
      handle: async ({ viewer, body, remote }) => {
        await identity.users.update(viewer, viewer.userId, body, remote.address);
        return identity.me(viewer);
      },
    }),
  ];
};

const admit = async (identity: Identity, session: NewSession, setSession: SetSession): Promise<Me> => {
  setSession(session.token, session.expiresAt);
  const viewer = await identity.resolveViewer(session.token);
  if (!viewer) throw new Error('A session was over as soon as it began.');
  return identity.me(viewer);
};
