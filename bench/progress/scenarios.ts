import { MINUTE } from '#kernel/clock.ts';
import { randomOf } from '../http/words.ts';
import { request } from '../load.ts';
import type { Measured } from '../process.ts';
import type { Scenario } from '../rounds.ts';

const LENGTH_MS = 45 * MINUTE;
/** What a player moves on between two reports. */
const STEP_MS = 10_000;

/** Who reports, and of what. */
export interface Stage {
  /** An API token of each user. */
  tokens: string[];
  episodes: number[];
  bareToken: string;
}

/** What is told of plays that go on: these have an aim. Of the others most reports begin a play, or end one. */
export const goingOn: readonly string[] = [
  '1 user, spread',
  '1 user, one leaf',
  '10 users, a leaf each',
  '50 users, a leaf each',
  '50 users, playback',
];

/** The same reports by 1, 10 and 50 users: spread over all episodes, of one leaf again and again, and to the end. */
export const scenariosOf = (stage: Stage, server: Measured, bare: Measured): Scenario[] => {
  const random = randomOf(5);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const inTheMiddle = () => Math.round(LENGTH_MS * (0.1 + random() * 0.7));
  const spread = (users: number) => () =>
    put(one(stage.episodes), one(stage.tokens.slice(0, users)), { positionMs: inTheMiddle(), durationMs: LENGTH_MS });
  const watching = (users: number, tell: (item: number, token: string, body: Body) => string) => {
    const places = stage.tokens.slice(0, users).map((token, n) => ({ token, item: stage.episodes[n] ?? 0, steps: 0 }));
    return () => {
      const place = one(places);
      place.steps += 1;
      // From the beginning again once it is in the last fifth: it is the middle that is measured.
      const positionMs = 5 * MINUTE + ((place.steps * STEP_MS) % (30 * MINUTE));
      return tell(place.item, place.token, { positionMs, durationMs: LENGTH_MS });
    };
  };
  const finished = (users: number) => () =>
    put(one(stage.episodes), one(stage.tokens.slice(0, users)), { positionMs: LENGTH_MS, durationMs: LENGTH_MS });
  const scenario = (name: string, next: () => string): Scenario => ({ name, server, begin: async () => next });
  return [
    {
      name: 'bare insert',
      server: bare,
      begin: async () => () => bareReport(one(stage.episodes), stage.bareToken, inTheMiddle()),
    },
    scenario('1 user, spread', spread(1)),
    scenario('10 users, spread', spread(10)),
    scenario('50 users, spread', spread(50)),
    scenario('1 user, one leaf', watching(1, put)),
    scenario('10 users, a leaf each', watching(10, put)),
    scenario('50 users, a leaf each', watching(50, put)),
    scenario('50 users, to the end', finished(50)),
    scenario('50 users, playback', watching(50, play)),
  ];
};

interface Body {
  positionMs: number;
  durationMs: number;
}

const put = (item: number, token: string, body: Body): string =>
  request('PUT', `/api/v1/items/${item}/progress`, token, body);

const play = (itemId: number, token: string, body: Body): string =>
  request('POST', '/api/v1/me/playback', token, { ...body, itemId, event: 'progress', clientName: 'bench' });

const bareReport = (item: number, token: string, positionMs: number): string =>
  request('PUT', `/items/${item}/progress`, token, { positionMs, durationMs: LENGTH_MS });
