import Type, { type TSchema } from 'typebox';
import { runPhases } from '#database/tables/sync.ts';
import { asId, type ClientAccountId, type ClientId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Sync } from './service.ts';
import {
  AccountChangesSchema,
  ClientChangesSchema,
  ClientSchema,
  DecisionSchema,
  HeldSchema,
  NewAccountSchema,
  NewClientSchema,
  RemoteAccountSchema,
  RunSchema,
} from './views.ts';

const IdParams = Type.Object({ id: Type.Integer({ minimum: 1 }) });
const PageQuery = Type.Object(
  {
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, description: 'Entries of a page at the most.' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 500, description: 'Where the former page ended.' })),
  },
  { additionalProperties: false },
);
const pageAnswer = <S extends TSchema>(items: S) =>
  Type.Object(
    { items: Type.Array(items), next: Type.Union([Type.String(), Type.Null()]) },
    { additionalProperties: false },
  );

const tag = 'Media clients';
const clientId = (params: { id: number }) => asId<ClientId>(params.id);
const pageOf = (query: { limit?: number; cursor?: string }) => ({
  limit: query.limit ?? DEFAULT_PAGE,
  cursor: query.cursor,
});

/** Media servers whose accounts are devices: connecting them, and reading what was watched there. */
export const syncRoutes = (sync: Sync): Route[] => [
  route({
    method: 'GET',
    path: '/clients',
    permission: 'admin',
    tag,
    summary: 'The media servers that are connected',
    operationId: 'listClients',
    query: PageQuery,
    response: pageAnswer(ClientSchema),
    handle: ({ query }) => sync.clients(pageOf(query)),
  }),
  route({
    method: 'POST',
    path: '/clients',
    permission: 'admin',
    tag,
    summary: 'Connects a media server, after asking it who it is',
    operationId: 'addClient',
    body: NewClientSchema,
    response: Type.Object(
      { client: ClientSchema, warnings: Type.Array(Type.String()) },
      { additionalProperties: false },
    ),
    status: 201,
    handle: ({ viewer, body, signal }) => sync.add(viewer, body, signal),
  }),
  route({
    method: 'GET',
    path: '/clients/:id',
    permission: 'admin',
    tag,
    summary: 'One media server',
    operationId: 'getClient',
    params: IdParams,
    response: ClientSchema,
    handle: ({ params }) => sync.client(clientId(params)),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:id',
    permission: 'admin',
    tag,
    summary: 'Changes name, address, credentials or time zone; another address and other credentials are tried first',
    operationId: 'changeClient',
    params: IdParams,
    body: ClientChangesSchema,
    response: ClientSchema,
    handle: ({ viewer, params, body, signal }) => sync.change(viewer, clientId(params), body, signal),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:id',
    permission: 'admin',
    tag,
    summary: 'Forgets a media server; what it alone had is retired, what was watched there stays',
    operationId: 'removeClient',
    params: IdParams,
    handle: ({ viewer, params }) => sync.remove(viewer, clientId(params)),
  }),
  ...accountRoutes(sync),
  ...runRoutes(sync),
  ...heldRoutes(sync),
];

const AccountParams = Type.Object({ id: Type.Integer({ minimum: 1 }), account: Type.Integer({ minimum: 1 }) });
const accountId = (params: { account: number }) => asId<ClientAccountId>(params.account);

const accountRoutes = (sync: Sync): Route[] => [
  route({
    method: 'GET',
    path: '/clients/:id/accounts',
    permission: 'admin',
    tag,
    summary: 'The people that a media server knows, and with whom here each is linked',
    operationId: 'listRemoteAccounts',
    params: IdParams,
    response: Type.Object({ items: Type.Array(RemoteAccountSchema) }, { additionalProperties: false }),
    handle: async ({ params, signal }) => ({ items: await sync.accounts(clientId(params), signal) }),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/accounts',
    permission: 'admin',
    tag,
    summary: 'Links one of them with someone here: that account is a device of theirs from then on',
    operationId: 'linkAccount',
    params: IdParams,
    body: NewAccountSchema,
    response: ClientSchema,
    status: 201,
    handle: ({ viewer, params, body, signal }) => sync.link(viewer, clientId(params), body, signal),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:id/accounts/:account',
    permission: 'admin',
    tag,
    summary: 'Changes which way an account’s activity goes, or its PIN or password',
    operationId: 'changeAccount',
    params: AccountParams,
    body: AccountChangesSchema,
    response: ClientSchema,
    handle: ({ viewer, params, body, signal }) =>
      sync.changeAccount(viewer, clientId(params), accountId(params), body, signal),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:id/accounts/:account',
    permission: 'admin',
    tag,
    summary: 'Ends the link; what was watched there stays with its person',
    operationId: 'unlinkAccount',
    params: AccountParams,
    response: ClientSchema,
    handle: ({ viewer, params }) => sync.unlink(viewer, clientId(params), accountId(params)),
  }),
];

const runRoutes = (sync: Sync): Route[] => [
  route({
    method: 'POST',
    path: '/clients/:id/import',
    permission: 'admin',
    tag,
    summary: 'Starts a run that only reads; its run tells how it goes on',
    operationId: 'importClient',
    params: IdParams,
    response: RunSchema,
    status: 202,
    handle: ({ params }) => sync.startRun(clientId(params), 'import'),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/sync',
    permission: 'admin',
    tag,
    summary: 'Starts a run that reads and writes; with preview it changes nothing and tells all that it would',
    operationId: 'syncClient',
    params: IdParams,
    body: Type.Object(
      { preview: Type.Optional(Type.Boolean({ description: 'Change nothing, here and there.' })) },
      { additionalProperties: false },
    ),
    response: RunSchema,
    status: 202,
    handle: ({ params, body }) => sync.startRun(clientId(params), body.preview ? 'preview' : 'sync'),
  }),
  route({
    method: 'GET',
    path: '/clients/:id/runs',
    permission: 'admin',
    tag,
    summary: 'Runs of a media server, newest first',
    operationId: 'listClientRuns',
    params: IdParams,
    query: PageQuery,
    response: pageAnswer(RunSchema),
    handle: ({ params, query }) => sync.runs(clientId(params), pageOf(query)),
  }),
  route({
    method: 'GET',
    path: '/clients/:id/runs/:run/decisions',
    permission: 'admin',
    tag,
    summary: 'What a run decided on each entry, and why; what stayed as it was is only counted',
    operationId: 'listRunDecisions',
    params: Type.Object({ id: Type.Integer({ minimum: 1 }), run: Type.Integer({ minimum: 1 }) }),
    query: Type.Object(
      {
        ...PageQuery.properties,
        phase: Type.Optional(
          Type.Unsafe<(typeof runPhases)[number]>({
            type: 'string',
            enum: [...runPhases],
            description: 'Only of this part of the run.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    response: pageAnswer(DecisionSchema),
    handle: ({ params, query }) =>
      sync.decisions(clientId(params), params.run, { ...pageOf(query), phase: query.phase }),
  }),
];

const heldRoutes = (sync: Sync): Route[] => [
  route({
    method: 'GET',
    path: '/clients/:id/held',
    permission: 'admin',
    tag,
    summary: 'Changes that were too many to believe, and wait for someone to approve or reject them',
    operationId: 'listHeld',
    params: IdParams,
    query: PageQuery,
    response: pageAnswer(HeldSchema),
    handle: ({ params, query }) => sync.held(clientId(params), pageOf(query)),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/held/approve',
    permission: 'admin',
    tag,
    summary: 'Does what is held, and nothing else',
    operationId: 'approveHeld',
    params: IdParams,
    response: RunSchema,
    status: 202,
    handle: ({ params }) => sync.approve(clientId(params)),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/held/reject',
    permission: 'admin',
    tag,
    summary: 'Does not believe it: what they do not show any more is written to them again by the next run',
    operationId: 'rejectHeld',
    params: IdParams,
    handle: ({ viewer, params }) => sync.reject(viewer, clientId(params)),
  }),
];
