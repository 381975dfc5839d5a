import type { ExternalId } from '#catalog/incoming.ts';

interface Provider {
  provider: string;
  form: RegExp;
}

const NUMBER = /^[1-9]\d{0,11}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const common: Record<string, Provider> = {
  imdb: { provider: 'imdb', form: /^tt\d{1,12}$/ },
  tmdb: { provider: 'tmdb', form: NUMBER },
  tvdb: { provider: 'tvdb', form: NUMBER },
  tvmaze: { provider: 'tvmaze', form: NUMBER },
  anidb: { provider: 'anidb', form: NUMBER },
};

const musicbrainz = (names: Record<string, string>): Record<string, Provider> =>
  Object.fromEntries(Object.entries(names).map(([name, provider]) => [name, { provider, form: UUID }]));

/** What names a work of a kind; the other ids on it are those of something else: a box set, an album's artist. */
const byKind = {
  video: common,
  artist: musicbrainz({ musicbrainzartist: 'musicbrainz', musicbrainzalbumartist: 'musicbrainz' }),
  album: musicbrainz({ musicbrainzreleasegroup: 'musicbrainz', musicbrainzalbum: 'musicbrainz-release' }),
  track: musicbrainz({ musicbrainzrecording: 'musicbrainz', musicbrainztrack: 'musicbrainz-track' }),
};

/**
 * External ids in their own form. Both servers write them in any case, with and without something behind a `?`, and plug-ins
 * write words and slugs; those are dropped.
 */
export const externalIdsOf = (told: object | null | undefined, kind: keyof typeof byKind): ExternalId[] => {
  const ids: ExternalId[] = [];
  if (!told) return ids;
  const providers = byKind[kind];
  for (const [name, value] of Object.entries(told)) {
    const known = providers[name.toLowerCase()];
    if (!known || (typeof value !== 'string' && typeof value !== 'number')) continue;
    const own = plain(String(value));
    if (known.form.test(own) && !ids.some(({ provider }) => provider === known.provider)) {
      ids.push({ provider: known.provider, value: own });
    }
  }
  return ids.length < 2 ? ids : ids.sort((one, other) => (one.provider < other.provider ? -1 : 1));
};

const plain = (value: string): string => {
  const end = value.indexOf('?');
  return (end < 0 ? value : value.slice(0, end)).trim().toLowerCase();
};
