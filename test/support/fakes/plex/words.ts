import { leavesOf, rootOf, type ShelfItem, type ShelfKind, type ShelfLibrary } from '../shelf.ts';
import type { PlexState } from './watching.ts';

/** How Plex calls a kind. */
export const plexTypes: Record<ShelfKind, { name: string; number: number }> = {
  movie: { name: 'movie', number: 1 },
  series: { name: 'show', number: 2 },
  season: { name: 'season', number: 3 },
  episode: { name: 'episode', number: 4 },
  artist: { name: 'artist', number: 8 },
  album: { name: 'album', number: 9 },
  track: { name: 'track', number: 10 },
};

export const sectionTypes: Partial<Record<NonNullable<ShelfLibrary['type']>, string>> = {
  movies: 'movie',
  tvshows: 'show',
  music: 'artist',
  books: 'photo',
};

export interface Asked {
  guids: boolean;
  excluded: ReadonlySet<string>;
}

/** An item as the server writes it down for someone; nothing that is zero or unknown is there. */
export const metadataOf = (item: ShelfItem, stateOf: (leaf: ShelfItem) => PlexState, { guids, excluded }: Asked) => {
  const told = {
    ...factsOf(item),
    ...(guids ? guidsOf(item) : {}),
    ...filesOf(item),
    ...(leaf(item) ? leafState(stateOf(item)) : groupState(item, stateOf)),
    ...rated(stateOf(item)),
  };
  return Object.fromEntries(Object.entries(told).filter(([name, value]) => value !== undefined && !excluded.has(name)));
};

const leaf = ({ kind }: ShelfItem): boolean => kind === 'movie' || kind === 'episode' || kind === 'track';

const factsOf = (item: ShelfItem) => {
  const { id, kind, parent, index, title } = item;
  const root = rootOf(item);
  const grand = kind === 'episode' || kind === 'track' ? root : null;
  const page = `/library/metadata/${id}`;
  return {
    ratingKey: id,
    key: leaf(item) ? page : `${page}/children`,
    ...(parent && {
      parentRatingKey: parent.id,
      parentKey: `/library/metadata/${parent.id}`,
      parentTitle: parent.title,
    }),
    ...(grand && {
      grandparentRatingKey: grand.id,
      grandparentKey: `/library/metadata/${grand.id}`,
      grandparentTitle: grand.title,
    }),
    guid: item.ids.guid ?? `plex://${plexTypes[kind].name}/${id.padStart(24, '5')}`,
    type: plexTypes[kind].name,
    title,
    titleSort: item.sortTitle,
    originalTitle: item.originalTitle,
    librarySectionTitle: item.library.name,
    librarySectionID: Number(item.library.id),
    librarySectionKey: `/library/sections/${item.library.id}`,
    contentRating: item.officialRating,
    summary: item.overview ?? '',
    index: index ?? undefined,
    parentIndex:
      kind === 'track' ? (item.parentIndex ?? 1) : kind === 'episode' ? (parent?.index ?? undefined) : undefined,
    year: item.year,
    tagline: item.tagline,
    duration: item.runtimeMs ?? undefined,
    originallyAvailableAt: item.premiered,
    addedAt: Math.floor(item.addedAt / 1000),
    updatedAt: Math.floor(item.savedAt / 1000),
    Genre: tags(item.genres),
    Collection: tags(item.tags),
  };
};

const tags = (names: string[] | undefined) => (names?.length ? names.map((tag) => ({ tag })) : undefined);

/** `Imdb` as `imdb://…`; `guid` is the one that an old agent wrote. */
const guidsOf = ({ ids }: ShelfItem) => {
  const listed = Object.entries(ids).filter(([space]) => space !== 'guid');
  return listed.length === 0 ? {} : { Guid: listed.map(([space, id]) => ({ id: `${space.toLowerCase()}://${id}` })) };
};

const filesOf = (item: ShelfItem) => {
  if (item.kind === 'season' || item.kind === 'album') return {};
  if (!leaf(item)) return item.path === null ? {} : { Location: [{ path: item.path }] };
  const files = [item.path, ...(item.versions ?? []).map(({ path }) => path)].filter((path) => path !== null);
  const duration = item.runtimeMs ?? undefined;
  return {
    Media: files.map((file, at) => {
      const id = Number(item.id) * 10 + at;
      const part = { id, key: `/library/parts/${id}/1/file.mkv`, file, size: 1_000_000, container: 'mkv' };
      return { id, container: 'mkv', ...(duration ? { duration } : {}), Part: [part] };
    }),
  };
};

const leafState = ({ viewCount, viewOffset, lastViewedAt }: PlexState) => ({
  viewCount: viewCount || undefined,
  viewOffset: viewOffset || undefined,
  lastViewedAt: lastViewedAt ?? undefined,
});

/** Of what holds others: how many of them, and how many were seen. */
const groupState = (item: ShelfItem, stateOf: (leaf: ShelfItem) => PlexState) => {
  const leaves = leavesOf(item);
  const dates = leaves.map((one) => stateOf(one).lastViewedAt ?? 0);
  return {
    leafCount: leaves.length,
    viewedLeafCount: leaves.filter((one) => stateOf(one).viewCount > 0).length,
    childCount: item.children.length,
    viewCount: leaves.reduce((sum, one) => sum + stateOf(one).viewCount, 0) || undefined,
    lastViewedAt: Math.max(0, ...dates) || undefined,
  };
};

const rated = ({ userRating, lastRatedAt }: PlexState) => ({
  userRating: userRating ?? undefined,
  lastRatedAt: lastRatedAt ?? undefined,
});
