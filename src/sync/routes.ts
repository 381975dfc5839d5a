import Type, { type TSchema } from 'typebox';
import { asId, type ClientId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Sync } from './service.ts';
import { ClientChangesSchema, ClientSchema, NewClientSchema, RunSchema, UnmatchedSchema } from './views.ts';

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
  ...runRoutes(sync),
];

const runRoutes = (sync: Sync): Route[] => [
  route({
    method: 'POST',
    path: '/clients/:id/import',
    permission: 'admin',
    tag,
    summary: 'Starts an import; its run tells how it goes on',
    operationId: 'importClient',
    params: IdParams,
    response: RunSchema,
    status: 202,
    handle: ({ params }) => sync.startImport(clientId(params)),
  }),
  route({
    method: 'GET',
    path: '/clients/:id/runs',
    permission: 'admin',
    tag,
    summary: 'Imports of a media server, newest first',
    operationId: 'listClientRuns',
    params: IdParams,
    query: PageQuery,
    response: pageAnswer(RunSchema),
    handle: ({ params, query }) => sync.runs(clientId(params), pageOf(query)),
  }),
  route({
    method: 'GET',
    path: '/clients/:id/unmatched',
    permission: 'admin',
    tag,
    summary: 'Entries of a media server that could not be matched, with what they may be',
    operationId: 'listUnmatched',
    params: IdParams,
    query: PageQuery,
    response: pageAnswer(UnmatchedSchema),
    handle: ({ params, query }) => sync.unmatched(clientId(params), pageOf(query)),
  }),
];
