import { type Instant, type Millis, SECOND } from '#kernel/clock.ts';
import type { Standing, StandingChange, StandingField, Written } from '#sync/media-server.ts';
import { redacted } from '../redacted.ts';
import { type Asked, type Calls, Refusal } from './calls.ts';
import { idOf, readStanding, type Shelved } from './standing.ts';

/** What a server turned out not to keep; learned once, by trying. */
export interface Learned {
  /** false: it has no bookmarks, which are positions. */
  bookmarks: boolean | null;
  /** false: it takes plays and does not count them, or does not tell. */
  plays: boolean | null;
}

interface Step {
  name: string;
  query: Record<string, string | number | (string | number)[]>;
  safe: boolean;
}

/**
 * Writes only what differs: Subsonic counts each play it is told of, and some servers refuse to star what is starred.
 * What stands afterwards tells what was kept: servers say "ok" to what they ignore.
 */
export const writeChange = async (
  { calls, learned, rated, asked }: { calls: Calls; learned: Learned; rated: () => boolean; asked: Asked },
  remoteId: string,
  change: StandingChange,
): Promise<Written> => {
  const before = await readStanding(calls, remoteId, rated, asked);
  const named = idOf(remoteId);
  if (!before || !named) return { outcome: 'gone', dropped: [], after: null, receipt: 'nothing sent' };
  if (before.state?.watched) learned.plays = true;
  const steps = stepsFor(named, before, change, learned);
  for (const step of steps) await take(step, calls, learned, asked);
  const after = steps.length === 0 ? before : await readStanding(calls, remoteId, rated, asked);
  const receipt = steps.length === 0 ? 'nothing sent' : steps.map(receiptOf).join('; ');
  if (!after) return { outcome: 'gone', dropped: [], after: null, receipt };
  if (steps.some(({ name }) => name === 'scrobble')) learned.plays = after.state?.watched ?? null;
  const dropped = droppedOf(change, before, after);
  return { outcome: outcomeOf(change, dropped), dropped, after, receipt };
};

const stepsFor = (
  { kind, id }: { kind: Shelved; id: string },
  { state, opinion }: Standing,
  { watched, position, favourite, rating }: StandingChange,
  learned: Learned,
): Step[] => {
  const steps: Step[] = [];
  const missing = watched?.value && state && learned.plays !== false ? watched.playCount - state.playCount : 0;
  // Several plays are told at once, all of one time: when the earlier ones were is not known.
  for (let left = missing; watched?.value && left > 0; left -= AT_ONCE) {
    const count = Math.min(left, AT_ONCE);
    const query = { id: Array(count).fill(id), time: Array(count).fill(watched.at), submission: 'true' };
    steps.push({ name: 'scrobble', query, safe: false });
  }
  if (favourite !== undefined && favourite !== opinion?.favourite) {
    const parameter = kind === 'track' ? 'id' : `${kind}Id`;
    steps.push({ name: favourite ? 'star' : 'unstar', query: { [parameter]: id }, safe: true });
  }
  if (rating !== undefined && opinion?.rating !== undefined && starsOf(rating) !== starsOf(opinion.rating)) {
    steps.push({ name: 'setRating', query: { id, rating: starsOf(rating) }, safe: true });
  }
  if (position !== undefined && state && learned.bookmarks !== false) {
    if (position === null && state.position) steps.push({ name: 'deleteBookmark', query: { id }, safe: true });
    if (position && !samePosition(position, state.position)) {
      steps.push({ name: 'createBookmark', query: { id, position: Math.round(position.positionMs) }, safe: true });
    }
  }
  return steps;
};

const AT_ONCE = 50;

/** 0: none. The least rating that we keep is still one star. */
const starsOf = (rating: number | null): number => (rating === null ? 0 : Math.max(1, Math.round(rating / 2)));

/** What a server cannot do is found out again when its answer is looked at. */
const take = async ({ name, query, safe }: Step, calls: Calls, learned: Learned, asked: Asked): Promise<void> => {
  try {
    await calls.write(name, query, { ...asked, safe });
    if (name === 'createBookmark') learned.bookmarks = true;
  } catch (error) {
    if (!(error instanceof Refusal && error.cannot)) throw error;
    if (name === 'createBookmark' && error.code === null) learned.bookmarks = false;
  }
};

const droppedOf = (change: StandingChange, before: Standing, { state, opinion }: Standing): StandingField[] => {
  const { watched, position, favourite, rating } = change;
  const dropped: StandingField[] = [];
  if (watched?.value === true) dropped.push(...unkeptPlay(watched, state));
  if (watched?.value === false && before.state?.watched !== false) dropped.push('unwatched');
  if (position !== undefined && !(state && samePosition(state.position, position))) dropped.push('position');
  if (favourite !== undefined && opinion?.favourite !== favourite) dropped.push('favourite');
  if (rating !== undefined && (opinion?.rating === undefined || starsOf(opinion.rating) !== starsOf(rating))) {
    dropped.push('rating');
  }
  return dropped;
};

interface Position {
  positionMs: Millis;
}

/** Some servers keep whole seconds. */
const samePosition = (one: Position | null, other: Position | null): boolean =>
  one && other ? Math.abs(one.positionMs - other.positionMs) < SECOND : one === other;

const unkeptPlay = (wanted: { at: Instant; playCount: number }, state: Standing['state']): StandingField[] => {
  if (!state?.watched) return ['watched', 'playCount', 'lastPlayedAt'];
  const kept = Math.floor((state.lastPlayedAt ?? 0) / SECOND) >= Math.floor(wanted.at / SECOND);
  return [
    ...(state.playCount < wanted.playCount ? ['playCount' as const] : []),
    ...(kept ? [] : ['lastPlayedAt' as const]),
  ];
};

const outcomeOf = (change: StandingChange, dropped: StandingField[]): Written['outcome'] => {
  if (dropped.length === 0) return 'written';
  const fields = [
    change.watched && (change.watched.value ? 'watched' : 'unwatched'),
    change.position !== undefined && 'position',
    change.favourite !== undefined && 'favourite',
    change.rating !== undefined && 'rating',
  ].filter((field): field is StandingField => Boolean(field));
  return fields.every((field) => dropped.includes(field)) ? 'unsupported' : 'partial';
};

const receiptOf = ({ name, query }: Step): string => {
  const shown = Object.entries(query).map(([key, value]) => {
    const [first, ...more] = [value].flat();
    return `${key}=${encodeURIComponent(String(first))}${more.length > 0 ? ` (${more.length + 1} times)` : ''}`;
  });
  return redacted(`GET /rest/${name}?${shown.join('&')}`);
};
