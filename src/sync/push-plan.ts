import type { LocalStanding } from '#activity/standings/standings.ts';
import { type Instant, MINUTE, SECOND } from '#kernel/clock.ts';
import type { Capabilities, RemoteKind, StandingChange } from './media-server.ts';
import { BLANK, type Shadow } from './merge.ts';

/** What there is to do about one entry of an account. */
export interface PushPlan {
  /** What we want it to be, as one word: to be remembered once it is so. */
  asked: string;
  /** Absent: it is so already, as far as the server can show it. */
  change?: StandingChange;
}

/** Kept on the server's side: its capabilities, and what the entry is. */
export interface PushTarget {
  kind: RemoteKind;
  /** Absent: never seen, or seen blank. */
  shadow: Shadow | undefined;
  /** What we wanted when we last looked; null: we never did. */
  asked: string | null;
}

/**
 * The push side of the three-way merge: what we changed since we last agreed. What stayed as it was on our side is left
 * alone whatever they show: their changes are taken when they are pulled, or are not wanted. What they cannot keep is not
 * asked of them, and nothing is asked twice.
 *
 * @returns undefined: nothing of ours changed
 */
export const planPush = (
  local: LocalStanding,
  target: PushTarget,
  capabilities: Capabilities,
): PushPlan | undefined => {
  const can = (field: Capabilities['writes'][number]): boolean => capabilities.writes.includes(field);
  const leaf = local.state !== null;
  const opinions = leaf || capabilities.opinionKinds.includes(target.kind);
  const wanted: Wanted = {
    watched: local.state?.watched ?? false,
    at: local.state?.lastPlayedAt ?? local.state?.watchedAt ?? null,
    playCount: local.state?.playCount ?? 0,
    position: local.state?.position ?? null,
    favourite: opinions && can('favourite') ? local.opinion.favourite : null,
    rating: opinions && can('rating') ? asKept(local.opinion.rating, capabilities.ratingStep) : null,
  };
  if (target.asked === null && isUntouched(local)) return undefined;
  const asked = wordFor(wanted, local);
  if (asked === target.asked) return undefined;
  const shadow = target.shadow ?? BLANK;
  const said = whatWasSaid(local, target.asked);
  const change: StandingChange = {
    ...(leaf ? stateChange(wanted, said, shadow, local, capabilities) : {}),
    ...(wanted.favourite !== null && wanted.favourite !== (shadow.favourite ?? false) && said.favourite
      ? { favourite: wanted.favourite }
      : {}),
    ...(opinions && can('rating') && wanted.rating !== asKept(shadow.rating, capabilities.ratingStep) && said.rating
      ? { rating: wanted.rating }
      : {}),
  };
  return Object.keys(change).length > 0 ? { asked, change } : { asked };
};

/** What of a change takes something away from the account. */
export const takesAway = (change: StandingChange, shadow: Shadow | undefined): boolean =>
  (shadow?.watched === true && change.watched?.value === false) ||
  (shadow?.favourite === true && change.favourite === false) ||
  ((shadow?.rating ?? null) !== null && change.rating === null);

interface Wanted {
  watched: boolean;
  at: Instant | null;
  playCount: number;
  position: NonNullable<LocalStanding['state']>['position'];
  /** null: not kept there. */
  favourite: boolean | null;
  rating: number | null;
}

/** Nobody ever said or did anything about it: that is no wish that it be blank. */
const isUntouched = ({ state, opinion }: LocalStanding): boolean =>
  (state === null || (state.watchedAt === null && state.position === null && state.lastPlayedAt === null)) &&
  opinion.favouriteAt === null &&
  opinion.ratedAt === null;

/**
 * What somebody here said, or said before it was taken back (an undo leaves nothing behind). That nobody ever said that
 * it is watched, liked or rated is no reason to take it from them.
 */
const whatWasSaid = ({ state, opinion }: LocalStanding, asked: string | null) => {
  const before = saidIn(asked);
  return {
    watched: (state !== null && state.watchedAt !== null) || before.includes('watched'),
    favourite: opinion.favouriteAt !== null || before.includes('favourite'),
    rating: opinion.ratedAt !== null || before.includes('rating'),
  };
};

/** What of an account's standing we asked for. */
const saidIn = (asked: string | null): readonly string[] => {
  if (asked === null) return [];
  const [watched, , , , , , favourite, , rating, earlier = ''] = asked.split(',');
  return [
    ...(watched === '1' ? ['watched'] : []),
    ...(favourite === 'true' ? ['favourite'] : []),
    ...(rating ? ['rating'] : []),
    ...earlier.split(' ').filter(Boolean),
  ];
};

/**
 * The word of what is being sent and may not arrive. It is no wish's own: whatever is wanted next, the entry is looked at
 * again. What was said before is kept as well.
 */
export const unsureOf = (asked: string, before: string | null): string =>
  [...asked.split(',').slice(0, FACTS), [...new Set(['unsure', ...saidIn(before)])].join(' ')].join();

const FACTS = 9;

/** When the newest was done that we asked for. */
export const newestOf = (asked: string): Instant => {
  const [, played, marked, , , stopped] = asked.split(',').map(Number);
  return Math.max(played ?? 0, marked ?? 0, stopped ?? 0) * SECOND;
};

/** Dates nearer than this are the same: servers floor them, and keep their own when they are told. */
const SAME_DATE = MINUTE;
/** Positions nearer than this are the same (media-servers.md §0: compare with a tolerance). */
const SAME_POSITION = 10 * SECOND;
/** A position up to here is none to us; to them it does no harm. */
const NOISE = MINUTE;

const stateChange = (
  wanted: Wanted,
  said: ReturnType<typeof whatWasSaid>,
  shadow: Shadow,
  local: LocalStanding,
  capabilities: Capabilities,
): StandingChange => {
  const can = (field: Capabilities['writes'][number]): boolean => capabilities.writes.includes(field);
  const change: StandingChange = {};
  if (wanted.watched && can('watched') && (!shadow.watched || isNewer(wanted, local, shadow, capabilities))) {
    change.watched = {
      value: true,
      at: wanted.at ?? local.state?.watchedAt ?? 0,
      playCount: Math.max(1, wanted.playCount, shadow.playCount),
    };
  }
  if (!wanted.watched && shadow.watched && can('unwatched') && said.watched) {
    change.watched = { value: false };
  }
  if (can('position')) {
    const moved = !samePosition(wanted.position?.positionMs ?? null, shadow.positionMs);
    if (wanted.position && (moved || change.watched)) change.position = wanted.position;
    if (!wanted.position && (change.watched || (moved && (shadow.positionMs ?? 0) > NOISE))) change.position = null;
  }
  return change;
};

/** Seen again here, as far as they can be told. */
const isNewer = (wanted: Wanted, { state }: LocalStanding, shadow: Shadow, { writes }: Capabilities): boolean =>
  (writes.includes('playCount') && wanted.playCount > shadow.playCount) ||
  (writes.includes('lastPlayedAt') &&
    state?.lastPlayedAt != null &&
    state.lastPlayedAt > (shadow.lastPlayedAt ?? 0) + SAME_DATE);

const samePosition = (one: number | null, other: number | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) < SAME_POSITION);

/** Ratings in steps of a server's: 7.5 in steps of 2 is 8. */
export const asKept = (rating: number | null, step: number | null): number | null =>
  rating === null || step === null ? null : Math.max(step, Math.round(rating / step) * step);

/**
 * Nine facts, of which {@link saidIn} reads some again. With the instants of what was said: the same said again, after
 * they showed otherwise, is another wish.
 */
const wordFor = ({ watched, playCount, position, favourite, rating }: Wanted, { state, opinion }: LocalStanding) =>
  [
    watched ? 1 : 0,
    seconds(state?.lastPlayedAt ?? null),
    seconds(state?.watchedAt ?? null),
    playCount,
    seconds(position?.positionMs ?? null),
    seconds(position?.at ?? null),
    ...(favourite === null ? ['', ''] : [favourite, seconds(opinion.favouriteAt)]),
    ...(rating === null && opinion.ratedAt === null ? ['', ''] : [rating ?? '', seconds(opinion.ratedAt)]),
  ].join();

const seconds = (ms: number | null): number | '' => (ms === null ? '' : Math.round(ms / SECOND));
