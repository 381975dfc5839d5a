import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LocalStanding } from '#activity/standings/standings.ts';
import { MINUTE } from '#kernel/clock.ts';
import { type Capabilities, type StandingChange, standingFields } from './media-server.ts';
import { BLANK, type Shadow } from './merge.ts';
import { planPush } from './push-plan.ts';

const all: Capabilities = {
  kinds: ['movie'],
  accounts: 'several',
  reads: standingFields,
  writes: standingFields,
  opinionKinds: [],
  positionStepMs: 1,
  ratingStep: 0.5,
  pageSize: 500,
};
const NOW = 1_700_000_000_000;

const local = (state: Partial<NonNullable<LocalStanding['state']>> = {}, opinion = {}): LocalStanding => ({
  state: { watched: false, watchedAt: null, position: null, playCount: 0, lastPlayedAt: null, ...state },
  opinion: { favourite: false, favouriteAt: null, rating: null, ratedAt: null, ...opinion },
});
const shown = (more: Partial<Shadow>): Shadow => ({ ...BLANK, ...more });
const plan = (standing: LocalStanding, shadow?: Shadow, asked: string | null = null, capabilities = all) =>
  planPush(standing, { kind: 'movie', shadow, asked }, capabilities);

const seen = { watched: true, watchedAt: NOW, playCount: 1, lastPlayedAt: NOW };

describe('what is asked of a server', () => {
  test('nothing about what nobody here ever touched, whatever it shows', () => {
    expect(plan(local(), shown({ watched: true, playCount: 2 }))).toBeUndefined();
  });

  test('watched with its date and count, and nowhere in it', () => {
    expect(plan(local(seen))?.change).toEqual({ watched: { value: true, at: NOW, playCount: 1 }, position: null });
  });

  test('nothing when it shows that already, but it is remembered', () => {
    const done = plan(local(seen), shown({ watched: true, playCount: 1, lastPlayedAt: NOW }));
    expect(done?.change).toBeUndefined();
    expect(done?.asked).toEqual(expect.any(String));
  });

  test('unwatched only when somebody here said so, or said watched before and took it back', () => {
    const theirs = shown({ watched: true, playCount: 1 });
    expect(plan(local({ watchedAt: NOW }), theirs)?.change?.watched).toEqual({ value: false });
    expect(plan(local({}, { favourite: true, favouriteAt: NOW }), theirs)?.change?.watched).toBeUndefined();
    const asked = plan(local(seen), theirs)?.asked ?? null;
    expect(plan(local(), theirs, asked)?.change?.watched).toEqual({ value: false });
  });

  test('a position, but not one that differs by seconds', () => {
    const at = (positionMs: number) => ({ positionMs, durationMs: 100 * MINUTE, at: NOW });
    const half = local({ position: at(50 * MINUTE), lastPlayedAt: NOW });
    expect(plan(half)?.change).toEqual({ position: at(50 * MINUTE) });
    expect(plan(half, shown({ positionMs: 50 * MINUTE + 4000 }))?.change).toBeUndefined();
  });

  test('seen once more is told where the server can be told dates or counts', () => {
    const again = local({ ...seen, playCount: 2, lastPlayedAt: NOW + 60 * MINUTE });
    const theirs = shown({ watched: true, playCount: 1, lastPlayedAt: NOW });
    expect(plan(again, theirs)?.change?.watched).toEqual({ value: true, at: NOW + 60 * MINUTE, playCount: 2 });
    const plex = {
      ...all,
      writes: standingFields.filter((field) => field !== 'playCount' && field !== 'lastPlayedAt'),
    };
    expect(plan(again, theirs, null, plex)?.change).toBeUndefined();
  });

  test('ratings in the server’s steps, favourites only where there are any', () => {
    const rated = local({}, { rating: 7.5, ratedAt: NOW, favourite: true, favouriteAt: NOW });
    expect(plan(rated, undefined, null, { ...all, ratingStep: 2 })?.change).toEqual({ favourite: true, rating: 8 });
    const kodi = { ...all, ratingStep: 1, writes: standingFields.filter((field) => field !== 'favourite') };
    expect(plan(rated, shown({ rating: 8 }), null, kodi)?.change).toBeUndefined();
  });
});

const instant = fc.integer({ min: NOW - 1e9, max: NOW });
const anyLocal = fc.record({
  watched: fc.boolean(),
  watchedAt: fc.option(instant),
  position: fc.option(fc.integer({ min: MINUTE, max: 80 * MINUTE })),
  playCount: fc.nat({ max: 3 }),
  lastPlayedAt: fc.option(instant),
  favourite: fc.boolean(),
  favouriteAt: fc.option(instant),
  rating: fc.option(fc.integer({ min: 1, max: 20 })),
  ratedAt: fc.option(instant),
});
const anyShadow = fc.option(
  fc.record({
    watched: fc.boolean(),
    playCount: fc.nat({ max: 3 }),
    positionMs: fc.option(fc.integer({ min: 0, max: 80 * MINUTE })),
    lastPlayedAt: fc.option(instant),
    favourite: fc.option(fc.boolean()),
    rating: fc.option(fc.integer({ min: 1, max: 10 })),
  }),
  { nil: undefined },
);

const standingOf = (any: typeof anyLocal extends fc.Arbitrary<infer T> ? T : never): LocalStanding => {
  const { favourite, favouriteAt, rating, ratedAt, position, ...state } = any;
  const watchedAt = state.watched ? (state.watchedAt ?? NOW) : state.watchedAt;
  return local(
    { ...state, watchedAt, position: position === null ? null : { positionMs: position, durationMs: null, at: NOW } },
    {
      favourite: favourite && favouriteAt !== null,
      favouriteAt,
      rating: ratedAt === null ? null : rating && rating / 2,
      ratedAt,
    },
  );
};

/** A server that keeps all that it is told. */
const after = (shadow: Shadow, change: StandingChange): Shadow => ({
  watched: change.watched?.value ?? shadow.watched,
  playCount: change.watched?.value ? change.watched.playCount : change.watched ? 0 : shadow.playCount,
  lastPlayedAt: change.watched?.value ? change.watched.at : shadow.lastPlayedAt,
  positionMs: change.position === undefined ? shadow.positionMs : (change.position?.positionMs ?? null),
  favourite: change.favourite ?? shadow.favourite,
  rating: change.rating === undefined ? shadow.rating : change.rating,
});

describe('always', () => {
  test('what was asked and kept is not asked again, and what was asked is so', () => {
    fc.assert(
      fc.property(anyLocal, anyShadow, (any, shadow) => {
        const standing = standingOf(any);
        const first = plan(standing, shadow);
        if (!first) return;
        const then = first.change ? after(shadow ?? BLANK, first.change) : shadow;
        expect(plan(standing, then, first.asked)).toBeUndefined();
        // Also without memory: the server shows what we want.
        expect(plan(standing, then)?.change).toBeUndefined();
        if (standing.state?.watched) expect(then?.watched).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing is asked that the server cannot keep', () => {
    fc.assert(
      fc.property(anyLocal, anyShadow, fc.subarray([...standingFields]), (any, shadow, writes) => {
        const change = plan(standingOf(any), shadow, null, { ...all, writes })?.change ?? {};
        if (change.watched?.value === true) expect(writes).toContain('watched');
        if (change.watched?.value === false) expect(writes).toContain('unwatched');
        if (change.position !== undefined) expect(writes).toContain('position');
        if (change.favourite !== undefined) expect(writes).toContain('favourite');
        if (change.rating !== undefined) expect(writes).toContain('rating');
      }),
    );
  });
});
