import type { Said } from '#activity/opinions/opinion.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import { type AppError, invalid } from '#kernel/errors.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';

/** Where the specials of a series stand in next up: among its episodes, after all of them, or nowhere. */
export const specialsPlaces = ['inline', 'after', 'never'] as const;
export type SpecialsPlace = (typeof specialsPlaces)[number];

/** For how long an item stays out of the lists: until an instant, or until an episode is added. */
export type Snooze = { until: Instant } | { untilNew: true };

/** What a user wants of an item in the lists that are made for them: registers, in each of which the newest word wins. */
export interface Choice {
  /** Out of the lists until there is newer activity than this word. */
  dropped: Said<boolean>;
  snooze: Said<Snooze | null>;
  /** null: only where they are being watched. */
  specials: Said<SpecialsPlace | null>;
}

/** What is said now; absent: nothing of that. */
export interface ChoiceChange {
  dropped?: boolean | undefined;
  snooze?: Snooze | null | undefined;
  specials?: SpecialsPlace | null | undefined;
}

/** Of somebody who never chose. */
export const noChoice: Choice = {
  dropped: { value: false, at: null },
  snooze: { value: null, at: null },
  specials: { value: null, at: null },
};

/**
 * Takes in what was said at an instant; an older word never overrules a newer one. Of equal instants dropped wins, the
 * longer snooze, and the place of specials that stands last in {@link specialsPlaces}.
 * @returns `known` itself where all of it was overruled already
 */
export const takeChoice = (known: Choice, told: ChoiceChange, at: Instant): Choice => {
  const taken: Choice = {
    dropped: newest(known.dropped, told.dropped, at, Number),
    snooze: newest(known.snooze, told.snooze, at, lengthOf),
    specials: newest(known.specials, told.specials, at, (place) =>
      place === null ? -1 : specialsPlaces.indexOf(place),
    ),
  };
  return registers.every((register) => taken[register] === known[register]) ? known : taken;
};

const registers = ['dropped', 'snooze', 'specials'] as const;

/** The newest instant of all that a change is about; undefined when nothing of it was ever said. */
export const newestChosen = (known: Choice, told: ChoiceChange): Instant | undefined =>
  laterOf(...registers.map((register) => (told[register] === undefined ? null : known[register].at))) ?? undefined;

/** The newest instant at which anything was said. */
export const chosenAt = (choice: Choice): Instant => laterOf(...registers.map((register) => choice[register].at)) ?? 0;

/** The latest of some instants; null when there is none. */
export const laterOf = (...instants: (Instant | null)[]): Instant | null =>
  instants.reduce((latest, at) => (at !== null && (latest === null || at > latest) ? at : latest), null);

/** Whether it is out of the lists for good: nothing was played or marked since. */
export const isDropped = ({ dropped }: Pick<Choice, 'dropped'>, activityAt: Instant | null): boolean =>
  dropped.value && (activityAt === null || (dropped.at ?? 0) >= activityAt);

/**
 * Whether it is out of the lists for a while.
 * @param addedAt when its newest episode that is here was added
 */
export const isSnoozed = ({ snooze }: Pick<Choice, 'snooze'>, addedAt: Instant | null, now: Instant): boolean => {
  if (snooze.value === null) return false;
  return 'until' in snooze.value ? snooze.value.until > now : addedAt === null || addedAt <= (snooze.at ?? 0);
};

/** Nobody means to come back later than that. */
const LONGEST_SNOOZE = 3660 * DAY;

/** @throws AppError `invalid` for what cannot be waited for */
export const checkSnooze = (kind: MediaKind, snooze: Snooze, at: Instant): void => {
  if ('untilNew' in snooze) {
    if (kind !== 'series') throw fault('untilNew', 'is only for a series: nothing is added to anything else');
  } else if (snooze.until <= at) throw fault('until', 'must lie in the future');
  else if (snooze.until > at + LONGEST_SNOOZE) throw fault('until', 'must lie within ten years; drop the item instead');
};

/** What stands in the lists of continue watching and next up by itself. */
const choosable: readonly MediaKind[] = ['series', 'collection', 'movie', 'stream', 'track'];

/** @throws AppError `invalid` for what is in no such list, and for specials of anything but a series */
export const checkKind = (kind: MediaKind, told: ChoiceChange): void => {
  if (told.specials !== undefined && kind !== 'series') throw invalid('Only a series has specials.');
  if (!choosable.includes(kind)) {
    throw invalid(
      `This is of kind ${kind}; name a series, a season, an episode, a collection, a movie, a track or a stream instead.`,
    );
  }
};

/** @throws AppError `invalid` for what is not played itself */
export const checkLeaf = (kind: MediaKind): void => {
  if (isLeaf(kind)) return;
  const instead =
    kind === 'season' || choosable.includes(kind) ? `drop or snooze this ${kind} instead` : 'name what is in it';
  throw invalid(`Only what is played can be hidden; ${instead}.`);
};

const newest = <T>(known: Said<T>, told: T | undefined, at: Instant, rank: (value: T) => number): Said<T> => {
  if (told === undefined) return known;
  const wins = known.at === null || at > known.at || (at === known.at && rank(told) > rank(known.value));
  return wins ? { value: told, at } : known;
};

/** For comparing only: until a new episode comes may be for ever. */
const lengthOf = (snooze: Snooze | null): number => {
  if (snooze === null) return -1;
  return 'until' in snooze ? snooze.until : Number.MAX_SAFE_INTEGER;
};

const fault = (path: string, message: string): AppError => invalid(`${path} ${message}.`, [{ path, message }]);
