import { SECOND } from '#kernel/clock.ts';
import { forbidden, invalid } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { UserDataDependencies } from './ports.ts';
import type { Position, Said } from './types.ts';

/** What may be told of any item; that of containers has no position. */
export type Told = Said & Partial<Position>;

/**
 * Writes what a user says of an item, all of it or nothing. A position counts as a player's report; where it is said to be
 * completed or not as well, that holds.
 */
export const say = (
  { database, activity, opinions }: Pick<UserDataDependencies, 'database' | 'activity' | 'opinions'>,
  viewer: Viewer,
  id: MediaItemId,
  told: Told,
): Promise<void> =>
  database.transaction(async () => {
    // Scopes are locked in the same order as everywhere: opinions need one of those that activity locks.
    if (told.positionSeconds !== undefined) await activity.reportProgress(viewer, id, reportOf(told));
    if (told.completed !== undefined) await activity.setWatched(viewer, id, { watched: told.completed });
    const opinion = opinionIn(told);
    if (Object.values(opinion).some((value) => value !== undefined)) await opinions.say(viewer, id, opinion);
  });

const opinionIn = ({ isFavorite, isDisliked, userRating, watchlist }: Said) => ({
  favourite: isFavorite,
  disliked: isDisliked,
  rating: userRating,
  watchlist,
});

/** Seconds as whole milliseconds. @throws AppError `invalid` for what is no length of time */
export const millis = (path: 'positionSeconds' | 'durationSeconds', seconds: number): number => {
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST) return Math.round(seconds * SECOND);
  const message = `must be from 0 to ${LONGEST}`;
  throw invalid(`${path} ${message}.`, [{ path, message }]);
};

/** A hundred days: longer than any recording. */
const LONGEST = 8_640_000;

export const reportOf = ({ positionSeconds = 0, durationSeconds, at }: Partial<Position>) => ({
  positionMs: millis('positionSeconds', positionSeconds),
  durationMs: durationSeconds === undefined ? undefined : millis('durationSeconds', durationSeconds),
  at,
});

/** @throws AppError `forbidden` */
export const refuseGuest = (viewer: Viewer): void => {
  if (viewer.role === 'guest') throw forbidden('Guests cannot record what they watch.');
};
