import { type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import type { Standing, StandingChange, StandingField, Written } from '#sync/media-server.ts';
import { type KodiZone, writeKodiTime } from './kodi-time.ts';

/** What an entry can keep. */
export interface Kept {
  /** Count and date. */
  state: boolean;
  /** `shared`: the later one of several episodes in a file, whose place is told of the first; it can only be cleared. */
  position: 'own' | 'shared' | 'none';
  rating: boolean;
  /** As Kodi knows it, for changes that do not say; null: neither does Kodi. */
  durationMs: Millis | null;
}

/** Parameters of a Set…Details call. */
export interface KodiValues {
  playcount?: number;
  lastplayed?: string;
  resume?: { position: number; total: number };
  userrating?: number;
}

/**
 * What Kodi is to be told; empty: nothing. A part of the state is never sent alone: given a count Kodi makes up the date,
 * and it lets the resume point stand whatever becomes of the others. So each goes with the others, as they shall be or are.
 */
export const valuesOf = (change: StandingChange, before: Standing, kept: Kept, zone: KodiZone): KodiValues => {
  const { watched, position, rating } = change;
  const touchesState = kept.state && (watched !== undefined || (position !== undefined && kept.position === 'own'));
  return {
    ...(touchesState && stateValues(change, before, kept, zone)),
    ...(rating !== undefined && kept.rating && { userrating: starsOf(rating) }),
  };
};

/** What became of a change: names what was asked and is not there now. */
export const outcomeOf = (
  change: StandingChange,
  before: Standing,
  after: Standing,
): Pick<Written, 'outcome' | 'dropped'> => {
  const asked = fieldsOf(change);
  const dropped = asked.filter((field) => !isThere[field](change, before, after));
  // Count and date go with the mark: what cannot be marked was not written.
  const kept = asked.some((field) => field !== 'playCount' && field !== 'lastPlayedAt' && !dropped.includes(field));
  return { outcome: dropped.length === 0 ? 'written' : kept ? 'partial' : 'unsupported', dropped };
};

const stateValues = (change: StandingChange, before: Standing, kept: Kept, zone: KodiZone): KodiValues => {
  const at = dateOf(change, before);
  return {
    playcount: countOf(change, before),
    lastplayed: at === null ? '' : writeKodiTime(at, zone),
    ...(kept.position !== 'none' && { resume: resumeOf(change, before, kept) }),
  };
};

const countOf = ({ watched }: StandingChange, { state }: Standing): number => {
  const count = state?.playCount ?? 0;
  if (!watched) return count;
  return watched.value ? Math.max(1, count, watched.playCount) : 0;
};

/** Kodi has one date for both, when it was watched and when it was begun. */
const dateOf = (change: StandingChange, before: Standing): Instant | null => {
  const { watched, position } = change;
  const former = watched === undefined || isBegunAfter(change, before) ? (before.state?.lastPlayedAt ?? null) : null;
  const all = [former, watched?.value ? watched.at : null, position?.at ?? null].filter((at) => at !== null);
  return all.length === 0 ? null : Math.max(...all);
};

/** As Kodi itself does it, marking an entry takes its resume point away, unless it was begun again after that. */
const resumeOf = (change: StandingChange, before: Standing, kept: Kept) => {
  const stays = change.position === undefined && isBegunAfter(change, before);
  const position = stays ? before.state?.position : change.position;
  if (!position) return { position: 0, total: 0 };
  return { position: seconds(position.positionMs), total: seconds(position.durationMs ?? kept.durationMs ?? 0) };
};

const isBegunAfter = ({ watched }: StandingChange, { state }: Standing): boolean =>
  watched?.value === true && state?.position != null && (state.lastPlayedAt ?? 0) > watched.at;

const fieldsOf = ({ watched, position, favourite, rating }: StandingChange): StandingField[] => [
  ...(watched?.value === true ? (['watched', 'playCount', 'lastPlayedAt'] as const) : []),
  ...(watched?.value === false ? (['unwatched'] as const) : []),
  ...(position === undefined ? [] : (['position'] as const)),
  ...(favourite === undefined ? [] : (['favourite'] as const)),
  ...(rating === undefined ? [] : (['rating'] as const)),
];

type Found = (change: StandingChange, before: Standing, after: Standing) => boolean;

/** Whether what was asked of a field is there now, to Kodi's whole seconds and stars. */
const isThere: Record<StandingField, Found> = {
  watched: (_change, _before, { state }) => state?.watched === true,
  unwatched: (_change, _before, { state }) => state?.watched === false,
  playCount: (change, before, { state }) => state !== undefined && state.playCount >= countOf(change, before),
  lastPlayedAt: (change, before, { state }) => {
    const at = dateOf(change, before);
    return state !== undefined && state.lastPlayedAt === (at === null ? null : wholeSecond(at));
  },
  position: ({ position }, _before, { state }) =>
    state !== undefined &&
    (state.position?.positionMs ?? null) === (position ? wholeSecond(position.positionMs) : null),
  favourite: () => false,
  rating: ({ rating = null }, _before, { opinion }) =>
    opinion !== undefined && (opinion.rating ?? 0) === starsOf(rating),
};

/** Whole stars, and at least one, so that nothing that was rated becomes unrated. */
const starsOf = (rating: number | null): number =>
  rating === null ? 0 : Math.min(10, Math.max(1, Math.round(rating)));

const seconds = (length: Millis): number => Math.floor(length / SECOND);
const wholeSecond = (at: Instant): Instant => Math.floor(at / SECOND) * SECOND;
