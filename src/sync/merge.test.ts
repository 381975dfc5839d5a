import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RemoteState } from './media-server.ts';
import { type Pulled, pull as pullStanding, type Shadow } from './merge.ts';

const NOW = 1_000_000;
/** The state alone, as it was looked at last. */
const pull = (told: RemoteState, shadow: Shadow | undefined, lastSeenAt: number | undefined, now: number): Pulled =>
  pullStanding({ state: told }, { shadow, intent: null, lastSeenAt }, now);
const state = (more: Partial<RemoteState> = {}): RemoteState => ({
  watched: false,
  playCount: 0,
  lastPlayedAt: null,
  position: null,
  ...more,
});
const watched = (at: number | null, playCount = 1, more: Partial<RemoteState> = {}) =>
  state({ watched: true, playCount, lastPlayedAt: at, ...more });
const at = (positionMs: number, durationMs: number | null = 6_000_000) => ({ position: { positionMs, durationMs } });
const seen = (told: RemoteState): Shadow | undefined => pull(told, undefined, undefined, NOW).shadow;

describe('at first sight', () => {
  test('what is watched is an event and a play at its date', () => {
    expect(pull(watched(500, 2), undefined, undefined, NOW)).toEqual({
      event: { watched: { value: true, at: 500 }, playCount: 2, plays: [{ at: 500, completed: true }] },
      shadow: { watched: true, playCount: 2, positionMs: null, lastPlayedAt: 500, favourite: null, rating: null },
      loss: false,
    });
  });

  test('without a date it was watched now, and there is no play to write down', () => {
    expect(pull(watched(null), undefined, undefined, NOW).event).toEqual({
      watched: { value: true, at: NOW },
      playCount: 1,
    });
  });

  test('what is not watched is nothing', () => {
    expect(pull(state(), undefined, undefined, NOW)).toEqual({ loss: false });
  });

  test('a date alone is nothing that a person did, but is remembered', () => {
    const pulled = pull(state({ lastPlayedAt: 500 }), undefined, undefined, NOW);
    expect(pulled.event).toBeUndefined();
    expect(pulled.shadow?.lastPlayedAt).toBe(500);
  });

  test('a position is told at its date; a date ahead of ours is now', () => {
    const told = state({ lastPlayedAt: NOW + 5, ...at(60_000) });
    expect(pull(told, undefined, undefined, NOW).event).toEqual({
      position: { positionMs: 60_000, durationMs: 6_000_000, at: NOW },
    });
  });

  test('who stands in what they have watched is seeing it again: the mark is older than the position', () => {
    expect(pull(watched(500, 1, at(60_000)), undefined, undefined, NOW).event).toMatchObject({
      watched: { at: 499 },
      position: { at: 500 },
      plays: [{ at: 500, completed: false }],
    });
  });

  test('a position at the end of what is watched was left behind', () => {
    const pulled = pull(watched(500, 1, at(5_460_000)), undefined, undefined, NOW);
    expect(pulled.event).not.toHaveProperty('position');
    expect(pulled.shadow?.positionMs).toBeNull();
  });
});

describe('against what was seen before', () => {
  test('watching, watching again and unwatching', () => {
    expect(pull(watched(800), undefined, 700, NOW).event?.watched).toEqual({ value: true, at: 800 });
    expect(pull(watched(900, 2), seen(watched(500)), 700, NOW).event).toEqual({
      watched: { value: true, at: 900 },
      morePlays: 1,
      plays: [{ at: 900, completed: true }],
    });
    expect(pull(state(), seen(watched(500)), 700, NOW).event).toEqual({ watched: { value: false, at: NOW } });
    expect(pull(state({ lastPlayedAt: 500 }), seen(watched(500)), 700, NOW).event).toEqual({
      watched: { value: false, at: NOW },
    });
  });

  test('a mark with a date from before we last looked was made since, the play is older', () => {
    expect(pull(watched(300), undefined, 700, NOW).event).toEqual({
      watched: { value: true, at: NOW },
      morePlays: 1,
      plays: [{ at: 300, completed: true }],
    });
  });

  test('moving on, and a resume point that was deleted', () => {
    const before = seen(state({ lastPlayedAt: 500, ...at(60_000) }));
    expect(pull(state({ lastPlayedAt: 900, ...at(90_000) }), before, 700, NOW).event?.position).toMatchObject({
      positionMs: 90_000,
      at: 900,
    });
    expect(pull(state({ lastPlayedAt: 900 }), before, 700, NOW).event).toEqual({
      position: { positionMs: 0, at: 900 },
    });
    expect(pull(state({ lastPlayedAt: 500 }), before, 700, NOW).event).toEqual({
      position: { positionMs: 0, at: NOW },
    });
  });
});

const anyState = fc
  .record({
    playCount: fc.nat({ max: 3 }),
    lastPlayedAt: fc.option(fc.integer({ min: 1, max: NOW * 2 })),
    position: fc.option(
      fc.record({ positionMs: fc.integer({ min: 1, max: 100 }), durationMs: fc.option(fc.constant(100)) }),
    ),
  })
  .map((told): RemoteState => ({ ...told, watched: told.playCount > 0 }));

describe('always', () => {
  test('the same state told again is nothing at all', () => {
    fc.assert(
      fc.property(anyState, anyState, fc.nat({ max: NOW }), (first, second, lastSeen) => {
        const one = pull(first, undefined, undefined, NOW).shadow;
        const two = pull(second, one, lastSeen, NOW).shadow ?? one;
        expect(pull(second, two, lastSeen, NOW + 1)).toEqual({ loss: false });
      }),
    );
  });

  test('events are never ahead of now, and the last mark says what they say', () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 6 }), (states) => {
        let shadow: Shadow | undefined;
        let mark = { value: false, at: 0 };
        let lastSeen: number | undefined;
        let now = NOW;
        for (const told of states) {
          const pulled = pull(told, shadow, lastSeen, now);
          for (const { at } of [pulled.event?.watched ?? { at: 0 }, pulled.event?.position ?? { at: 0 }])
            expect(at).toBeLessThanOrEqual(now);
          // The newest wins, and of two at once the watched one: as marks do.
          const told_ = pulled.event?.watched;
          if (told_ && (told_.at > mark.at || (told_.at === mark.at && told_.value))) mark = told_;
          shadow = pulled.shadow ?? shadow;
          lastSeen = now;
          now += NOW;
        }
        expect(mark.value).toBe(states.at(-1)?.watched);
      }),
    );
  });
});

describe('where who begins a watched item again has it unwatched', () => {
  const known = { shadow: seen(watched(500)), intent: null, lastSeenAt: 600 };
  const begun = { state: state({ lastPlayedAt: 700, playCount: 1, ...at(600_000) }) };

  test('it stays watched, and is in progress', () => {
    const { event, loss } = pullStanding(begun, known, NOW, { replayUnwatches: true });
    expect(event).toEqual({ position: { positionMs: 600_000, durationMs: 6_000_000, at: 700 } });
    expect(loss).toBe(false);
  });

  test('elsewhere it was unwatched', () => {
    expect(pullStanding(begun, known, NOW).event?.watched).toEqual({ value: false, at: 700 });
  });
});

describe('a change of ours that was on its way', () => {
  const before = seen(state({ lastPlayedAt: null }));

  test('is no event of theirs when it arrived', () => {
    const intent = { watched: { value: true as const, at: 800, playCount: 1 }, position: null };
    const pulled = pullStanding({ state: watched(800) }, { shadow: before, intent, lastSeenAt: 600 }, NOW);
    expect(pulled.event).toBeUndefined();
    expect(pulled.shadow).toMatchObject({ watched: true, lastPlayedAt: 800 });
  });

  test('leaves what they changed besides it to be one', () => {
    const told = { state: watched(800), opinion: { favourite: true, rating: null } };
    const intent = { watched: { value: true as const, at: 800, playCount: 1 } };
    const shadow = { ...(seen(watched(500, 0)) as Shadow), watched: false, favourite: false };
    const { event } = pullStanding(told, { shadow, intent, lastSeenAt: 600 }, NOW);
    expect(event).toEqual({ opinion: { favourite: { value: true, at: NOW } } });
  });
});
