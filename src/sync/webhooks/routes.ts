import Type, { type TSchema } from 'typebox';
import { asId, type ClientId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, rawRoute, route } from '#kernel/route.ts';
import { DeliverySchema, WebhookSchema } from './views.ts';
import type { Webhooks } from './webhooks.ts';

const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const ClientParams = Type.Object({ id: Id });
const DeliveryParams = Type.Object({ id: Id, delivery: Id });
const SecretParams = Type.Object({ secret: Type.String({ maxLength: 500, description: 'As its address has it.' }) });
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

const tag = 'Webhooks';
const clientId = ({ id }: { id: number }) => asId<ClientId>(id);

/** What media servers send by themselves: where they send it, and what came of it. */
export const webhookRoutes = (webhooks: Webhooks): Route[] => [
  rawRoute({
    path: '/webhooks/:secret',
    permission: 'public',
    tag,
    summary: 'Takes what a media server sends; it is read afterwards',
    operationId: 'receiveDelivery',
    params: SecretParams,
    response: Type.Object({ accepted: Type.Boolean() }, { additionalProperties: false }),
    status: 202,
    handle: async ({ params, body }) => {
      await webhooks.receive(params.secret, body);
      return { accepted: true };
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:id/webhook',
    permission: 'admin',
    tag,
    summary: 'Where a media server is to send to',
    operationId: 'getWebhook',
    params: ClientParams,
    response: WebhookSchema,
    handle: ({ params }) => webhooks.address(clientId(params)),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/webhook',
    permission: 'admin',
    tag,
    summary: 'Makes a new address to send to; the former one ends',
    operationId: 'makeWebhook',
    params: ClientParams,
    response: WebhookSchema,
    status: 201,
    once: 'secret',
    handle: ({ viewer, params }) => webhooks.makeAddress(viewer, clientId(params)),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:id/webhook',
    permission: 'admin',
    tag,
    summary: 'Takes the address to send to away',
    operationId: 'removeWebhook',
    params: ClientParams,
    handle: ({ viewer, params }) => webhooks.removeAddress(viewer, clientId(params)),
  }),
  ...deliveryRoutes(webhooks),
];

const deliveryRoutes = (webhooks: Webhooks): Route[] => [
  route({
    method: 'GET',
    path: '/clients/:id/deliveries',
    permission: 'admin',
    tag,
    summary: 'What a media server sent in the last 30 days and what came of it, newest first',
    operationId: 'listDeliveries',
    params: ClientParams,
    query: PageQuery,
    response: pageAnswer(DeliverySchema),
    handle: ({ params, query: { limit = DEFAULT_PAGE, cursor } }) =>
      webhooks.deliveries(clientId(params), { limit, cursor }),
  }),
  route({
    method: 'GET',
    path: '/clients/:id/deliveries/:delivery',
    permission: 'admin',
    tag,
    summary: 'One delivery, with all that was kept of its body',
    operationId: 'getDelivery',
    params: DeliveryParams,
    response: DeliverySchema,
    handle: ({ params }) => webhooks.delivery(clientId(params), params.delivery),
  }),
  route({
    method: 'POST',
    path: '/clients/:id/deliveries/:delivery/replay',
    permission: 'admin',
    tag,
    summary: 'Reads a delivery again',
    operationId: 'replayDelivery',
    params: DeliveryParams,
    response: DeliverySchema,
    status: 202,
    handle: ({ params }) => webhooks.replay(clientId(params), params.delivery),
  }),
];
