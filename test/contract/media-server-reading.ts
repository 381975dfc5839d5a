import { describe, expect, test } from 'vitest';
import type { MediaServer, RemoteItem, RemoteKind, RemotePage } from '#sync/media-server.ts';
import type { House, Inside } from './media-server.ts';

export const never = new AbortController().signal;

/** Who it is, whom it knows and what it holds. */
export const reading = (inside: Inside): void => {
  test('verify tells who it is, the same each time', async () => {
    const facts = await inside().connect().verify(never);
    expect(facts.version).not.toBe('');
    expect(facts.serverId).not.toBe('');
    expect(await inside().connect().verify(never)).toEqual(facts);
  });

  test('accounts hold the one that is read, once', async () => {
    const server = inside().connect();
    const accounts = await server.accounts(never);
    const ids = accounts.map(({ remoteId }) => remoteId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(inside().account.remoteId);
    expect(accounts.every(({ name }) => name !== '')).toBe(true);
    expect(accounts.filter(({ own }) => own).length).toBeLessThanOrEqual(1);
    if (server.capabilities.accounts === 'single') expect(accounts).toHaveLength(1);
    if (!server.enter) expect(accounts.filter(({ entry }) => entry === 'pin' || entry === 'open')).toEqual([]);
  });

  test('libraries are told apart, and their items are among all items', async () => {
    const { connect, account } = inside();
    const server = connect();
    const libraries = await server.libraries(account, never);
    const ids = libraries.map(({ remoteId }) => remoteId);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    for (const kind of leafKinds(server)) {
      const all = idsOf(await read(inside(), kind, server));
      const ofAll = idsOf((await pages(inside(), kind, { libraries: ids }, server)).flatMap(({ items }) => items));
      expect(ofAll.toSorted()).toEqual(all.toSorted());
    }
  });

  test('items: all of the shelf, each once, after what it hangs from, counted', async () => {
    const house = inside();
    const server = house.connect();
    const known = new Set<string>();
    for (const kind of server.capabilities.kinds) {
      const given = await pages(house, kind, {}, server);
      let done = 0;
      for (const page of given) {
        expect(page.done).toBeGreaterThanOrEqual(done);
        expect(page.total).toBe(given[0]?.total);
        done = page.done;
        for (const item of page.items) checkItem(item, kind, known);
      }
      expect(done).toBe(given.at(-1)?.total ?? 0);
      const own = given.flatMap(({ items }) => items).filter((item) => item.kind === kind);
      const expected = house.shelf[kind];
      if (expected) expect(idsOf(own).toSorted()).toEqual(expected.toSorted());
    }
  });

  test('items come in the same order again, and go on where they were left', async () => {
    const server = inside().connect();
    for (const kind of server.capabilities.kinds) {
      const given = await pages(inside(), kind, {}, server);
      const own = given.map(({ items }) => idsOf(items.filter((item) => item.kind === kind)));
      const all = own.flat();
      expect(idsOf((await read(inside(), kind)).filter((item) => item.kind === kind))).toEqual(all);
      const restOf = async (from: number) =>
        idsOf(
          (await pages(inside(), kind, { from })).flatMap(({ items }) => items.filter((item) => item.kind === kind)),
        );
      for (const [index, { done }] of given.entries()) {
        expect(await restOf(done), `${kind} from ${done}`).toEqual(own.slice(index + 1).flat());
      }
      // Only where every entry is an item can it be said which are left in the middle of a page.
      if (all.length > 1 && all.length === given[0]?.total) expect(await restOf(1), kind).toEqual(all.slice(1));
    }
  });

  test('standing is what items told', async () => {
    const { connect, account, shelf, hand } = inside();
    const server = connect();
    const [first] = leafKinds(server).flatMap((kind) => shelf[kind] ?? []);
    await hand.watch?.(first!, Date.UTC(2026, 9, 3, 20, 15));
    await hand.rate?.(first!, 8);
    for (const kind of server.capabilities.kinds) {
      for (const item of await read(inside(), kind, server)) {
        if (!shelf[kind]?.includes(item.remoteId)) continue;
        const { state, opinion } = item as RemoteItem & { state?: unknown };
        const told = { ...(state ? { state } : {}), ...(opinion ? { opinion } : {}) };
        expect(await server.standing(account, item.remoteId, never), item.remoteId).toEqual(told);
      }
    }
  });

  test('what is not there stands nowhere', async () => {
    const { connect, account, unknown } = inside();
    expect(await connect().standing(account, unknown, never)).toBeNull();
  });

  describe('fails clearly', () => {
    test('with wrong credentials', async () => {
      const { connect, wrong, secrets } = inside();
      const failed = await connect(wrong)
        .verify(never)
        .catch((error: Error) => error);
      expect(failed).toMatchObject({ name: 'ConnectorError', fault: 'unauthorized' });
      for (const secret of secrets) expect(String((failed as Error).message)).not.toContain(secret);
    });

    test('where nothing listens', async () => {
      const failed = inside().connect({ address: 'http://127.0.0.1:1' }).verify(never);
      await expect(failed).rejects.toMatchObject({ name: 'ConnectorError', fault: 'unreachable' });
    });

    test('when the caller gave up: with the reason', async () => {
      const { connect, account, unknown } = inside();
      const server = connect();
      const gone = AbortSignal.abort(new Error('enough'));
      const [kind] = server.capabilities.kinds;
      const first = async () => {
        for await (const page of server.items({ kind: kind!, account }, gone)) return page;
      };
      await expect(server.verify(gone)).rejects.toThrow('enough');
      await expect(server.standing(account, unknown, gone)).rejects.toThrow('enough');
      await expect(server.write(account, unknown, { favourite: true }, gone)).rejects.toThrow('enough');
      await expect(server.playing(account, gone)).rejects.toThrow('enough');
      await expect(first()).rejects.toThrow('enough');
    });
  });
};

const LEAVES: RemoteKind[] = ['movie', 'episode', 'track'];
export const leafKinds = (server: MediaServer): RemoteKind[] =>
  server.capabilities.kinds.filter((kind) => LEAVES.includes(kind));

export const idsOf = (items: RemoteItem[]): string[] => items.map(({ remoteId }) => remoteId);

const pages = async (
  { connect, account }: House,
  kind: RemoteKind,
  more: { from?: number; libraries?: string[] } = {},
  server: MediaServer = connect(),
): Promise<RemotePage[]> => {
  const given: RemotePage[] = [];
  for await (const page of server.items({ kind, account, ...more }, never)) {
    const own = page.items.filter((item) => item.kind === kind);
    expect(own.length).toBeLessThanOrEqual(server.capabilities.pageSize);
    given.push(page);
  }
  return given;
};

export const read = async (house: House, kind: RemoteKind, server?: MediaServer): Promise<RemoteItem[]> =>
  (await pages(house, kind, {}, server)).flatMap(({ items }) => items);

/** What a page's items hang from may be given again with them. */
const checkItem = (item: RemoteItem, asked: RemoteKind, known: Set<string>): void => {
  if (item.kind === asked) expect(known.has(item.remoteId), `${item.remoteId} twice`).toBe(false);
  if ('parentRemoteId' in item) expect(known, `what ${item.remoteId} hangs from`).toContain(item.parentRemoteId);
  known.add(item.remoteId);
  expect(item.facts.title.length).toBeLessThanOrEqual(500);
  if (item.kind !== 'season') expect(item.facts.title).not.toBe('');
  expect('state' in item).toBe(LEAVES.includes(item.kind));
  if (!('state' in item)) return;
  const { watched, playCount, position } = item.state;
  expect(Number.isInteger(playCount) && playCount >= 0).toBe(true);
  if (playCount > 0) expect(watched).toBe(true);
  if (position) expect(Number.isInteger(position.positionMs) && position.positionMs > 0).toBe(true);
};
