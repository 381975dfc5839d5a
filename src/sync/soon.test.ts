import { expect, onTestFinished, test, vi } from 'vitest';
import { MINUTE, manualClock } from '#kernel/clock.ts';
import { conflict, unavailable } from '#kernel/errors.ts';
import { createEventBus } from '#kernel/events.ts';
import { asId, type ClientAccountId, type ClientId } from '#kernel/ids.ts';
import { makeSqlite } from '../../test/support/databases.ts';
import type { Glance } from './quick.ts';
import { createSoon, type Soon } from './soon.ts';

const KODI = asId<ClientId>(1);
const ACCOUNT = asId<ClientAccountId>(1);
const clock = manualClock(Date.UTC(2026, 10, 21));

interface Looks {
  soon: Soon;
  taken: Glance[];
  /** What the next looks fail with. */
  faults: Error[];
  /** Something there changed, as far as a notice tells. */
  hear(remoteId: string): void;
}

const watching = async (): Promise<Looks> => {
  const database = await makeSqlite();
  const taken: Glance[] = [];
  const faults: Error[] = [];
  const soon = createSoon({
    database,
    clock,
    bus: createEventBus(),
    glance: async (_client, glance) => {
      taken.push(glance);
      const fault = faults.shift();
      if (fault) throw fault;
    },
    whole: async () => {},
    settleMs: 5,
  });
  onTestFinished(() => soon.close());
  return { soon, taken, faults, hear: (remoteId) => soon.read(KODI, ACCOUNT, remoteId) };
};

const many = (looks: Looks, count: number) => vi.waitFor(() => expect(looks.taken).toHaveLength(count));
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

test('what is told in one moment is looked at together', async () => {
  const looks = await watching();
  looks.hear('movie:1');
  looks.hear('movie:2');
  looks.hear('movie:1');
  await settled();
  expect(looks.taken).toEqual([
    {
      read: [
        { accountId: ACCOUNT, remoteId: 'movie:1' },
        { accountId: ACCOUNT, remoteId: 'movie:2' },
      ],
      items: [],
    },
  ]);
});

test('a server that does not answer is left alone, and caught up with when it is there again', async () => {
  const looks = await watching();
  looks.faults.push(unavailable('It does not answer.'));
  looks.hear('movie:1');
  await many(looks, 1);
  looks.hear('movie:2');
  await settled();
  expect(looks.taken).toHaveLength(1);
  looks.soon.awake(KODI);
  await many(looks, 2);
  expect(looks.taken[1]).toEqual({ read: [], items: 'all' });
  // From then on it is as any other.
  looks.soon.awake(KODI);
  looks.hear('movie:3');
  await many(looks, 3);
  expect(looks.taken[2]).toMatchObject({ items: [] });
});

test('after its rest, too, all that changed meanwhile is looked for', async () => {
  const looks = await watching();
  looks.faults.push(unavailable('It does not answer.'));
  looks.hear('movie:1');
  await many(looks, 1);
  await settled();
  clock.advance(6 * MINUTE);
  looks.hear('movie:2');
  await many(looks, 2);
  expect(looks.taken[1]).toEqual({ read: [{ accountId: ACCOUNT, remoteId: 'movie:2' }], items: 'all' });
});

test('what comes while a run goes on elsewhere waits for its end', async () => {
  const looks = await watching();
  looks.faults.push(conflict('A run goes on.'), conflict('A run goes on.'));
  looks.hear('movie:1');
  await many(looks, 3);
  await settled();
  expect(looks.taken.map(({ read }) => read.map(({ remoteId }) => remoteId))).toEqual([
    ['movie:1'],
    ['movie:1'],
    ['movie:1'],
  ]);
});
