import type { ExternalId } from '#catalog/incoming.ts';
import type { RemoteKind } from '#sync/media-server.ts';
import type { PlexMetadata } from './answers.ts';

/**
 * The ids of a work: those that today's agents list, and those that the agents of old wrote into the one `guid`. Plex's
 * own ids and those of files without a match say nothing to others. The first id of a provider counts.
 */
export const externalIdsOf = (kind: RemoteKind, { Guid, guid }: PlexMetadata): ExternalId[] => {
  const told = [...(Guid ?? []).map(({ id }) => listed(kind, id ?? '')), legacy(kind, guid ?? '')];
  const known = new Map<string, ExternalId>();
  for (const id of told) if (id && !known.has(id.provider)) known.set(id.provider, id);
  return [...known.values()].sort((one, other) => (one.provider < other.provider ? -1 : 1));
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DIGITS = /^[1-9]\d{0,11}$/;
const FORMS: Record<string, RegExp> = {
  imdb: /^tt\d{5,12}$/,
  tmdb: DIGITS,
  tvdb: DIGITS,
  tvmaze: DIGITS,
  anidb: DIGITS,
  musicbrainz: UUID,
  'musicbrainz-release': UUID,
};

const valid = (provider: string | undefined, value: string): ExternalId | undefined =>
  provider !== undefined && FORMS[provider]?.test(value) ? { provider, value } : undefined;

/** `tmdb://603` */
const listed = (kind: RemoteKind, id: string): ExternalId | undefined => {
  const [, space = '', value = ''] = /^([a-z]+):\/\/([^/?]+)/.exec(id.trim().toLowerCase()) ?? [];
  return valid(space === 'mbid' ? musicbrainz[kind] : space, value);
};

/** What of music an id of MusicBrainz names; of tracks Plex does not say whether it is the recording or the track. */
const musicbrainz: Partial<Record<RemoteKind, string>> = { artist: 'musicbrainz', album: 'musicbrainz-release' };

/**
 * `com.plexapp.agents.thetvdb://268592/1/1?lang=en`: in front of the first slash it is the series that is named, so that
 * only what has no slash is named itself.
 */
const legacy = (kind: RemoteKind, guid: string): ExternalId | undefined => {
  const [, agent = '', path = ''] = /^com\.plexapp\.agents\.([a-z]+):\/\/([^?]*)/.exec(guid.toLowerCase()) ?? [];
  if (path.includes('/') || (kind !== 'movie' && kind !== 'series')) return undefined;
  const [, space, value = path] = agent === 'hama' ? (/^(tvdb|tmdb|imdb|anidb)\d?-(.+)$/.exec(path) ?? []) : [];
  return valid(space ?? agents[agent], value);
};

const agents: Record<string, string> = {
  imdb: 'imdb',
  themoviedb: 'tmdb',
  thetvdb: 'tvdb',
  xbmcnfo: 'imdb',
  xbmcnfotv: 'tvdb',
};
