import type { Millis } from '#kernel/clock.ts';
import type { RemoteOpinion, RemoteState, Standing } from '#sync/media-server.ts';
import type { Item, UserData } from './answers.ts';
import { fromTicks, readInstant } from './units.ts';

/**
 * Where an account stands in a leaf. Both count a play when it begins, so a count on what is not watched is of plays that
 * were not finished: none of ours. Emby may tell `Played` without count or date.
 */
export const stateOf = (data: UserData, runTimeTicks: number | null | undefined): RemoteState => {
  const watched = data.Played === true;
  const positionMs = fromTicks(data.PlaybackPositionTicks ?? 0);
  return {
    watched,
    playCount: watched ? Math.max(1, Math.trunc(data.PlayCount ?? 1)) : 0,
    lastPlayedAt: readInstant(data.LastPlayedDate) ?? null,
    position: positionMs > 0 ? { positionMs, durationMs: durationOf(data, positionMs, runTimeTicks) } : null,
  };
};

/** @returns undefined where neither was told */
export const opinionOf = ({ IsFavorite: favourite, Rating: rating }: UserData): RemoteOpinion => ({
  ...(typeof favourite === 'boolean' ? { favourite } : {}),
  // A rating that is not there is none: both servers leave nulls out.
  rating: typeof rating === 'number' && rating > 0 ? Math.min(10, rating) : null,
});

/** @returns null where the item does not say how it stands: no account was meant */
export const standingOf = (item: Item): Standing | null => {
  const { UserData: data } = item;
  if (!data) return null;
  const opinion = opinionOf(data);
  return isContainer(item) ? { opinion } : { opinion, state: stateOf(data, item.RunTimeTicks) };
};

const CONTAINERS = new Set(['Series', 'Season', 'MusicArtist', 'MusicAlbum', 'BoxSet', 'Folder', 'CollectionFolder']);

const isContainer = ({ IsFolder, Type }: Item): boolean => IsFolder === true || CONTAINERS.has(Type ?? '');

const durationOf = (data: UserData, positionMs: Millis, ticks: number | null | undefined): Millis | null => {
  if (ticks && ticks > 0) return fromTicks(ticks);
  const share = data.PlayedPercentage;
  return share && share > 0 && share <= 100 ? Math.round((positionMs * 100) / share) : null;
};
