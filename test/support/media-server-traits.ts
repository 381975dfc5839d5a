import type { ClientKind } from '#database/tables/sync.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import {
  type Capabilities,
  type RemoteKind,
  remoteKinds,
  type StandingChange,
  type StandingField,
  standingFields,
} from '#sync/media-server.ts';
import type { Kept } from './media-server-shelf.ts';

/** Habits of vendors. */
export interface Traits {
  kind: ClientKind;
  /** `single`: it knows no people. */
  accounts: 'single' | 'several';
  /** It takes a watched mark for one of now (Plex). */
  forgetsDates: boolean;
  /** It counts each watched mark as one more, and cannot be told a count (Plex). */
  countsMarks: boolean;
  /** Positions are kept in steps of this length (Kodi, Subsonic: seconds). */
  floorsPositionsTo: Millis;
  /** Watched stays watched, whatever it is told (Subsonic's scrobble). */
  cannotUnwatch: boolean;
  /** A watched mark clears the position (Jellyfin). */
  clearsPositionWhenPlayed: boolean;
  /** Unwatching clears the last date and the count (Plex, Jellyfin). */
  clearsDateWhenUnwatched: boolean;
  noPositions: boolean;
  noRatings: boolean;
  noFavourites: boolean;
  ratingStep: number;
  /** Sittings are written down one by one (Plex). */
  logsPlays: boolean;
  /** It can tell what changed since (Jellyfin, Plex). */
  tellsChanges: boolean;
  /** Its clock is ahead of ours by this. */
  clockSkewMs: Millis;
  pageSize: number;
  kinds: readonly RemoteKind[];
}

/** A server that keeps everything as it is told. */
export const plain: Traits = {
  kind: 'jellyfin',
  accounts: 'several',
  forgetsDates: false,
  countsMarks: false,
  floorsPositionsTo: 1,
  cannotUnwatch: false,
  clearsPositionWhenPlayed: false,
  clearsDateWhenUnwatched: false,
  noPositions: false,
  noRatings: false,
  noFavourites: false,
  ratingStep: 0.5,
  logsPlays: false,
  tellsChanges: false,
  clockSkewMs: 0,
  pageSize: 100,
  kinds: remoteKinds,
};

export const nothing = (): Kept => ({
  state: { watched: false, playCount: 0, lastPlayedAt: null, position: null },
  opinion: { favourite: false, rating: null },
});

export const opinionKinds = (is: Traits): readonly RemoteKind[] => is.kinds;

export const capabilitiesOf = (is: Traits): Capabilities => {
  const cannot = (field: StandingField): boolean =>
    (field === 'position' && is.noPositions) ||
    (field === 'rating' && is.noRatings) ||
    (field === 'favourite' && is.noFavourites);
  const cannotBeTold = (field: StandingField): boolean =>
    cannot(field) ||
    (field === 'unwatched' && is.cannotUnwatch) ||
    (field === 'lastPlayedAt' && is.forgetsDates) ||
    (field === 'playCount' && is.countsMarks);
  return {
    kinds: is.kinds,
    accounts: is.accounts,
    reads: standingFields.filter((field) => !cannot(field)),
    writes: standingFields.filter((field) => !cannotBeTold(field)),
    opinionKinds: opinionKinds(is).filter((kind) => kind !== 'movie' && kind !== 'episode' && kind !== 'track'),
    positionStepMs: is.floorsPositionsTo,
    ratingStep: is.noRatings ? null : is.ratingStep,
    pageSize: is.pageSize,
  };
};

export const floored = (is: Traits, positionMs: Millis): Millis =>
  Math.floor(positionMs / is.floorsPositionsTo) * is.floorsPositionsTo;

export const unwatch = (is: Traits, state: Kept['state']): void => {
  state.watched = false;
  if (is.clearsDateWhenUnwatched) Object.assign(state, { playCount: 0, lastPlayedAt: null, position: null });
};

/** Does what was asked as far as this server can. @returns how many fields were asked, and which were dropped */
export const apply = (is: Traits, kind: RemoteKind, kept: Kept, change: StandingChange, now: Instant) => {
  const { state, opinion } = kept;
  const fields = fieldsOf(change);
  const leaf = kind === 'movie' || kind === 'episode' || kind === 'track';
  const can = (field: StandingField) =>
    capabilitiesOf(is).writes.includes(field) && (leaf || field === 'favourite' || field === 'rating');
  const dropped = fields.filter((field) => !can(field));
  const { watched, position } = change;
  if (watched?.value === true && can('watched')) {
    const count = is.countsMarks ? state.playCount + 1 : Math.max(watched.playCount, state.playCount, 1);
    const at = is.forgetsDates ? now : Math.max(watched.at, state.lastPlayedAt ?? 0);
    Object.assign(state, { watched: true, playCount: count, lastPlayedAt: at });
    if (is.clearsPositionWhenPlayed) state.position = null;
  }
  if (watched?.value === false && can('unwatched')) unwatch(is, state);
  if (position !== undefined && can('position')) {
    state.position = position && { positionMs: floored(is, position.positionMs), durationMs: position.durationMs };
    if (position) state.lastPlayedAt = is.forgetsDates ? now : Math.max(position.at, state.lastPlayedAt ?? 0);
  }
  if (change.favourite !== undefined && can('favourite')) opinion.favourite = change.favourite;
  if (change.rating !== undefined && can('rating')) {
    opinion.rating = change.rating === null ? null : Math.round(change.rating / is.ratingStep) * is.ratingStep;
  }
  return { asked: fields.length, dropped };
};

const fieldsOf = ({ watched, position, favourite, rating }: StandingChange): StandingField[] => [
  ...(watched?.value === true ? (['watched', 'playCount', 'lastPlayedAt'] as const) : []),
  ...(watched?.value === false ? (['unwatched'] as const) : []),
  ...(position === undefined ? [] : (['position'] as const)),
  ...(favourite === undefined ? [] : (['favourite'] as const)),
  ...(rating === undefined ? [] : (['rating'] as const)),
];
