import { type Instant, MINUTE, type Millis } from '#kernel/clock.ts';
import type { RemoteState, Standing, StandingChange, StandingField } from './media-server.ts';

/** How one account stood in one entry as it was seen or written last (domain §8). */
export interface Shadow {
  watched: boolean;
  playCount: number;
  positionMs: Millis | null;
  lastPlayedAt: Instant | null;
  /** null: not told. */
  favourite: boolean | null;
  /** 0 to 10; null: none, or not told. */
  rating: number | null;
}

/** What happened on the other side since, as an event of that device user. */
export interface RemoteEvent {
  watched?: { value: boolean; at: Instant };
  /** Position 0: they no longer stand anywhere in it. */
  position?: { positionMs: Millis; durationMs?: Millis; at: Instant };
  plays?: { at: Instant; durationMs?: Millis; completed: boolean }[];
  /** How often it was played there in all, when that is seen for the first time. */
  playCount?: number;
  /** That count may hold what others played: it was written there by us, before the entry got another id. */
  mirrored?: boolean;
  /** So many another entry of the same work showed before. */
  countedBefore?: number;
  /** How many times more than when it was seen last. */
  morePlays?: number;
  opinion?: { favourite?: { value: boolean; at: Instant }; rating?: { value: number | null; at: Instant } };
}

/** What is known of an entry and account before it is looked at again. */
export interface Known {
  /** Absent: never seen, or seen blank. */
  shadow: Shadow | undefined;
  /** A change that was being sent when something broke off: it may have arrived. */
  intent: StandingChange | null;
  /** When the entry was looked at last; absent: never. */
  lastSeenAt: Instant | undefined;
}

export interface Pulled {
  /** Absent: nothing that a person did. */
  event?: RemoteEvent;
  /** What to remember; absent: what is remembered already. */
  shadow?: Shadow;
  /** Whether it takes something away: that is not believed before it is known how much is gone in all. */
  loss: boolean;
}

/** Habits of a server that its states cannot be read without. */
export interface Habits {
  /** It tells each sitting by itself: then none is made up from the last date. */
  logsPlays?: boolean;
  /** See `Capabilities`. */
  replayUnwatches?: boolean;
  writes?: readonly StandingField[];
}

/** What an item is before anything is known of it: not keeping this state is the same as keeping it. */
export const BLANK: Shadow = {
  watched: false,
  playCount: 0,
  positionMs: null,
  lastPlayedAt: null,
  favourite: null,
  rating: null,
};

/** A watched item this far in has been seen to its end: servers leave such positions behind (Kodi: 90 to 92 %). */
const SEEN_TO_END = 0.9;
/** Said before anything that is dated: what is seen for the first time has no date, and does not undo what has one. */
const LONG_AGO: Instant = 1;

/**
 * The pull side of the three-way merge: what they changed since we looked. What we changed in the meantime needs no look
 * here, for events carry their instant and the newest wins wherever they are kept.
 *
 * An event happened when they say it was played, if that can be: not later than now, and not before we last saw that it
 * had not happened yet (a date set back by hand); else it happened now. Unwatching and opinions have no date anywhere.
 * What a change of ours that was on its way explains is no event.
 *
 */
export const pull = (told: Standing, known: Known, now: Instant, habits: Habits = {}): Pulled => {
  const first = known.shadow ?? BLANK;
  const remote = told.state && withoutEnd(told.state);
  const after = shadowOf(remote, told, first);
  const before = explained(first, told, known.intent, habits);
  const saved = sameShadow(first, after) ? {} : { shadow: after };
  if (sameShadow(before, after)) return { ...saved, loss: false };
  const again = habits.replayUnwatches === true && beganAgain(before, after);
  const event: RemoteEvent = {
    ...(remote ? stateEvent(again ? { ...remote, watched: true } : remote, before, known, now, habits) : {}),
    ...opinionEvent(after, before, known.lastSeenAt === undefined ? LONG_AGO : now),
  };
  return { ...saved, ...(Object.keys(event).length > 0 ? { event } : {}), loss: !again && isLoss(before, after) };
};

/** What was seen blank has no shadow either. */
const neverSeen = ({ shadow, lastSeenAt }: Known): boolean => shadow === undefined && lastSeenAt === undefined;

/** How an entry stands as it is to be remembered. */
export const seen = (told: Standing, before: Shadow = BLANK): Shadow =>
  shadowOf(told.state && withoutEnd(told.state), told, before);

export const sameShadow = (one: Shadow, other: Shadow): boolean =>
  one.watched === other.watched &&
  one.playCount === other.playCount &&
  one.positionMs === other.positionMs &&
  one.lastPlayedAt === other.lastPlayedAt &&
  (one.favourite ?? false) === (other.favourite ?? false) &&
  one.rating === other.rating;

const withoutEnd = (state: RemoteState): RemoteState =>
  state.watched && seenToEnd(state) ? { ...state, position: null } : state;

const seenToEnd = ({ position }: RemoteState): boolean =>
  position !== null && position.durationMs !== null && position.positionMs >= position.durationMs * SEEN_TO_END;

/** What is not told stays as it was. */
const shadowOf = (state: RemoteState | undefined, { opinion }: Standing, before: Shadow): Shadow => ({
  watched: state ? state.watched : before.watched,
  playCount: state ? state.playCount : before.playCount,
  positionMs: state ? (state.position?.positionMs ?? null) : before.positionMs,
  lastPlayedAt: state ? state.lastPlayedAt : before.lastPlayedAt,
  favourite: opinion?.favourite ?? before.favourite,
  rating: opinion?.rating === undefined ? before.rating : opinion.rating,
});

/**
 * What they would have shown before, had they already had those of our fields that they show now.
 * @param intent a change of ours that may have arrived; null: none
 */
export const explained = (
  before: Shadow,
  told: Standing,
  intent: StandingChange | null,
  { writes = [] }: Habits,
): Shadow => {
  if (intent === null) return before;
  const after = seen(told, before);
  let shadow = before;
  const since = writes.includes('lastPlayedAt') && isSince(before, after, intent);
  if (intent.watched !== undefined && intent.watched.value === after.watched) {
    if (since) shadow = withoutLater(before, told, intent, writes);
    else {
      const { watched, playCount, lastPlayedAt } = after;
      shadow = { ...shadow, watched, playCount, lastPlayedAt };
      if (after.positionMs === null) shadow = { ...shadow, positionMs: null };
    }
  }
  if (intent.position !== undefined && near(intent.position?.positionMs ?? null, after.positionMs)) {
    shadow = { ...shadow, positionMs: after.positionMs, ...(since ? {} : { lastPlayedAt: after.lastPlayedAt }) };
  }
  if (intent.favourite !== undefined && intent.favourite === after.favourite) {
    shadow = { ...shadow, favourite: after.favourite };
  }
  if (intent.rating !== undefined && sameRating(intent.rating, after.rating))
    shadow = { ...shadow, rating: after.rating };
  return shadow;
};

/** Whether it was played since the date that was sent, or meanwhile if that never arrived. */
const isSince = (before: Shadow, after: Shadow, { watched, position }: StandingChange): boolean =>
  watched?.value === true &&
  after.lastPlayedAt !== null &&
  after.lastPlayedAt > Math.max(watched.at, position?.at ?? 0, before.lastPlayedAt ?? 0) + MINUTE;

/** What arrived of a watched mark, where someone played it there since: their play is not explained by it. */
const withoutLater = (
  before: Shadow,
  { state }: Standing,
  { watched }: StandingChange,
  writes: readonly StandingField[],
): Shadow => {
  if (watched?.value !== true || !state) return before;
  const sent = writes.includes('playCount') ? Math.max(watched.playCount, before.playCount) : before.playCount + 1;
  // Had it arrived and been watched once more they would count more. Who stands in it, at its end too, found it watched.
  if (state.playCount <= sent && state.position === null) return before;
  const playCount = Math.min(state.playCount, sent);
  return { ...before, watched: true, playCount, lastPlayedAt: Math.max(watched.at, before.lastPlayedAt ?? 0) };
};

/**
 * How an entry is to be remembered after a change of ours: what we changed is as they show it now. All else that is
 * another than before happened meanwhile: it is theirs, and found by the next look.
 */
export const written = (before: Shadow, after: Shadow, change: StandingChange): Shadow => ({
  ...before,
  ...(change.watched === undefined ? {} : { watched: after.watched, playCount: after.playCount }),
  ...(change.watched === undefined && change.position === undefined ? {} : { lastPlayedAt: after.lastPlayedAt }),
  ...(change.position !== undefined || (change.watched && after.positionMs === null)
    ? { positionMs: after.positionMs }
    : {}),
  ...(change.favourite === undefined ? {} : { favourite: after.favourite }),
  ...(change.rating === undefined ? {} : { rating: after.rating }),
});

/** Servers keep positions in steps of up to a second. */
const near = (one: Millis | null, other: Millis | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) <= 2000);

/** Servers keep ratings in steps of up to two of ten. */
const sameRating = (one: number | null, other: number | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) <= 1);

/** It was watched and is being seen again: that does not unwatch it (domain §5). */
const beganAgain = (before: Shadow, after: Shadow): boolean =>
  before.watched &&
  !after.watched &&
  after.positionMs !== null &&
  after.lastPlayedAt !== null &&
  after.lastPlayedAt > (before.lastPlayedAt ?? 0);

/** It takes away that something was watched, begun or liked, and puts nothing in its place. */
const isLoss = (before: Shadow, after: Shadow): boolean =>
  (before.watched && !after.watched) ||
  (before.positionMs !== null && after.positionMs === null && !after.watched) ||
  (before.favourite === true && !after.favourite) ||
  (before.rating !== null && after.rating === null);

const stateEvent = (
  remote: RemoteState,
  before: Shadow,
  known: Known,
  now: Instant,
  { logsPlays = false }: Habits,
): RemoteEvent => {
  const dated = remote.lastPlayedAt !== null && remote.lastPlayedAt !== before.lastPlayedAt;
  const played = dated ? Math.min(remote.lastPlayedAt ?? now, now) : undefined;
  const at = played !== undefined && played > (known.lastSeenAt ?? Number.NEGATIVE_INFINITY) ? played : now;
  const counted = countOf(remote, before, neverSeen(known));
  return {
    ...watchedEvent(remote, before, at, logsPlays ? undefined : played, counted),
    ...positionEvent(remote, before, at),
  };
};

/** Seen for the first time the count is what it is; later, what came to it: what we sent is in it as well. */
const countOf = (remote: RemoteState, before: Shadow, first: boolean): RemoteEvent => {
  if (remote.playCount <= before.playCount) return {};
  return first ? { playCount: remote.playCount } : { morePlays: remote.playCount - before.playCount };
};

/** @param played when it was played, where that was told anew: only then there is a play to write down */
const watchedEvent = (
  remote: RemoteState,
  before: Shadow,
  at: Instant,
  played: Instant | undefined,
  counted: RemoteEvent,
): RemoteEvent => {
  if (!remote.watched) return before.watched ? { watched: { value: false, at } } : {};
  const more = remote.playCount > before.playCount;
  if (before.watched && !more) return {};
  // One who stands in a watched item is seeing it again: the date is that of this sitting, which came after.
  const again = remote.position !== null;
  return {
    watched: { value: true, at: again ? at - 1 : at },
    ...counted,
    ...(more && played !== undefined ? { plays: [playOf(remote, played, !again)] } : {}),
  };
};

const playOf = ({ position }: RemoteState, at: Instant, completed: boolean) => ({
  at,
  completed,
  ...(position?.durationMs ? { durationMs: position.durationMs } : {}),
});

const positionEvent = (remote: RemoteState, before: Shadow, at: Instant): RemoteEvent => {
  if (remote.position === null) return before.positionMs === null ? {} : { position: { positionMs: 0, at } };
  const { positionMs, durationMs } = remote.position;
  if (positionMs === before.positionMs) return {};
  return { position: { positionMs, at, ...(durationMs ? { durationMs } : {}) } };
};

const opinionEvent = (after: Shadow, before: Shadow, at: Instant): RemoteEvent => {
  const favourite = after.favourite !== null && after.favourite !== (before.favourite ?? false);
  const rated = after.rating !== before.rating;
  if (!favourite && !rated) return {};
  return {
    opinion: {
      ...(favourite ? { favourite: { value: after.favourite ?? false, at } } : {}),
      ...(rated ? { rating: { value: after.rating, at } } : {}),
    },
  };
};
