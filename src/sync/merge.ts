import type { Instant, Millis } from '#kernel/clock.ts';
import type { RemoteState } from './media-server.ts';

/** The remote state of one account and item as it was seen last (domain §8). */
export interface Shadow {
  watched: boolean;
  playCount: number;
  positionMs: Millis | null;
  lastPlayedAt: Instant | null;
}

/** What happened on the other side since, as an event of that device user. */
export interface RemoteEvent {
  watched?: { value: boolean; at: Instant };
  /** Position 0: they no longer stand anywhere in it. */
  position?: { positionMs: Millis; durationMs?: Millis; at: Instant };
  plays?: { at: Instant; durationMs?: Millis; completed: boolean }[];
  playCount?: number;
}

export interface Pulled {
  /** Absent: nothing that a person did. */
  event?: RemoteEvent;
  /** What to remember; absent: what is remembered already. */
  shadow?: Shadow;
}

/** What an item is before anything is known of it: not keeping this state is the same as keeping it. */
const BLANK: Shadow = { watched: false, playCount: 0, positionMs: null, lastPlayedAt: null };

/** A watched item this far in has been seen to its end: servers leave such positions behind (Kodi: 90 to 92 %). */
const SEEN_TO_END = 0.9;

/**
 * The pull side of the three-way merge: what they changed since we looked. What we changed in the meantime needs no look
 * here, for events carry their instant and the newest wins wherever they are kept.
 *
 * An event happened when they say it was played, if that can be: not later than now, and not before we last saw that it
 * had not happened yet (a date set back by hand); else it happened now. Unwatching has no date anywhere.
 *
 * @param shadow absent: never seen, or seen blank
 * @param lastSeenAt when the item was looked at last; absent: never
 */
export const pull = (
  told: RemoteState,
  shadow: Shadow | undefined,
  lastSeenAt: Instant | undefined,
  now: Instant,
): Pulled => {
  const before = shadow ?? BLANK;
  const remote = { ...told, position: seenToEnd(told) ? null : told.position };
  const after = shadowOf(remote);
  if (same(before, after)) return {};
  const dated = remote.lastPlayedAt !== null && remote.lastPlayedAt !== before.lastPlayedAt;
  const played = dated ? Math.min(remote.lastPlayedAt ?? now, now) : undefined;
  const at = played !== undefined && played > (lastSeenAt ?? Number.NEGATIVE_INFINITY) ? played : now;
  const event: RemoteEvent = { ...watchedEvent(remote, before, at, played), ...positionEvent(remote, before, at) };
  return { shadow: after, ...(Object.keys(event).length > 0 ? { event } : {}) };
};

const seenToEnd = ({ watched, position }: RemoteState): boolean =>
  watched &&
  position !== null &&
  position.durationMs !== null &&
  position.positionMs >= position.durationMs * SEEN_TO_END;

const shadowOf = ({ watched, playCount, position, lastPlayedAt }: RemoteState): Shadow => ({
  watched,
  playCount,
  positionMs: position?.positionMs ?? null,
  lastPlayedAt,
});

const same = (one: Shadow, other: Shadow): boolean =>
  one.watched === other.watched &&
  one.playCount === other.playCount &&
  one.positionMs === other.positionMs &&
  one.lastPlayedAt === other.lastPlayedAt;

/** @param played when it was played, where that was told anew: only then there is a play to write down */
const watchedEvent = (remote: RemoteState, before: Shadow, at: Instant, played: Instant | undefined): RemoteEvent => {
  if (!remote.watched) return before.watched ? { watched: { value: false, at } } : {};
  const more = remote.playCount > before.playCount;
  if (before.watched && !more) return {};
  // One who stands in a watched item is seeing it again: the date is that of this sitting, which came after.
  const again = remote.position !== null;
  return {
    watched: { value: true, at: again ? at - 1 : at },
    ...(more ? { playCount: remote.playCount } : {}),
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
