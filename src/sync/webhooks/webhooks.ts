import { type Audit, HIDDEN } from '#audit/audit.ts';
import type { Database } from '#database/database.ts';
import { type Clock, DAY, type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import { AppError, conflict, notFound, tooMany } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { RawBody } from '#kernel/route.ts';
import type { Actor } from '#kernel/viewer.ts';
import { updateClient } from '../client-repository.ts';
import type { Credentials } from '../credentials.ts';
import type { Connector, Notice } from '../media-server.ts';
import {
  type DeliveryRow,
  deliveryRow,
  listDeliveries,
  type Sender,
  senderByDigest,
  senderById,
  viewOf,
  waitingDeliveries,
} from './delivery-query.ts';
import { deleteOldDeliveries, endDeliveries, insertDelivery, waitAgain } from './delivery-repository.ts';
import { createInbox, type Inbox, type Reading } from './inbox.ts';
import { keptOf } from './kept-body.ts';
import { digestOf, newSecret, sameDigest } from './secret.ts';
import type { DeliveryView, WebhookView } from './views.ts';

/** Who acts, for the audit; null: the command line. */
type By = Pick<Actor, 'userId' | 'deviceUserId'> | null;

/** The inbox of what media servers send by themselves. Whoever may not know of a client is kept off by the routes. */
export interface Webhooks {
  /**
   * Keeps a delivery and comes back at once; it is read and acted on afterwards.
   * @throws AppError `not_found` for a secret that is none's; `unavailable` (429) when too many wait
   */
  receive(secret: string, body: RawBody): Promise<void>;
  deliveries(clientId: ClientId, request: PageRequest): Promise<Page<DeliveryView>>;
  delivery(clientId: ClientId, id: number): Promise<DeliveryView>;
  /** Reads a delivery again, as far as it was kept. @throws AppError `conflict` while it waits */
  replay(clientId: ClientId, id: number): Promise<DeliveryView>;
  address(clientId: ClientId): Promise<WebhookView>;
  /** A new secret; the former one ends. @throws AppError `conflict` where the kind has no webhooks */
  makeAddress(by: By, clientId: ClientId): Promise<WebhookView>;
  removeAddress(by: By, clientId: ClientId): Promise<void>;
  /** Takes up what waited when the program ended. To be called once, when it starts. */
  recover(): Promise<void>;
  /** Deletes what came more than 30 days ago. @returns how many */
  clean(now: Instant): Promise<number>;
  /** Until nothing waits; for tests. */
  idle(): Promise<void>;
  /** Before the database is closed. */
  close(): Promise<void>;
}

export interface WebhookTools {
  database: Database;
  clock: Clock;
  audit: Audit;
  credentials: Credentials;
  connectors: readonly Connector[];
  /** Looks at what was told of. @returns what came of it, for people */
  onNotices(clientId: ClientId, notices: Notice[]): Promise<string>;
  logger: Logger;
  /** Notices of one thing within this time are one; by default a second. */
  joinMs?: Millis;
  /** Deliveries of one client that may wait; by default 100. */
  roomFor?: number;
}

/** Behind the address of the house; the route of the same path is in `routes.ts`. */
const PATH = '/api/v1/webhooks/';
const KEPT_FOR = 30 * DAY;
const CHUNK = 500;

export const createWebhooks = (tools: WebhookTools): Webhooks => {
  const { database, clock, logger } = tools;
  const inbox = createInbox({
    onNotices: tools.onNotices,
    end: (endings) => database.transaction((tx) => endDeliveries(tx, endings, clock.now())),
    logger,
    joinMs: tools.joinMs ?? SECOND,
    roomFor: tools.roomFor ?? 100,
  });
  const sender = async (clientId: ClientId): Promise<Sender> => {
    const found = await senderById(database.read, clientId);
    if (!found) throw notFound('This client');
    return found;
  };
  return {
    receive: (secret, body) => receive(tools, inbox, secret, body),
    deliveries: async (clientId, request) => {
      await sender(clientId);
      return listDeliveries(database.read, clientId, request);
    },
    delivery: async (clientId, id) => viewOf(await deliveryRow(database.read, clientId, id)),
    replay: async (clientId, id) => {
      const from = await sender(clientId);
      const row = await deliveryRow(database.read, clientId, id);
      if (!(await database.transaction((tx) => waitAgain(tx, id)))) throw conflict('This delivery waits already.');
      putKept(tools, inbox, from, row);
      return viewOf(await deliveryRow(database.read, clientId, id));
    },
    address: async (clientId) => viewAddress(tools, await sender(clientId)),
    makeAddress: (by, clientId) => makeAddress(tools, by, clientId),
    removeAddress: async (by, clientId) => {
      const { digest } = await sender(clientId);
      if (digest !== null) await saveAddress(tools, by, clientId, null);
    },
    recover: () => recover(tools, inbox),
    clean: async (now) => {
      let deleted = 0;
      for (let last = CHUNK; last === CHUNK; deleted += last) {
        last = await database.transaction((tx) => deleteOldDeliveries(tx, now - KEPT_FOR, CHUNK));
      }
      return deleted;
    },
    idle: () => inbox.idle(),
    close: () => inbox.close(),
  };
};

const receive = async (
  tools: WebhookTools,
  inbox: Inbox,
  secret: string,
  { contentType, bytes }: RawBody,
): Promise<void> => {
  const { database, clock } = tools;
  const digest = digestOf(secret);
  const from = await senderByDigest(database.read, digest);
  // The look-up compares too, in a time of its own; this says yes.
  if (!sameDigest(from?.digest ?? digestOf(''), digest) || !from) throw nothingHere();
  if (!inbox.enter(from.id)) throw tooMany(`Too many deliveries of ${from.name} wait to be read.`, 10);
  const delivery = { clientId: from.id, receivedAt: clock.now(), contentType, body: keptOf(contentType, bytes) };
  const id = await database
    .transaction((tx) => insertDelivery(tx, delivery))
    .catch((error) => {
      inbox.leave(from.id);
      throw error;
    });
  inbox.put(from.id, id, () => readDelivery(tools, from, contentType, bytes));
};

const nothingHere = () => new AppError('not_found', 'There is nothing here.');

const readDelivery = async (
  { connectors }: WebhookTools,
  from: Sender,
  contentType: string,
  body: Uint8Array,
): Promise<Reading> => {
  const connector = connectors.find(({ kind }) => kind === from.kind);
  if (!connector?.readDelivery) return { ignored: `${from.name} is of a kind that has no webhooks.` };
  const notices = await connector.readDelivery({ headers: { 'content-type': contentType }, body });
  if (notices.length === 0) return { ignored: 'Nothing in it concerns what is watched or what there is.' };
  // Plex sends what happens on any server of the person's account.
  const own = notices.filter(({ serverId }) => !serverId || !from.serverId || serverId === from.serverId);
  return own.length === 0 ? { ignored: `It tells of another server than ${from.name}.` } : { notices: own };
};

const putKept = (tools: WebhookTools, inbox: Inbox, from: Sender, row: DeliveryRow): void => {
  inbox.enter(from.id, 'must');
  inbox.put(from.id, row.id, () => readDelivery(tools, from, row.content_type, Buffer.from(row.body, 'base64')));
};

const recover = async (tools: WebhookTools, inbox: Inbox): Promise<void> => {
  const { database } = tools;
  const senders = new Map<ClientId, Sender | undefined>();
  let after = 0;
  for (;;) {
    const rows = await waitingDeliveries(database.read, after, CHUNK);
    for (const row of rows) {
      if (!senders.has(row.client_id)) senders.set(row.client_id, await senderById(database.read, row.client_id));
      const from = senders.get(row.client_id);
      if (from) putKept(tools, inbox, from, row);
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < CHUNK) return;
  }
};

const viewAddress = ({ connectors, credentials }: WebhookTools, { kind, sealed }: Sender): WebhookView => ({
  possible: connectors.some((connector) => connector.kind === kind && connector.readDelivery !== undefined),
  path: sealed === null ? null : PATH + credentials.open(sealed),
});

const makeAddress = async (tools: WebhookTools, by: By, clientId: ClientId): Promise<WebhookView> => {
  const from = await senderById(tools.database.read, clientId);
  if (!from) throw notFound('This client');
  if (!viewAddress(tools, { ...from, sealed: null }).possible) {
    throw conflict(`${from.name} is of a kind that has no webhooks.`);
  }
  const secret = newSecret();
  await saveAddress(tools, by, clientId, secret);
  return { possible: true, path: PATH + secret };
};

const saveAddress = async (
  { database, audit, credentials }: WebhookTools,
  by: By,
  clientId: ClientId,
  secret: string | null,
): Promise<void> => {
  await database.transaction(async (tx) => {
    const before = await senderById(tx, clientId);
    if (!before) throw notFound('This client');
    await updateClient(tx, clientId, {
      webhook_digest: secret === null ? null : digestOf(secret),
      webhook_secret: secret === null ? null : credentials.seal(secret),
    });
    await audit.record(tx, {
      actor: by,
      entityType: 'client',
      entityId: clientId,
      action: 'update',
      changes: { webhook: [before.digest && HIDDEN, secret && HIDDEN] },
    });
  });
};
