import { describe, expect, test } from 'vitest';
import type { Instant } from '#kernel/clock.ts';
import type { RemoteState, Standing, StandingChange, StandingField, Written } from '#sync/media-server.ts';
import type { Inside } from './media-server.ts';
import { leafKinds, never } from './media-server-reading.ts';

const AT: Instant = Date.UTC(2026, 9, 3, 20, 15, 30);

/** What becomes of changes: kept as promised or named as dropped, and never more than once. */
export const writing = (inside: Inside): void => {
  const setUp = () => {
    const { connect, account, shelf, lacks = [], secrets } = inside();
    const server = connect();
    const [leaf, other] = leafKinds(server).flatMap((kind) => shelf[kind] ?? []);
    const keeps = (field: StandingField) => server.capabilities.writes.includes(field) && !lacks.includes(field);
    const write = async (change: StandingChange, remoteId = leaf!): Promise<Written & { after: Standing }> => {
      const written = await server.write(account, remoteId, change, never);
      checkWritten(written, change);
      for (const secret of secrets) expect(written.receipt).not.toContain(secret);
      expect(written.after).toEqual(await server.standing(account, remoteId, never));
      return written as Written & { after: Standing };
    };
    const standing = async (remoteId = leaf!) => (await server.standing(account, remoteId, never))!;
    return { server, account, leaf: leaf!, other: other!, keeps, write, standing };
  };

  const expectKept = (written: Written, field: StandingField, keeps: boolean) =>
    expect(written.dropped.includes(field), `${field} dropped`).toBe(!keeps);

  describe('writing', () => {
    test('watched, with its date', async () => {
      const { keeps, write } = setUp();
      const written = await write({ watched: { value: true, at: AT, playCount: 1 } });
      expectKept(written, 'watched', keeps('watched'));
      expectKept(written, 'lastPlayedAt', keeps('lastPlayedAt'));
      if (!keeps('watched')) return;
      expect(written.after.state).toMatchObject({ watched: true, position: null });
      expect(written.after.state?.playCount).toBeGreaterThanOrEqual(1);
      if (keeps('lastPlayedAt')) expect(secondsOf(written.after.state)).toBe(Math.floor(AT / 1000));
    });

    test('how often it was watched', async () => {
      const { keeps, write } = setUp();
      await write({ watched: { value: true, at: AT, playCount: 1 } });
      const written = await write({ watched: { value: true, at: AT + 86_400_000, playCount: 3 } });
      expectKept(written, 'playCount', keeps('playCount'));
      if (keeps('playCount')) expect(written.after.state?.playCount).toBe(3);
    });

    test('never fewer plays than it has, and an older date is no newer one', async () => {
      const { keeps, write } = setUp();
      if (!keeps('watched')) return;
      const first = await write({ watched: { value: true, at: AT, playCount: keeps('playCount') ? 3 : 1 } });
      const written = await write({ watched: { value: true, at: AT, playCount: 1 } });
      expect(written.after.state?.playCount).toBe(first.after.state?.playCount);
    });

    test('unwatched', async () => {
      const { keeps, write } = setUp();
      await write({ watched: { value: true, at: AT, playCount: 1 } });
      const written = await write({ watched: { value: false } });
      if (!keeps('watched')) return;
      expectKept(written, 'unwatched', keeps('unwatched'));
      expect(written.after.state?.watched).toBe(!keeps('unwatched'));
      if (!keeps('unwatched')) expect(written.outcome).toBe('unsupported');
    });

    test('where one stopped, and nowhere again', async () => {
      const { server, keeps, write } = setUp();
      const position = { positionMs: 41_500, durationMs: 100_000, at: AT };
      const written = await write({ position });
      expectKept(written, 'position', keeps('position'));
      if (!keeps('position')) return;
      const told = written.after.state?.position?.positionMs ?? 0;
      expect(Math.abs(told - 41_500)).toBeLessThanOrEqual(server.capabilities.positionStepMs);
      expect(written.after.state?.watched).toBe(false);
      const cleared = await write({ position: null });
      expect(cleared).toMatchObject({ outcome: 'written', after: { state: { position: null } } });
    });

    test('a favourite, and none again', async () => {
      const { keeps, write } = setUp();
      const written = await write({ favourite: true });
      expectKept(written, 'favourite', keeps('favourite'));
      if (!keeps('favourite')) return;
      expect(written.after.opinion?.favourite).toBe(true);
      expect((await write({ favourite: false })).after.opinion?.favourite).toBe(false);
    });

    test.each([10, 7.5, 1, 0.5])('the rating %d, and none again', async (rating) => {
      const { server, keeps, write } = setUp();
      const written = await write({ rating });
      expectKept(written, 'rating', keeps('rating'));
      if (!keeps('rating')) return;
      const step = server.capabilities.ratingStep ?? 0;
      expect(Math.abs((written.after.opinion?.rating ?? 0) - rating)).toBeLessThanOrEqual(
        Math.max(step / 2, step - rating),
      );
      expect(written.after.opinion?.rating).toBeGreaterThan(0);
      expect((await write({ rating: null })).after.opinion?.rating).toBeNull();
    });

    test('everything at once, and nothing of anything else', async () => {
      const { keeps, write, standing, other } = setUp();
      const before = await standing(other);
      const change: StandingChange = { watched: { value: true, at: AT, playCount: 1 }, favourite: true, rating: 8 };
      const { dropped, after } = await write(change);
      const should = fieldsOf(change).filter((field) => field !== 'playCount' && !keeps(field));
      expect(dropped.filter((field) => field !== 'playCount').toSorted()).toEqual(should.toSorted());
      if (keeps('favourite')) expect(after.opinion?.favourite).toBe(true);
      if (keeps('rating')) expect(after.opinion?.rating).toBe(8);
      expect(await standing(other)).toEqual(before);
    });

    test('the same twice is the same as once', async () => {
      const { write } = setUp();
      const changes: StandingChange[] = [
        { watched: { value: true, at: AT, playCount: 2 } },
        { favourite: true, rating: 6 },
        { position: { positionMs: 30_000, durationMs: 100_000, at: AT + 1000 } },
        { position: null, favourite: false, rating: null },
      ];
      for (const change of changes) {
        const once = await write(change);
        expect((await write(change)).after, JSON.stringify(change)).toEqual(once.after);
      }
    });

    test('opinions of what is no leaf, where they are kept', async () => {
      const { server, write } = setUp();
      const { shelf, lacks = [] } = inside();
      for (const kind of server.capabilities.opinionKinds) {
        const [remoteId] = shelf[kind] ?? [];
        if (remoteId === undefined || lacks.includes('favourite') || !server.capabilities.writes.includes('favourite'))
          continue;
        const written = await write({ favourite: true }, remoteId);
        expect(written).toMatchObject({ outcome: 'written', after: { opinion: { favourite: true } } });
        expect(written.after.state).toBeUndefined();
        expect((await write({ favourite: false }, remoteId)).after.opinion?.favourite).toBe(false);
      }
    });

    test('to what is not there', async () => {
      const { server, account } = setUp();
      const change: StandingChange = { watched: { value: true, at: AT, playCount: 1 }, favourite: true };
      expect(await server.write(account, inside().unknown, change, never)).toMatchObject({
        outcome: 'gone',
        after: null,
      });
    });

    test('to what is no longer there', async () => {
      const { server, account, leaf } = setUp();
      const { hand } = inside();
      if (!hand.remove) return;
      await hand.remove(leaf);
      expect(await server.standing(account, leaf, never)).toBeNull();
      expect(await server.write(account, leaf, { favourite: true }, never)).toMatchObject({
        outcome: 'gone',
        after: null,
      });
    });
  });
};

const secondsOf = (state: RemoteState | undefined) => Math.floor((state?.lastPlayedAt ?? 0) / 1000);

/** What a change speaks of. */
const fieldsOf = ({ watched, position, favourite, rating }: StandingChange): StandingField[] => [
  ...(watched?.value === true ? (['watched', 'playCount', 'lastPlayedAt'] as const) : []),
  ...(watched?.value === false ? (['unwatched'] as const) : []),
  ...(position !== undefined ? (['position'] as const) : []),
  ...(favourite !== undefined ? (['favourite'] as const) : []),
  ...(rating !== undefined ? (['rating'] as const) : []),
];

/** The outcome says what `dropped` says, and only what was asked can be dropped. */
const checkWritten = ({ outcome, dropped }: Written, change: StandingChange): void => {
  const fields = fieldsOf(change);
  expect(fields).toEqual(expect.arrayContaining(dropped));
  expect(new Set(dropped).size).toBe(dropped.length);
  const whole = dropped.length === 0 ? 'written' : 'partial';
  // What cannot be marked cannot be counted or dated either, named or not.
  const main = fields.filter((field) => field !== 'playCount' && field !== 'lastPlayedAt');
  expect(outcome).toBe(main.every((field) => dropped.includes(field)) ? 'unsupported' : whole);
};
