import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createAudit } from '#audit/audit.ts';
import { listAudit } from '#audit/audit-query.ts';
import { readEmbyDelivery } from '#connectors/media-browser/emby-delivery.ts';
import { readJellyfinDelivery } from '#connectors/media-browser/jellyfin-delivery.ts';
import { readPlexDelivery } from '#connectors/plex/delivery.ts';
import type { Database } from '#database/database.ts';
import type { ClientKind } from '#database/tables/sync.ts';
import { createServer } from '#http/server.ts';
import { DAY, manualClock } from '#kernel/clock.ts';
import { unavailable } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase, makeSqlite } from '../../../test/support/databases.ts';
import { addUser } from '../../../test/support/people.ts';
import { insertClient } from '../client-repository.ts';
import { ConnectorError } from '../connector-error.ts';
import { createCredentials } from '../credentials.ts';
import type { Connector, Notice } from '../media-server.ts';
import { webhookRoutes } from './routes.ts';
import type { DeliveryView } from './views.ts';
import { createWebhooks, type WebhookTools } from './webhooks.ts';

const notConnected = () => {
  throw new Error('Nothing is asked here.');
};
const connector = (kind: ClientKind, readDelivery?: Connector['readDelivery']): Connector => ({
  kind,
  label: kind,
  connect: notConnected,
  ...(readDelivery && { readDelivery }),
});
const connectors = [
  connector('plex', readPlexDelivery),
  connector('jellyfin', readJellyfinDelivery),
  connector('emby', readEmbyDelivery),
  connector('kodi'),
];

const house = async (database: Database, more: Partial<WebhookTools> = {}) => {
  const clock = manualClock(Date.UTC(2026, 10, 21, 20));
  const { viewer: admin } = await addUser(database, { name: `Ada ${Math.random()}`, role: 'admin' });
  const told: [ClientId, Notice[]][] = [];
  const log: string[] = [];
  const write = (details: object, message: string) => {
    const { err, ...rest } = details as { err?: Error };
    log.push(`${message} ${JSON.stringify(rest)} ${err?.stack ?? ''}`);
  };
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  const tools: WebhookTools = {
    database,
    clock,
    audit: createAudit({ clock }),
    credentials: createCredentials(Buffer.alloc(32, 1)),
    connectors,
    onNotices: async (client, notices) => {
      told.push([client, notices]);
      return `looked at ${notices.length}`;
    },
    logger,
    joinMs: 40,
    ...more,
  };
  const webhooks = createWebhooks(tools);
  const viewers: Record<string, Viewer> = { admin, person: { ...admin, role: 'user' } };
  const app = await createServer({
    routes: webhookRoutes(webhooks),
    resolveViewer: async (token) => viewers[token],
    setupNeeded: async () => false,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await app.close();
    await webhooks.close();
  });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const api = async <T>(method: string, path: string, token = 'admin') => {
    const answer = await fetch(`${base}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
  };
  const send = (path: string, body?: NonNullable<RequestInit['body']>, contentType?: string) =>
    fetch(base + path, {
      method: 'POST',
      ...(body !== undefined && { body }),
      ...(contentType !== undefined && { headers: { 'content-type': contentType } }),
    });
  const client = (kind: ClientKind, serverId: string | null = null) =>
    database.transaction((tx) =>
      insertClient(tx, {
        kind,
        name: `My ${kind}`,
        address: `http://${kind}.test`,
        user_name: null,
        secret: null,
        token: null,
        server_id: serverId,
        time_zone: null,
        server_version: null,
        schedule: null,
        webhook_digest: null,
        webhook_secret: null,
        created_at: clock.now(),
        imported_at: null,
      }),
    );
  const connected = async (kind: ClientKind, serverId?: string) => {
    const id = await client(kind, serverId);
    const { path } = await webhooks.makeAddress(admin, id);
    const deliveries = async () =>
      (await api<{ items: DeliveryView[] }>('GET', `/clients/${id}/deliveries`)).body.items;
    return { id, path: path!, deliveries };
  };
  return { tools, clock, admin, webhooks, told, log, api, send, client, connected };
};

const plexBody = (event = 'media.scrobble', server = 'machine-1', picture = 10): FormData => {
  const payload = {
    event,
    Account: { id: 7, title: 'Ada' },
    Server: { uuid: server },
    Metadata: { type: 'movie', ratingKey: '12' },
  };
  const form = new FormData();
  form.append('payload', new Blob([JSON.stringify(payload)], { type: 'application/json' }));
  form.append('thumb', new Blob([Buffer.alloc(picture, '\0\r\n--')], { type: 'image/jpeg' }), 'thumb.jpg');
  return form;
};
const jellyfinBody = JSON.stringify({
  NotificationType: 'UserDataSaved',
  ItemId: 'AB12CD34-0000-0000-0000-000000000001',
  UserId: 'ffff0000000000000000000000000001',
  NotificationUsername: 'Ada',
});
const embyBody = JSON.stringify({ Event: 'item.markplayed', User: { Id: 'u1', Name: 'Ada' }, Item: { Id: '240270' } });

eachDatabase('webhooks', (make) => {
  test('take what Plex, Jellyfin and Emby send, in their own forms', async () => {
    const { webhooks, connected, send, told } = await house(await make());
    const [plex, jellyfin, emby] = [
      await connected('plex', 'machine-1'),
      await connected('jellyfin'),
      await connected('emby'),
    ];
    const answers = [
      await send(plex.path, plexBody('media.scrobble', 'machine-1', 100_000)),
      await send(jellyfin.path, jellyfinBody, 'text/plain; charset=utf-8'),
      await send(emby.path, embyBody, 'application/json'),
      await send(emby.path, new URLSearchParams({ data: embyBody.replace('240270', '240271') })),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(await answers[0]!.json()).toEqual({ accepted: true });
    await webhooks.idle();
    const by = new Map(told);
    expect(by.get(plex.id)).toMatchObject([{ event: 'media.scrobble', about: 'state', remoteId: '12' }]);
    expect(by.get(jellyfin.id)).toMatchObject([
      { account: { name: 'Ada' }, remoteId: 'ab12cd34000000000000000000000001' },
    ]);
    expect(by.get(emby.id)?.map(({ remoteId }) => remoteId)).toEqual(['240270', '240271']);
    expect(await plex.deliveries()).toMatchObject([
      { outcome: 'taken', detail: 'media.scrobble: looked at 1', handledAt: '2026-11-21T20:00:00.000Z' },
    ]);
    const [kept] = await plex.deliveries();
    expect(kept?.body).toContain('"ratingKey":"12"');
    expect(kept?.body).not.toContain('image/jpeg');
    expect(await jellyfin.deliveries()).toMatchObject([{ body: jellyfinBody, bodyIsCut: false }]);
  });

  test('a burst of one thing is acted on once', async () => {
    const { webhooks, connected, send, told } = await house(await make(), { joinMs: 700 });
    const { path, deliveries } = await connected('plex');
    for (const event of ['media.play', 'media.stop', 'media.scrobble']) await send(path, plexBody(event));
    await webhooks.idle();
    expect(told).toMatchObject([[expect.anything(), [{ event: 'media.scrobble', remoteId: '12' }]]]);
    expect((await deliveries()).map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
      'taken media.scrobble: looked at 1',
      'taken media.stop: looked at 1',
      'taken media.play: looked at 1',
    ]);
  });

  test('what is not understood, not ours, or fails is kept and says so', async () => {
    const { webhooks, connected, send, told, log, tools } = await house(await make());
    const { path, deliveries } = await connected('jellyfin');
    await send(path, '<html>', 'text/html');
    await send(path, Buffer.from([0, 255, 254, 0]), 'application/octet-stream');
    await send(path, '{"NotificationType":"PluginInstalled"}', 'not a type; at=all');
    await send(path);
    await webhooks.idle();
    expect((await deliveries()).map(({ outcome }) => outcome)).toEqual(['refused', 'ignored', 'refused', 'refused']);
    expect((await deliveries()).at(-1)?.detail).toContain('Webhook plug-in');
    const plex = await connected('plex', 'machine-1');
    await send(plex.path, plexBody('media.scrobble', 'machine-2'));
    await webhooks.idle();
    expect(await plex.deliveries()).toMatchObject([
      { outcome: 'ignored', detail: expect.stringContaining('another server') },
    ]);
    expect(told).toEqual([]);
    const failing = await house(tools.database, { onNotices: () => Promise.reject(new Error('inside')) });
    const emby = await failing.connected('emby');
    await failing.send(emby.path, embyBody);
    await failing.webhooks.idle();
    expect(await emby.deliveries()).toMatchObject([
      { outcome: 'failed', detail: expect.not.stringContaining('inside: ') },
    ]);
    expect(failing.log.join()).toContain('inside');
    expect(log.join()).not.toContain(path.split('/').at(-1));
  });

  test('a secret that is none’s, one that was taken away, and one that was made anew', async () => {
    const { webhooks, admin, connected, send, api, client } = await house(await make());
    const { id, path, deliveries } = await connected('emby');
    expect(path).toMatch(/^\/api\/v1\/webhooks\/[\w-]{43}$/);
    for (const wrong of [`${path}x`, path.slice(0, -1), '/api/v1/webhooks/0', `/api/v1/webhooks/${'x'.repeat(400)}`]) {
      const answer = await send(wrong, embyBody);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('There is nothing here.');
    }
    const made = await api<{ path: string }>('POST', `/clients/${id}/webhook`);
    expect(made).toMatchObject({ status: 201, body: { possible: true, path: expect.not.stringContaining(path) } });
    expect((await send(path, embyBody)).status).toBe(404);
    expect((await send(made.body.path, embyBody)).status).toBe(202);
    expect(await api('GET', `/clients/${id}/webhook`)).toMatchObject({ status: 200, body: made.body });
    expect((await api('DELETE', `/clients/${id}/webhook`)).status).toBe(204);
    expect((await send(made.body.path, embyBody)).status).toBe(404);
    expect(await api('GET', `/clients/${id}/webhook`)).toMatchObject({ body: { possible: true, path: null } });
    await webhooks.idle();
    expect(await deliveries()).toHaveLength(1);
    const kodi = await client('kodi');
    expect(await api('POST', `/clients/${kodi}/webhook`)).toMatchObject({ status: 409 });
    expect(await api('GET', `/clients/${kodi}/webhook`)).toMatchObject({ body: { possible: false, path: null } });
    expect(await api('GET', '/clients/99/webhook')).toMatchObject({ status: 404 });
    for (const [method, of] of [
      ['GET', 'webhook'],
      ['POST', 'webhook'],
      ['DELETE', 'webhook'],
      ['GET', 'deliveries'],
      ['GET', 'deliveries/1'],
      ['POST', 'deliveries/1/replay'],
    ]) {
      expect((await api(method!, `/clients/${id}/${of}`, 'person')).status).toBe(403);
      expect((await api(method!, `/clients/${id}/${of}`, 'nobody')).status).toBe(401);
    }
    expect(admin.userId).toBeGreaterThan(0);
  });

  test('the secret is sealed in the database, and hidden in the audit', async () => {
    const database = await make();
    const { connected } = await house(database);
    const { path } = await connected('emby');
    const secret = path.split('/').at(-1)!;
    const rows = await database.read.selectFrom('clients').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    const audit = await listAudit(database.read, { entityType: 'client' }, { limit: 9 });
    expect(audit.items).toMatchObject([{ changes: { webhook: [null, '•••'] } }]);
  });

  test('2 MB are too much, and a flood is asked to wait', async () => {
    const gate = Promise.withResolvers<string>();
    const { webhooks, connected, send, api } = await house(await make(), { roomFor: 3, onNotices: () => gate.promise });
    const { id, path, deliveries } = await connected('emby');
    expect((await send(path, 'x'.repeat(2 * 1024 * 1024), 'text/plain')).status).toBe(413);
    expect(await deliveries()).toEqual([]);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(path, embyBody, 'application/json')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 202, 202, 429, 429]);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('10');
    expect(await api('POST', `/clients/${id}/deliveries/${(await deliveries())[0]!.id}/replay`)).toMatchObject({
      status: 409,
    });
    gate.resolve('done');
    await webhooks.idle();
    expect((await send(path, embyBody, 'application/json')).status).toBe(202);
    await webhooks.idle();
    expect((await deliveries()).map(({ outcome }) => outcome)).toEqual(['taken', 'taken', 'taken', 'taken']);
  });

  test('what waited when the program ended is handled after the next start, and can be replayed', async () => {
    const database = await make();
    const first = await house(database, { joinMs: 60_000 });
    const { id, path, deliveries } = await first.connected('plex');
    await first.send(path, plexBody('media.scrobble', 'machine-1', 300_000));
    await first.send(path, 'nonsense', 'text/plain');
    await first.webhooks.close();
    expect((await deliveries()).map(({ outcome }) => outcome).toSorted()).toEqual(['refused', 'waiting']);
    const second = await house(database);
    await second.webhooks.recover();
    await second.webhooks.idle();
    expect(second.told).toMatchObject([[id, [{ event: 'media.scrobble', remoteId: '12' }]]]);
    expect((await deliveries()).map(({ outcome }) => outcome).toSorted()).toEqual(['refused', 'taken']);
    const [, taken] = await deliveries();
    const again = await second.api('POST', `/clients/${id}/deliveries/${taken!.id}/replay`);
    expect(again).toMatchObject({ status: 202, body: { id: taken!.id } });
    await second.webhooks.idle();
    expect(second.told).toHaveLength(2);
    expect(await second.api('GET', `/clients/${id}/deliveries/${taken!.id}`)).toMatchObject({
      body: { outcome: 'taken' },
    });
    expect(await second.api('POST', `/clients/${id + 1}/deliveries/${taken!.id}/replay`)).toMatchObject({
      status: 404,
    });
    expect(await second.api('POST', `/clients/${id}/deliveries/99999/replay`)).toMatchObject({ status: 404 });
  });

  test('are listed newest first, page by page, and forgotten after 30 days', async () => {
    const { webhooks, connected, send, api, clock } = await house(await make());
    const { id, path, deliveries } = await connected('emby');
    for (let count = 0; count < 5; count++) {
      await send(path, JSON.stringify({ Event: 'system.ping', count, text: 'x'.repeat(3000) }), 'application/json');
      clock.advance(DAY);
    }
    await webhooks.idle();
    const pageAt = async (path: string) =>
      (await api<{ items: DeliveryView[]; next: string | null }>('GET', path)).body;
    const first = await pageAt(`/clients/${id}/deliveries?limit=3`);
    const rest = await pageAt(`/clients/${id}/deliveries?limit=3&cursor=${first.next}`);
    const all = [...first.items, ...rest.items];
    expect(all.map(({ body }) => /"count":(\d)/.exec(body)?.[1])).toEqual(['4', '3', '2', '1', '0']);
    expect(all.every(({ bodyIsCut, body }) => bodyIsCut && body.length === 2000)).toBe(true);
    expect(rest.next).toBeNull();
    const whole = await api<DeliveryView>('GET', `/clients/${id}/deliveries/${all[0]!.id}`);
    expect(whole.body).toMatchObject({ bodyIsCut: false, body: expect.stringContaining('x'.repeat(3000)) });
    expect(await webhooks.clean(clock.now())).toBe(0);
    expect(await webhooks.clean(clock.now() + 27 * DAY)).toBe(2);
    expect(await deliveries()).toHaveLength(3);
  });
});

test('expected failures are told, and are no fault in the log', async () => {
  let error: Error = unavailable('The house is busy.');
  const { webhooks, connected, send, log } = await house(await makeSqlite(), {
    onNotices: () => Promise.reject(error),
  });
  const { path, deliveries } = await connected('emby');
  await send(path, embyBody);
  await webhooks.idle();
  error = new ConnectorError('unreachable', 'Emby does not answer.');
  await send(path, embyBody);
  await webhooks.idle();
  expect((await deliveries()).map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
    'failed item.markplayed: Emby does not answer.',
    'failed item.markplayed: The house is busy.',
  ]);
  expect(log).toEqual([]);
});
