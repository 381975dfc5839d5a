/** The kinds of media item (domain §1): every node that can be watched or heard, or that holds such nodes. */
export const mediaKinds = [
  'library',
  'movie',
  'collection',
  'series',
  'season',
  'episode',
  'artist',
  'album',
  'track',
  'stream',
] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** Leaves are what is played; all other kinds are containers. */
export const leafKinds = ['movie', 'episode', 'track', 'stream'] as const;
export type LeafKind = (typeof leafKinds)[number];
export const isLeaf = (kind: MediaKind): kind is LeafKind => (leafKinds as readonly string[]).includes(kind);

/** A library holds one family of the tree. */
export const libraryKinds = ['movies', 'series', 'music', 'streams'] as const;
export type LibraryKind = (typeof libraryKinds)[number];

/** Which library kind a media kind stands in. */
export const shelfOf: Record<Exclude<MediaKind, 'library'>, LibraryKind> = {
  movie: 'movies',
  collection: 'movies',
  series: 'series',
  season: 'series',
  episode: 'series',
  artist: 'music',
  album: 'music',
  track: 'music',
  stream: 'streams',
};

/** What a kind hangs from; null: directly from its library. */
export const parentKindOf: Record<MediaKind, MediaKind | null> = {
  library: null,
  movie: null,
  collection: null,
  series: null,
  season: 'series',
  episode: 'season',
  artist: null,
  album: 'artist',
  track: 'album',
  stream: null,
};
