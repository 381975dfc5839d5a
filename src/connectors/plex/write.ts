import { type Millis, SECOND } from '#kernel/clock.ts';
import type { RemoteState, Standing, StandingChange, StandingField, Written } from '#sync/media-server.ts';
import type { Http, Query } from '../http.ts';
import { MetadataPage, type PlexMetadata } from './answers.ts';
import { tokenHeader } from './hosts.ts';
import { standingOf } from './standing.ts';
import { isKey, keyOf, lengthOf } from './values.ts';

const LIBRARY = 'com.plexapp.plugins.library';
/** Plex keeps ratings as numbers and shows them as half stars. */
export const RATING_STEP = 1;
/** What is played up to here Plex takes for watched, unless its owner set it otherwise. */
const TAKEN_FOR_WATCHED = 0.9;
/** Positions nearer than this are the same. */
const SAME_POSITION: Millis = SECOND;

/** An entry as Plex tells it; null: it is not there, or the account may not see it, or it is nothing that we know. */
export const readEntry = async (
  http: Http,
  token: string | null,
  remoteId: string,
  signal: AbortSignal,
): Promise<{ row: PlexMetadata; standing: Standing } | null> => {
  if (!isKey(remoteId)) return null;
  const answer = await http.find(`/library/metadata/${remoteId}`, {
    shape: MetadataPage,
    headers: tokenHeader(token),
    signal,
  });
  const row = answer?.MediaContainer.Metadata?.find(({ ratingKey }) => keyOf(ratingKey) === remoteId);
  const standing = row && standingOf(row);
  return standing ? { row, standing } : null;
};

/**
 * Reads how the entry stands, sends only what changes that, and reads it again: marking it watched counts up each time,
 * and a position may be ignored without a word. Plex dates everything with its own present.
 */
export const writeStanding = async (
  http: Http,
  token: string | null,
  remoteId: string,
  change: StandingChange,
  signal: AbortSignal,
): Promise<Written> => {
  const before = await readEntry(http, token, remoteId, signal);
  if (!before) return { outcome: 'gone', dropped: [], after: null, receipt: `GET /library/metadata/${remoteId}` };
  const steps = stepsFor(before.standing, change, lengthOf(before.row.duration)).map((step) => ({
    ...requestOf(step, remoteId),
    // Every mark counts: only that is not sent again when the answer is lost.
    safe: step.do !== 'scrobble',
  }));
  for (const { method, path, query, safe } of steps) {
    await http.send(method, path, { query, headers: tokenHeader(token), signal, safe, accept: [404] });
  }
  const receipt = steps.map(({ receipt }) => receipt).join(', ') || 'nothing to send, it stood so already';
  const after = steps.length === 0 ? before : await readEntry(http, token, remoteId, signal);
  if (!after) return { outcome: 'gone', dropped: [], after: null, receipt };
  const asked = askedFields(change);
  const dropped = asked.filter((field) => !isKept(field, change, after.standing));
  return { outcome: outcomeOf(asked, dropped), dropped, after: after.standing, receipt };
};

/** How often and when go with what was watched: by themselves they are nothing that was kept. */
const outcomeOf = (asked: StandingField[], dropped: StandingField[]): Written['outcome'] => {
  const main = asked.filter((field) => field !== 'playCount' && field !== 'lastPlayedAt');
  if (dropped.length === 0) return 'written';
  return main.every((field) => dropped.includes(field)) ? 'unsupported' : 'partial';
};

export type Step =
  | { do: 'rate'; rating: number | null }
  | { do: 'scrobble' }
  | { do: 'unscrobble' }
  | { do: 'stop'; positionMs: Millis; durationMs: Millis };

/**
 * What to send, in order.
 *
 * - One mark counts one view, now: it is sent when the entry is unwatched, or was seen again since Plex last heard of it.
 *   A count that is higher still is left behind, so that sending the same again changes nothing.
 * - A position of 0 clears nothing. Of what is unwatched the taking back of the mark clears it; of what is watched only
 *   another mark would: a rewatch is not counted, nor is watched taken back, to be rid of a position.
 * - A position on what is watched is told without taking the mark back first, though some versions ignore it then: what
 *   is watched is worth more than where it stopped. A position so near the end that it would be taken for watched is not
 *   told, nor one of which the length is not known: Plex would ignore it.
 */
export const stepsFor = (before: Standing, change: StandingChange, durationMs: Millis | undefined): Step[] => {
  const steps: Step[] = [];
  if (change.rating !== undefined && asKept(change.rating) !== (before.opinion?.rating ?? null)) {
    steps.push({ do: 'rate', rating: asKept(change.rating) });
  }
  if (!before.state) return steps;
  const mark = markFor(before.state, change);
  if (mark) steps.push({ do: mark });
  const stop = stopFor(mark ? null : before.state.position, change, durationMs);
  if (stop) steps.push(stop);
  return steps;
};

const markFor = (before: RemoteState, { watched, position }: StandingChange): 'scrobble' | 'unscrobble' | undefined => {
  if (watched?.value === true) {
    const seenSince = watched.playCount > before.playCount && watched.at > (before.lastPlayedAt ?? 0) + SECOND;
    return !before.watched || seenSince ? 'scrobble' : undefined;
  }
  if (watched?.value === false && before.watched) return 'unscrobble';
  const cleared = isCleared(position) && before.position !== null;
  return cleared && !before.watched ? 'unscrobble' : undefined;
};

const isCleared = (position: StandingChange['position']): boolean =>
  position === null || (position !== undefined && position.positionMs <= 0);

const stopFor = (
  held: RemoteState['position'],
  { position }: StandingChange,
  itemMs: Millis | undefined,
): Step | undefined => {
  if (!position || isCleared(position)) return undefined;
  const durationMs = itemMs ?? position.durationMs ?? 0;
  const positionMs = Math.round(position.positionMs);
  if (held && isNear(held.positionMs, positionMs)) return undefined;
  return positionMs < durationMs * TAKEN_FOR_WATCHED ? { do: 'stop', positionMs, durationMs } : undefined;
};

const isNear = (one: Millis, other: Millis): boolean => Math.abs(one - other) < SAME_POSITION;

const asKept = (rating: number | null): number | null =>
  rating === null ? null : Math.min(10, Math.max(RATING_STEP, Math.round(rating / RATING_STEP) * RATING_STEP));

const requestOf = (
  step: Step,
  key: string,
): { method: 'PUT' | 'POST'; path: string; query: Query; receipt: string } => {
  switch (step.do) {
    case 'rate': {
      const rating = step.rating ?? -1;
      const query = { identifier: LIBRARY, key, rating };
      return { method: 'PUT', path: '/:/rate', query, receipt: `PUT /:/rate?key=${key}&rating=${rating}` };
    }
    case 'stop': {
      const { positionMs: time, durationMs: duration } = step;
      const place = { key: `/library/metadata/${key}`, ratingKey: key, identifier: LIBRARY };
      const receipt = `POST /:/timeline?ratingKey=${key}&state=stopped&time=${time}`;
      return { method: 'POST', path: '/:/timeline', query: { ...place, state: 'stopped', time, duration }, receipt };
    }
    default: {
      const path = `/:/${step.do}`;
      return { method: 'PUT', path, query: { identifier: LIBRARY, key }, receipt: `PUT ${path}?key=${key}` };
    }
  }
};

const askedFields = ({ watched, position, favourite, rating }: StandingChange): StandingField[] => [
  ...(watched?.value === true ? (['watched', 'playCount', 'lastPlayedAt'] as const) : []),
  ...(watched?.value === false ? (['unwatched'] as const) : []),
  ...(position === undefined ? [] : (['position'] as const)),
  ...(favourite === undefined ? [] : (['favourite'] as const)),
  ...(rating === undefined ? [] : (['rating'] as const)),
];

const isKept = (field: StandingField, { watched, position, rating }: StandingChange, after: Standing): boolean => {
  const { state, opinion } = after;
  if (field === 'favourite') return false;
  if (field === 'rating') return (opinion?.rating ?? null) === asKept(rating ?? null);
  if (!state) return false;
  if (field === 'watched') return state.watched;
  if (field === 'unwatched') return !state.watched;
  if (field === 'position') return isHeld(position, state.position);
  if (watched?.value !== true) return false;
  return field === 'playCount' ? state.playCount >= watched.playCount : isNear(state.lastPlayedAt ?? 0, watched.at);
};

const isHeld = (wanted: StandingChange['position'], held: RemoteState['position']): boolean =>
  isCleared(wanted) ? held === null : held !== null && isNear(held.positionMs, wanted?.positionMs ?? 0);
