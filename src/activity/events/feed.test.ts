import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR, manualClock } from '#kernel/clock.ts';
import type { Change } from '#kernel/events.ts';
import { asId } from '#kernel/ids.ts';
import { isolationModes, type Viewer, writeScopes } from '#kernel/viewer.ts';
import { openGrants } from '../../../test/support/people.ts';
import { createFeed, MOST_KEPT } from './feed.ts';

const GROUP = 100;

const viewer = (device: number, isolation: Viewer['isolation'] = 'loud'): Viewer => ({
  userId: asId(1),
  userName: 'Ada',
  role: 'user',
  timeZone: 'UTC',
  deviceUserId: asId(device),
  isolation,
  ownScope: asId(device),
  groupScope: asId(GROUP),
  grants: openGrants,
  sessionId: null,
});

const change = (item: number, by = viewer(1)): Change => ({
  userId: by.userId,
  scopes: writeScopes(by),
  kind: 'state',
  itemId: asId(item),
  deviceUserId: by.deviceUserId,
  at: 0,
});

test('a feed takes what its device user reads: the isolation table of the domain', () => {
  for (const mine of isolationModes) {
    for (const others of isolationModes) {
      const feed = createFeed(viewer(1, mine), 'f', manualClock(0));
      feed.offer(change(1, viewer(2, others)));
      const groupSees = others === 'loud' || others === 'shout';
      const seesGroup = mine === 'loud' || mine === 'quiet';
      expect(feed.newest, `${mine} hears ${others}`).toBe(groupSees && seesGroup ? 1 : 0);
      feed.offer(change(1, viewer(1, mine)));
      expect(feed.newest, `${mine} hears itself`).toBe(groupSees && seesGroup ? 2 : 1);
    }
  }
});

test('what concerns all devices concerns every feed', () => {
  for (const mine of isolationModes) {
    const feed = createFeed(viewer(1, mine), 'f', manualClock(0));
    feed.offer({ ...change(1, viewer(2)), scopes: null });
    expect(feed.newest).toBe(1);
  }
});

test('from any place it tells exactly what came after, or that it is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constant(-1)), { maxLength: 15 }),
      fc.integer({ min: 1, max: 300 }),
      (steps, most) => {
        const clock = manualClock(0);
        const feed = createFeed(viewer(1), 'f', clock);
        const all: { number: number; item: number; at: number }[] = [];
        for (const step of steps) {
          if (step < 0) clock.advance(HOUR / 3);
          for (let index = 0; index < step; index++) {
            const number = all.length + 1;
            all.push({ number, item: number * 7, at: clock.now() });
            feed.offer(change(number * 7));
          }
        }
        const kept = all.filter(({ at }) => clock.now() - at < HOUR).slice(-MOST_KEPT);
        const lost = all.length - kept.length;
        for (const place of [0, lost - 1, lost, lost + 1, all.length - 1, all.length].filter((place) => place >= 0)) {
          if (place > all.length) continue;
          const told = feed.after(place, most)?.map(({ number, change: { itemId } }) => [number, itemId]);
          const right = all.slice(place, place + most).map(({ number, item }) => [number, item]);
          expect(told).toEqual(place < lost ? undefined : right);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('only ids that it gave out itself are its own', () => {
  const feed = createFeed(viewer(1), 'a-b', manualClock(0));
  feed.offer(change(1));
  expect(feed.numberOf(feed.idAt(1))).toBe(1);
  expect(feed.numberOf(feed.idAt(0))).toBe(0);
  const other = createFeed(viewer(1), 'a-c', manualClock(0)).idAt(0);
  for (const id of [other, feed.idAt(2), 'a-b', 'a-b-', 'a-b--1', 'a-b-1.5', 'a-b-1e0', '', `a-b-${'9'.repeat(50)}`]) {
    expect(feed.numberOf(id), id).toBeUndefined();
  }
});
