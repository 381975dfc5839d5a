import type { DatePrecision } from '#database/tables/activity.ts';
import type { Calendar } from '#kernel/calendar.ts';
import { HOUR, type Instant, type Millis } from '#kernel/clock.ts';
import { type Day, monthOf, yearOf } from '#kernel/day.ts';
import type { DeviceUserId, MediaItemId, PlayId } from '#kernel/ids.ts';

/** A play as far as it is counted, with what its item says now. */
export interface CountedPlay {
  id: PlayId;
  deviceUserId: DeviceUserId;
  startedAt: Instant;
  precision: DatePrecision;
  watchedMs: Millis;
  durationMs: Millis | null;
  runtimeMs: Millis | null;
  completed: boolean;
  /** Confirmed, and not taken from the history. */
  counts: boolean;
  libraryId: MediaItemId;
  rootId: MediaItemId;
  /** What was counted of it so far; null: nothing. */
  was: Share | null;
}

/** What one play adds to the counters, and where. */
export interface Share {
  day: Day;
  /** Hour of the week; null where only a day or less is known. */
  hour: number | null;
  libraryId: MediaItemId;
  rootId: MediaItemId;
  ms: Millis;
  completed: boolean;
}

/**
 * What is to be counted of a play; null: nothing. It counts where it began, as a whole: what goes on past midnight belongs
 * to the evening before. Of a day, month or year alone no hour is counted, and of a month or year no day.
 */
export const shareOf = (play: CountedPlay, calendar: Calendar): Share | null => {
  if (!play.counts) return null;
  const { libraryId, rootId, completed } = play;
  return { ...placeOf(play, calendar), libraryId, rootId, ms: lengthOf(play), completed };
};

/** Time that was measured; of a play to the end whose time nobody measured, the whole length. */
const lengthOf = (play: CountedPlay): Millis =>
  play.watchedMs > 0 || !play.completed ? play.watchedMs : (play.durationMs ?? play.runtimeMs ?? 0);

const placeOf = (play: CountedPlay, calendar: Calendar): Pick<Share, 'day' | 'hour'> => {
  if (play.precision === 'exact') {
    return { day: calendar.dayAt(play.startedAt).day, hour: calendar.hourOfWeekAt(play.startedAt) };
  }
  if (play.precision === 'unknown') return { day: 0, hour: null };
  // The start of a day told in a neighbouring zone, or in the zone that someone lived in then, is the same day at noon.
  const { day } = calendar.dayAt(play.startedAt + 12 * HOUR);
  if (play.precision === 'day') return { day, hour: null };
  return { day: play.precision === 'month' ? monthOf(day) * 100 : yearOf(day) * 10_000, hour: null };
};

/** What is added to one counter; below zero: taken from it. */
export type Change = [...key: number[], ms: Millis, plays: number, completed: number];

/** What the counters are to be changed by, each at most once. */
export interface Changes {
  /** By device user, day and library. */
  days: Change[];
  /** By device user, month, hour of the week and library. */
  hours: Change[];
  /** By device user, period and root. */
  roots: Change[];
}

/** Adds up what becomes of the counters when these shares take the place of those that were counted. */
export const changesOf = (plays: readonly { deviceUserId: DeviceUserId; was: Share | null; now: Share | null }[]) => {
  const sums = { days: createSum(), hours: createSum(), roots: createSum() };
  for (const { deviceUserId, was, now } of plays) {
    if (was && now && isSame(was, now)) continue;
    for (const [share, sign] of [[was, -1] as const, [now, 1] as const]) {
      if (!share) continue;
      const amount = [sign * share.ms, sign, share.completed ? sign : 0] as const;
      sums.days.add([deviceUserId, share.day, share.libraryId], amount);
      if (share.hour !== null) sums.hours.add([deviceUserId, monthOf(share.day), share.hour, share.libraryId], amount);
      for (const period of periodsOf(share.day)) sums.roots.add([deviceUserId, period, share.rootId], amount);
    }
  }
  return { days: sums.days.all(), hours: sums.hours.all(), roots: sums.roots.all() } satisfies Changes;
};

const isSame = (one: Share, other: Share): boolean =>
  one.day === other.day &&
  one.hour === other.hour &&
  one.libraryId === other.libraryId &&
  one.rootId === other.rootId &&
  one.ms === other.ms &&
  one.completed === other.completed;

/** The month and its year, the year alone, or neither. */
const periodsOf = (day: Day): number[] => {
  const year = yearOf(day) * 100;
  return monthOf(day) === year ? [year] : [monthOf(day), year];
};

/** In the order of keys, so that two who count at once wait for each other instead of going in circles. */
const createSum = () => {
  const sums = new Map<string, Change>();
  return {
    add: (key: number[], [ms, plays, completed]: readonly [number, number, number]) => {
      const name = key.join(' ');
      const sum = sums.get(name);
      const at = key.length;
      if (!sum) sums.set(name, [...key, ms, plays, completed]);
      else {
        sum[at] = (sum[at] ?? 0) + ms;
        sum[at + 1] = (sum[at + 1] ?? 0) + plays;
        sum[at + 2] = (sum[at + 2] ?? 0) + completed;
      }
    },
    all: (): Change[] => [...sums.values()].filter((sum) => sum.slice(-3).some((part) => part !== 0)).sort(inOrder),
  };
};

const inOrder = (one: Change, other: Change): number => {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
};
