import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncomingEpisode } from '#catalog/incoming.ts';
import { MINUTE } from '#kernel/clock.ts';
import { type Capabilities, type RemoteState, standingFields } from '../media-server.ts';
import { pull, type RemoteEvent, type Shadow, seen } from '../merge.ts';
import { planPush } from '../push-plan.ts';
import { gather, type LeafStanding, partsOf, spread } from './parts.ts';

const NOW = Date.UTC(2026, 10, 21);
const FIRST_MS = 22 * MINUTE;

const double: IncomingEpisode = {
  title: 'Pilot',
  overview: 'It begins.',
  seasonNumber: 1,
  episodeNumber: 1,
  episodeNumberEnd: 2,
  runtimeMs: 44 * MINUTE,
  releasedAt: 5,
  externalIds: [{ provider: 'tvdb', value: '11' }],
};

describe('the episodes of a remote one', () => {
  test('a double one is each of its numbers, without the length of the whole', () => {
    expect(partsOf(double)).toEqual([
      {
        title: 'Pilot',
        overview: 'It begins.',
        seasonNumber: 1,
        episodeNumber: 1,
        releasedAt: 5,
        externalIds: [{ provider: 'tvdb', value: '11' }],
      },
      { title: '', seasonNumber: 1, episodeNumber: 2, releasedAt: 5, externalIds: [] },
    ]);
  });

  test('a single one is what was told, and a range that cannot be is its first', () => {
    const { episodeNumberEnd: _, ...single } = double;
    expect(partsOf(single)).toEqual([single]);
    expect(partsOf({ ...double, episodeNumberEnd: 1 })).toHaveLength(1);
    expect(partsOf({ ...double, episodeNumberEnd: 5 })).toHaveLength(5);
    expect(
      partsOf({ ...double, episodeNumberEnd: 6 }).map((part) => [part.episodeNumber, part.episodeNumberEnd]),
    ).toEqual([[1, undefined]]);
  });
});

describe('state of a double episode', () => {
  const two = { count: 2, firstMs: FIRST_MS };

  test('watched and unwatched are each item’s', () => {
    const event: RemoteEvent = { watched: { value: true, at: 5 }, plays: [{ at: 5, durationMs: 9, completed: true }] };
    const one = { watched: { value: true, at: 5 }, plays: [{ at: 5, completed: true }] };
    expect(spread(event, two)).toEqual([one, one]);
    expect(spread(event, { count: 1, firstMs: null })).toEqual([event]);
  });

  test('a position counts within the first item and nowhere else', () => {
    const at = (positionMs: number) => spread({ position: { positionMs, durationMs: 44 * MINUTE, at: 5 } }, two);
    expect(at(10 * MINUTE)).toEqual([{ position: { positionMs: 10 * MINUTE, durationMs: FIRST_MS, at: 5 } }, {}]);
    expect(at(30 * MINUTE)).toEqual([{ position: { positionMs: 0, at: 5 } }, {}]);
    expect(spread({ position: { positionMs: 1, at: 5 } }, { count: 2, firstMs: null })).toEqual([{}, {}]);
  });

  test('the whole is watched once all items are', () => {
    const [yes, no] = [leaf({ watched: true, watchedAt: 9, playCount: 2, lastPlayedAt: 9 }), leaf({ watchedAt: 4 })];
    const other = leaf({ watched: true, watchedAt: 7, playCount: 1, lastPlayedAt: 7 });
    expect(gather([yes, other], two, undefined).state).toEqual({
      watched: true,
      watchedAt: 9,
      position: null,
      playCount: 1,
      lastPlayedAt: 7,
    });
    expect(gather([yes, no], two, undefined).state).toMatchObject({ watched: false, watchedAt: 4, playCount: 0 });
    expect(gather([yes, leaf({})], two, undefined).state).toMatchObject({ watched: false, watchedAt: null });
  });

  test('a position in the second item is not told; one in the first is the file’s', () => {
    const standsAt = (positionMs: number) => leaf({ position: { positionMs, durationMs: FIRST_MS, at: 3 } });
    const shadow = { positionMs: 30 * MINUTE, favourite: null, rating: null };
    expect(gather([leaf({}), standsAt(5)], two, shadow).state.position?.positionMs).toBe(30 * MINUTE);
    expect(gather([standsAt(5 * MINUTE), leaf({})], two, shadow).state.position).toEqual({
      positionMs: 5 * MINUTE,
      durationMs: null,
      at: 3,
    });
    expect(gather([leaf({}), leaf({})], two, { ...shadow, positionMs: 5 * MINUTE }).state.position).toBeNull();
    expect(gather([leaf({}), leaf({})], two, shadow).state.position?.positionMs).toBe(30 * MINUTE);
  });

  test('opinions that differ are left as they are there', () => {
    const rated = (rating: number | null) => leaf({}, { rating, ratedAt: 3 });
    const shadow = { positionMs: null, favourite: null, rating: 5 };
    expect(gather([rated(8), rated(8)], two, shadow).opinion).toMatchObject({ rating: 8, ratedAt: 3 });
    expect(gather([rated(8), rated(null)], two, shadow).opinion).toMatchObject({ rating: 5, ratedAt: null });
  });

  test('what was just taken makes no write that it would not make of a single one', () => {
    fc.assert(
      fc.property(
        fc.array(remoteStates, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 2, max: 5 }),
        fc.option(fc.constant(FIRST_MS), { nil: null }),
        (told, count, firstMs) => {
          const items = Array.from({ length: count }, () => leaf({}));
          const single = leaf({});
          let shadow: Shadow | undefined;
          let asked: string | null = null;
          let now = NOW;
          for (const state of told) {
            now += MINUTE;
            const pulled = pull({ state }, { shadow, intent: null, lastSeenAt: shadow && now - 1 }, now);
            const events = pulled.event ? spread(pulled.event, { count, firstMs }) : [];
            for (const [index, event] of events.entries()) apply(items[index]!, event);
            if (pulled.event) apply(single, pulled.event);
            shadow = pulled.shadow ?? shadow ?? seen({ state });
            const target = { kind: 'episode', shadow, asked } as const;
            const plan = planPush(gather(items, { firstMs }, shadow), target, everything);
            const ofSingle = planPush(single, { ...target, asked: null }, everything)?.change ?? {};
            expect(Object.keys(ofSingle)).toEqual(expect.arrayContaining(Object.keys(plan?.change ?? {})));
            asked = plan?.asked ?? asked;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const leaf = (state: Partial<LeafStanding['state']>, opinion: Partial<LeafStanding['opinion']> = {}): LeafStanding => ({
  state: { watched: false, watchedAt: null, position: null, playCount: 0, lastPlayedAt: null, ...state },
  opinion: { favourite: false, favouriteAt: null, rating: null, ratedAt: null, ...opinion },
});

/** What our side makes of an event, as far as it matters here. */
const apply = ({ state }: LeafStanding, event: RemoteEvent): void => {
  if (event.watched) {
    state.watched = event.watched.value;
    state.watchedAt = event.watched.at;
    if (event.watched.value) state.position = null;
  }
  for (const { at } of event.plays ?? []) state.lastPlayedAt = Math.max(at, state.lastPlayedAt ?? 0);
  if (event.playCount !== undefined) state.playCount = Math.max(state.playCount, event.playCount);
  state.playCount += event.morePlays ?? 0;
  if (!event.position) return;
  const { positionMs, durationMs = null, at } = event.position;
  state.position = positionMs < MINUTE ? null : { positionMs, durationMs, at };
  if (state.position) state.lastPlayedAt = Math.max(at, state.lastPlayedAt ?? 0);
  // Near its end it counts as seen.
  if (durationMs !== null && positionMs >= durationMs * 0.9) {
    Object.assign(state, { watched: true, watchedAt: at, position: null, playCount: state.playCount + 1 });
  }
};

const remoteStates: fc.Arbitrary<RemoteState> = fc
  .record({
    watched: fc.boolean(),
    minutes: fc.option(fc.integer({ min: 2, max: 40 }), { nil: null }),
    playedAt: fc.integer({ min: NOW - 10_000_000, max: NOW }),
    playCount: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ watched, minutes, playedAt, playCount }) => ({
    watched,
    playCount: watched ? playCount : 0,
    lastPlayedAt: watched || minutes !== null ? playedAt : null,
    position: watched || minutes === null ? null : { positionMs: minutes * MINUTE, durationMs: 44 * MINUTE },
  }));

const everything: Capabilities = {
  kinds: ['episode'],
  accounts: 'several',
  reads: [...standingFields],
  writes: [...standingFields],
  opinionKinds: [],
  positionStepMs: 1,
  ratingStep: 0.5,
  pageSize: 100,
};
