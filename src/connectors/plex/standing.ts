import type { RemoteOpinion, RemoteState, Standing } from '#sync/media-server.ts';
import type { PlexMetadata } from './answers.ts';
import { instantOf, integerOf, lengthOf, numberOf } from './values.ts';

/** What is absent is zero or nothing. While something is seen again it is watched, and in progress as well. */
export const stateOf = (row: PlexMetadata): RemoteState => {
  const playCount = Math.max(0, integerOf(row.viewCount) ?? 0);
  const positionMs = lengthOf(row.viewOffset);
  return {
    watched: playCount > 0,
    playCount,
    lastPlayedAt: instantOf(row.lastViewedAt) ?? null,
    position: positionMs === undefined ? null : { positionMs, durationMs: lengthOf(row.duration) ?? null },
  };
};

/** Plex has ratings of 0 to 10, shown as five stars, and no favourites. */
export const opinionOf = ({ userRating }: PlexMetadata): RemoteOpinion => {
  const rating = numberOf(userRating);
  return { rating: rating !== undefined && rating >= 0 && rating <= 10 ? rating : null };
};

/** undefined: it is nothing that we know, such as a photo, a clip or a playlist. */
export const standingOf = (row: PlexMetadata): Standing | undefined => {
  if (leafTypes.includes(row.type ?? '')) return { state: stateOf(row), opinion: opinionOf(row) };
  return containerTypes.includes(row.type ?? '') ? { opinion: opinionOf(row) } : undefined;
};

export const leafTypes: readonly string[] = ['movie', 'episode', 'track'];
const containerTypes: readonly string[] = ['show', 'season', 'artist', 'album'];
