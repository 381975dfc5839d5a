import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, manualClock } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createExplain } from './explain.ts';
import { explainRoutes } from './routes.ts';

const NOW = Date.UTC(2026, 4, 3, 19);

const server = (database: Database, kind: 'kodi' | 'plex', name: string) =>
  database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('clients')
      .values({
        kind,
        name,
        address: `http://${name}.invalid`,
        user_name: 'secret user',
        secret: 'sealed secret',
        token: null,
        server_id: null,
        time_zone: null,
        server_version: null,
        schedule: null,
        webhook_digest: null,
        webhook_secret: null,
        created_at: NOW,
        imported_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });

const link = (database: Database, client: ClientId, account: Viewer, name: string) =>
  database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('client_accounts')
      .values({
        client_id: client,
        remote_user_id: name,
        remote_name: name,
        device_user_id: account.deviceUserId,
        secret: null,
        state_read_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });

const copy = (database: Database, client: ClientId, remoteId: string, item: MediaItemId, second?: MediaItemId) =>
  database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('client_items')
      .values({
        client_id: client,
        client_item_id: remoteId,
        kind: 'episode',
        item_id: item,
        match: 'title',
        title: remoteId,
        year: null,
        path: null,
        digest: '',
        doubt: null,
        first_seen_at: NOW,
        seen_at: NOW,
        removed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (second) {
      await tx.insertInto('client_item_parts').values({ client_item_id: id, part: 1, item_id: second }).execute();
    }
    return id;
  });

const shows = (database: Database, account_id: ClientAccountId, client_item_id: ClientItemId, intent: string | null) =>
  database.transaction((tx) =>
    tx
      .insertInto('shadows')
      .values({
        account_id,
        client_item_id,
        watched: 1,
        play_count: 2,
        position_ms: null,
        last_played_at: NOW - HOUR,
        favourite: null,
        rating: 7.5,
        asked: null,
        intent,
        seen_at: NOW,
      })
      .execute(),
  );

const decide = (
  database: Database,
  client: ClientId,
  entries: { account: ClientAccountId; item: MediaItemId; decision: string; phase: 'pull' | 'push' | 'match' }[],
) =>
  database.transaction(async (tx) => {
    const { id: run_id } = await tx
      .insertInto('sync_runs')
      .values({
        client_id: client,
        started_at: NOW,
        beat_at: NOW,
        ended_at: NOW,
        kind: 'sync',
        state: 'done',
        cursor: null,
        counts: '{}',
        warnings: '[]',
        error: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [n, { account, item, decision, phase }] of entries.entries()) {
      await tx
        .insertInto('sync_decisions')
        .values({
          run_id,
          at: NOW + n,
          phase,
          account_id: account,
          client_item_id: null,
          item_id: item,
          decision,
          why: 'The newest wins.',
          before: null,
          after: null,
          receipt: phase === 'push' ? `PUT ${decision}` : null,
        })
        .execute();
    }
  });

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const explain = createExplain({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const { viewer: other } = await addUser(database, { name: 'Bo' });
  const { viewer: admin } = await addUser(database, { name: 'Eve', role: 'admin' });
  const tree = treeIn(database, NOW - 10 * DAY);
  const show = await tree.show(await tree.library('series'), [2]);
  const [first, second] = show.episodes[0]! as [MediaItemId, MediaItemId];
  const kodi = await server(database, 'kodi', 'kodi');
  const plex = await server(database, 'plex', 'plex');
  const onKodi = await addDevice(database, viewer, { name: 'kodi' });
  const accounts = {
    kodi: await link(database, kodi, onKodi, 'box'),
    plex: await link(database, plex, await addDevice(database, viewer, { name: 'plex', isolation: 'quiet' }), 'ada'),
    others: await link(database, plex, await addDevice(database, other, { name: 'plex of Bo' }), 'bo'),
  };
  await database.transaction((tx) =>
    activity.recordRemote(tx, onKodi, first, { watched: { value: true, at: NOW - HOUR } }),
  );
  return { database, explain, viewer, other, admin, kodi, plex, accounts, first, second };
};

eachDatabase('explaining with media servers', (make) => {
  test('tells what each account of the person shows, and what was taken from it and written to it', async () => {
    const { database, explain, viewer, other, admin, kodi, plex, accounts, first, second } = await house(await make());
    await shows(database, accounts.kodi, await copy(database, kodi, 'episode:1', first, second), null);
    const onPlex = await copy(database, plex, '77', first);
    await shows(database, accounts.others, onPlex, '{}');
    await decide(database, plex, [
      { account: accounts.kodi, item: first, decision: 'taken', phase: 'pull' },
      { account: accounts.plex, item: first, decision: 'written', phase: 'push' },
      { account: accounts.plex, item: first, decision: 'matched', phase: 'match' },
      { account: accounts.others, item: first, decision: 'partial', phase: 'push' },
      { account: accounts.plex, item: second, decision: 'failed', phase: 'push' },
    ]);
    const found = await explain.of(viewer, first);
    expect(found.rule).toBe('The newest mark wins: set watched on kodi, 3 May 2026, 18:00, on itself.');
    expect(found.accounts).toMatchObject([
      {
        account: { clientName: 'kodi', clientKind: 'kodi', name: 'box', isolation: 'loud' },
        copies: [{ remoteId: 'episode:1', shown: { watched: true, playCount: 2, rating: 7.5, unsure: false } }],
      },
      { account: { clientName: 'plex', isolation: 'quiet' }, copies: [{ remoteId: '77', shown: null }] },
    ]);
    expect(found.exchanged).toMatchObject([
      { account: { clientName: 'plex' }, decision: 'written', phase: 'push', receipt: 'PUT written' },
      { account: { clientName: 'kodi' }, decision: 'taken', phase: 'pull', receipt: null },
    ]);
    expect((await explain.of(other, first)).accounts).toMatchObject([
      { account: { name: 'bo' }, copies: [{ shown: { unsure: true } }] },
    ]);
    expect((await explain.of(other, first)).exchanged).toMatchObject([{ decision: 'partial' }]);
    expect((await explain.of(admin, first, viewer.userId)).exchanged).toEqual(found.exchanged);
    expect((await explain.of(admin, first)).accounts).toEqual([]);
    await expect(explain.of(other, first, viewer.userId)).rejects.toMatchObject({ code: 'forbidden' });
    // The second half of a double episode is on that copy as well.
    expect((await explain.of(viewer, second)).accounts).toMatchObject([{ copies: [{ remoteId: 'episode:1' }] }]);
  });

  test('answers as its schema says, without a secret, and is bounded', async () => {
    const { database, explain, viewer, plex, accounts, first } = await house(await make());
    await shows(database, accounts.plex, await copy(database, plex, '77', first), null);
    const entry = { account: accounts.plex, item: first, decision: 'written', phase: 'push' } as const;
    await decide(database, plex, Array(60).fill(entry));
    const [route] = explainRoutes(explain);
    const answer = await route!.handle({ viewer, params: { id: first }, query: {} } as never);
    const schema = Compile(route!.response!);
    expect([...schema.Errors(answer)]).toEqual([]);
    expect(answer).toMatchObject({
      state: { markedAt: '2026-05-03T18:00:00.000Z' },
      accounts: [{ copies: [{ shown: { seenAt: '2026-05-03T19:00:00.000Z' } }] }],
    });
    expect((answer as { exchanged: unknown[] }).exchanged).toHaveLength(50);
    expect(JSON.stringify(answer)).not.toMatch(/secret|invalid/);
  });
});
