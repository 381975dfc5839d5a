/** An instant: UTC milliseconds since 1970, an integer. */
export type Instant = number;
/** A length of time or a position in a recording, in integer milliseconds. */
export type Millis = number;

/** The only reader of the wall clock. Rules take the instant as an argument. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock for tests and simulations: stands still until moved. */
export const manualClock = (start: Instant): Clock & { advance(by: Millis): void; set(to: Instant): void } => {
  let at = start;
  return {
    now: () => at,
    advance: (by) => {
      at += by;
    },
    set: (to) => {
      at = to;
    },
  };
};

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An instant as ISO 8601 in UTC, as the API shows it. */
export const toIso = (at: Instant): string => new Date(at).toISOString();
export const toIsoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** Reads an ISO 8601 date-time; undefined where it is none. */
export const fromIso = (text: string): Instant | undefined => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
};
