import { DAY, type Instant, type Millis } from '#kernel/clock.ts';

/** A tick is 100 ns. */
const TICKS = 10_000;

export const fromTicks = (ticks: number): Millis => Math.round(ticks / TICKS);
export const toTicks = (length: Millis): number => Math.round(length) * TICKS;

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HEX = /^[0-9a-f]{32}$/i;

/** An id in the one form in which it is kept: JSON tells a GUID as 32 digits, templates of webhooks with dashes. */
export const plainId = (id: string): string => {
  if (GUID.test(id)) return id.replaceAll('-', '').toLowerCase();
  return HEX.test(id) ? id.toLowerCase() : id;
};

const ZONE = /(z|[+-]\d\d:?\d\d)$/i;

/** Reads a date-time; one without a zone is UTC. undefined: none, or the year 1 by which "never" is told. */
export const readInstant = (told: string | null | undefined): Instant | undefined => {
  const at = readDate(told);
  return at === undefined || at <= 0 ? undefined : at;
};

/**
 * The day of a premiere at 0:00 UTC. Some servers tell midnight of their own zone (`2023-05-30T16:00:00Z` in Shanghai is
 * the 31st), so the nearest midnight is meant.
 */
export const readDay = (told: string | null | undefined): Instant | undefined => {
  const at = readDate(told);
  return at === undefined || at < EARLIEST ? undefined : Math.round(at / DAY) * DAY;
};

/** 1800: nothing was shown before. */
const EARLIEST: Instant = -5_364_662_400_000;

const readDate = (told: string | null | undefined): Instant | undefined => {
  if (!told) return undefined;
  const at = Date.parse(ZONE.test(told) || !told.includes('T') ? told : `${told}Z`);
  return Number.isNaN(at) ? undefined : at;
};
