import { type TSchema, Type } from 'typebox';
import { asId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Identity } from './service.ts';
import { sessionRoutes } from './session-routes.ts';
import {
  CreatedTokenSchema,
  DevicePatchBody,
  DeviceSchema,
  idParams,
  NewTokenBody,
  NewUserBody,
  TokenSchema,
  UserPatchBody,
  UserSchema,
} from './types.ts';

export const identityRoutes = (identity: Identity): Route[] => [
  ...sessionRoutes(identity),
  ...userRoutes(identity),
  ...deviceRoutes(identity),
  ...tokenRoutes(identity),
];

const pageQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE }),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
});
const pageAnswer = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) });

const userRoutes = ({ users }: Identity): Route[] => [
  route({
    method: 'GET',
    path: '/users',
    permission: 'guest',
    tag: 'users',
    summary: 'Users by name: everyone for an admin, else you and your managed users',
    operationId: 'listUsers',
    query: pageQuery,
    response: pageAnswer(UserSchema),
    handle: ({ viewer, query }) => users.list(viewer, query),
  }),
  route({
    method: 'POST',
    path: '/users',
    permission: 'user',
    tag: 'users',
    summary: 'Make a user (admins), or a managed user of your own',
    operationId: 'createUser',
    body: NewUserBody,
    response: UserSchema,
    status: 201,
    handle: ({ viewer, body }) => users.create(viewer, body),
  }),
  route({
    method: 'GET',
    path: '/users/:id',
    permission: 'guest',
    tag: 'users',
    summary: 'One user',
    operationId: 'getUser',
    params: idParams('id'),
    response: UserSchema,
    handle: ({ viewer, params }) => users.get(viewer, asId(params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/users/:id',
    permission: 'guest',
    tag: 'users',
    summary: 'Change a name, password, role or what may be seen',
    operationId: 'updateUser',
    params: idParams('id'),
    body: UserPatchBody,
    response: UserSchema,
    handle: ({ viewer, params, body, remote }) => users.update(viewer, asId(params.id), body, remote.address),
  }),
  route({
    method: 'DELETE',
    path: '/users/:id',
    permission: 'user',
    tag: 'users',
    summary: 'Delete a user with all that is theirs; without confirm it only says what would be lost',
    operationId: 'deleteUser',
    once: 'unit',
    params: idParams('id'),
    query: Type.Object({
      confirm: Type.Optional(Type.String({ maxLength: 100, description: 'The name of the user to be deleted.' })),
    }),
    handle: ({ viewer, params, query }) => users.remove(viewer, asId(params.id), query.confirm),
  }),
];

const deviceRoutes = ({ devices }: Identity): Route[] => [
  route({
    method: 'GET',
    path: '/me/devices',
    permission: 'guest',
    tag: 'me',
    summary: 'The devices you use, and how each shares with the others',
    operationId: 'listMyDevices',
    query: pageQuery,
    response: pageAnswer(DeviceSchema),
    handle: ({ viewer, query }) => devices.list(viewer, query),
  }),
  route({
    method: 'PATCH',
    path: '/me/devices/:deviceUserId',
    permission: 'user',
    tag: 'me',
    summary: 'Rename a device or change how it shares',
    operationId: 'updateMyDevice',
    once: 'unit',
    params: idParams('deviceUserId'),
    body: DevicePatchBody,
    response: DeviceSchema,
    handle: ({ viewer, params, body }) => devices.update(viewer, asId(params.deviceUserId), body),
  }),
];

const tokenRoutes = ({ tokens }: Identity): Route[] => [
  route({
    method: 'GET',
    path: '/me/tokens',
    permission: 'guest',
    tag: 'me',
    summary: 'Your API tokens',
    operationId: 'listMyTokens',
    query: pageQuery,
    response: pageAnswer(TokenSchema),
    handle: ({ viewer, query }) => tokens.list(viewer, query),
  }),
  route({
    method: 'POST',
    path: '/me/tokens',
    permission: 'guest',
    tag: 'me',
    summary: 'Make an API token; it is shown this once',
    operationId: 'createMyToken',
    once: 'secret',
    body: NewTokenBody,
    response: CreatedTokenSchema,
    status: 201,
    handle: ({ viewer, body }) => tokens.create(viewer, body),
  }),
  route({
    method: 'DELETE',
    path: '/me/tokens/:id',
    permission: 'guest',
    tag: 'me',
    summary: 'Take an API token back; what was recorded with it stays',
    operationId: 'deleteMyToken',
    once: 'unit',
    params: idParams('id'),
    handle: ({ viewer, params }) => tokens.remove(viewer, asId(params.id)),
  }),
];
