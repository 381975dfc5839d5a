import { describe, expect, test } from 'vitest';
import type { StandingField } from '#sync/media-server.ts';
import type { Inside } from './media-server.ts';
import { leafKinds, never } from './media-server-reading.ts';

const AT = Date.UTC(2026, 9, 3, 20, 15, 30);

/** What the vendor's own app does is seen. */
export const watching = (inside: Inside): void => {
  const setUp = () => {
    const { connect, account, shelf, hand, lacks = [] } = inside();
    const server = connect();
    const [leaf, other] = leafKinds(server).flatMap((kind) => shelf[kind] ?? []);
    const tells = (field: StandingField) => server.capabilities.reads.includes(field) && !lacks.includes(field);
    const standing = async () => (await server.standing(account, leaf!, never))!;
    return { server, account, hand, leaf: leaf!, other: other!, tells, standing };
  };

  describe("what the vendor's own app does", () => {
    test('watching and unwatching', async () => {
      const { hand, leaf, tells, standing } = setUp();
      if (!hand.watch || !tells('watched')) return;
      await hand.watch(leaf, AT);
      const { state } = await standing();
      expect(state).toMatchObject({ watched: true, playCount: 1 });
      if (tells('lastPlayedAt')) expect(state?.lastPlayedAt).toBeGreaterThanOrEqual(AT - 999);
      if (!hand.unwatch) return;
      await hand.unwatch(leaf);
      expect((await standing()).state).toMatchObject({ watched: false, playCount: 0 });
    });

    test('stopping in the middle', async () => {
      const { server, hand, leaf, tells, standing } = setUp();
      if (!hand.stopAt || !tells('position')) return;
      await hand.stopAt(leaf, 42_000);
      const { state } = await standing();
      expect(state?.watched).toBe(false);
      const told = state?.position?.positionMs ?? 0;
      expect(Math.abs(told - 42_000)).toBeLessThanOrEqual(server.capabilities.positionStepMs);
    });

    test('rating and favouring', async () => {
      const { hand, leaf, tells, standing } = setUp();
      if (hand.rate && tells('rating')) {
        await hand.rate(leaf, 8);
        expect((await standing()).opinion?.rating).toBe(8);
        await hand.rate(leaf, null);
        expect((await standing()).opinion?.rating).toBeNull();
      }
      if (hand.favourite && tells('favourite')) {
        await hand.favourite(leaf, true);
        expect((await standing()).opinion?.favourite).toBe(true);
        await hand.favourite(leaf, false);
        expect((await standing()).opinion?.favourite).toBe(false);
      }
    });

    test('playing', async () => {
      const { server, account, hand, leaf } = setUp();
      expect(await server.playing(account, never)).toEqual([]);
      if (!hand.play) return;
      const stop = await hand.play(leaf);
      const [session, ...more] = await server.playing(account, never);
      expect(more).toEqual([]);
      expect(session?.remoteId).toBe(leaf);
      if (session?.accountId !== null) expect(session?.accountId).toBe(account.remoteId);
      await stop();
      expect(await server.playing(account, never)).toEqual([]);
    });

    test('is among what changed since, with how it stands', async () => {
      const { server, account, hand, leaf, tells } = setUp();
      if (!server.changedSince || !hand.watch || !tells('watched')) return;
      await hand.watch(leaf, AT);
      const changed = await all(server.changedSince(account, AT - 60_000, never));
      expect(changed.filter(({ remoteId }) => remoteId === leaf)).toMatchObject([
        { remoteId: leaf, ...(await server.standing(account, leaf, never)) },
      ]);
      if (!tells('lastPlayedAt')) return;
      const later = await all(server.changedSince(account, AT + 10 * 365 * 86_400_000, never));
      expect(later.filter(({ remoteId }) => remoteId === leaf)).toEqual([]);
    });

    test('is among the plays written down', async () => {
      const { server, account, hand, leaf, other } = setUp();
      if (!server.plays || !hand.watch) return;
      await hand.watch(leaf, AT);
      await hand.watch(other, AT + 60_000);
      const plays = await all(server.plays(account, null, never));
      expect(plays.map(({ remoteId }) => remoteId).toSorted()).toEqual([leaf, other].toSorted());
      expect(new Set(plays.map(({ key }) => key)).size).toBe(2);
      expect(await all(server.plays(account, null, never))).toEqual(plays);
    });
  });
};

const all = async <T>(pages: AsyncIterable<T[]>): Promise<T[]> => {
  const given: T[] = [];
  for await (const page of pages) given.push(...page);
  return given;
};
