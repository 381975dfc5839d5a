import { type Static, type TSchema, Type } from 'typebox';
import { type ImageRole, imageRoles } from '#database/tables/catalog.ts';
import { type ClientKind, clientKinds } from '#database/tables/sync.ts';
import type { ClientId, MediaItemId, StreamSourceId } from '#kernel/ids.ts';
import { type LibraryKind, libraryKinds, type MediaKind, mediaKinds } from '#kernel/media.ts';

const orNull = <S extends TSchema>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const words = <T extends string>(values: readonly T[], description: string) =>
  Type.Unsafe<T>(Type.Enum([...values], { description }));
const idOf = <T extends number>(description: string) =>
  Type.Unsafe<T>(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description }));
const ordinal = (description: string) => orNull(Type.Integer({ minimum: 0 }), description);
const instant = (description: string) => Type.String({ format: 'date-time', description });
const strict = { additionalProperties: false } as const;

export const MediaKindSchema = words<MediaKind>(mediaKinds, 'What sort of item it is');
export const LibraryKindSchema = words<LibraryKind>(libraryKinds, 'What a library holds');
export const SeriesStatusSchema = words<'continuing' | 'ended' | 'upcoming'>(
  ['continuing', 'ended', 'upcoming'],
  'Whether new episodes are to come',
);
export const MediaItemIdSchema = idOf<MediaItemId>('Id of a media item');

export const ExternalIdSchema = Type.Object(
  {
    provider: Type.String({ minLength: 1, maxLength: 40, description: 'imdb, tmdb, tvdb, musicbrainz …' }),
    value: Type.String({ minLength: 1, maxLength: 200, description: 'The name of the work there, as tt0133093' }),
  },
  strict,
);
export const ImageSchema = Type.Object(
  {
    role: words<ImageRole>(imageRoles, 'What the image shows the item as'),
    address: Type.String({ minLength: 1, maxLength: 2000, description: 'Where it is' }),
  },
  strict,
);
const SyncClientSchema = Type.Object(
  {
    clientId: idOf<ClientId>('Id of a media server'),
    clientType: words<ClientKind>(clientKinds, 'What sort of media server it is'),
    itemId: Type.String({ description: 'Its own id of its copy' }),
  },
  strict,
);

const DetailsSchema = Type.Object(
  {
    libraryKind: Type.Optional(LibraryKindSchema),
    tagline: Type.Optional(orNull(Type.String(), 'Of a movie')),
    budget: Type.Optional(orNull(Type.Integer({ minimum: 0 }), 'Of a movie, in whole US dollars')),
    revenue: Type.Optional(orNull(Type.Integer({ minimum: 0 }), 'Of a movie, in whole US dollars')),
    status: Type.Optional(orNull(SeriesStatusSchema, 'Of a series')),
    streamSourceId: Type.Optional(idOf<StreamSourceId>('Where a stream comes from')),
    address: Type.Optional(Type.String({ description: 'Of a stream' })),
  },
  { ...strict, description: 'What only this kind has; empty for most kinds' },
);

/** A media item as the API shows it: one shape for every kind. */
export const ItemSchema = Type.Object(
  {
    id: MediaItemIdSchema,
    kind: MediaKindSchema,
    libraryId: idOf<MediaItemId>('The library it stands in; its own id for a library'),
    parentId: orNull(MediaItemIdSchema, 'The season of an episode, the series of a season, the album of a track …'),
    rootId: orNull(MediaItemIdSchema, 'The series of seasons and episodes, the artist of albums and tracks'),
    seasonNumber: ordinal('0 for specials'),
    episodeNumber: ordinal('Number within the season'),
    episodeNumberEnd: ordinal('The last one, where several episodes are one item'),
    absoluteNumber: ordinal('Number within the series'),
    discNumber: ordinal('Disc of a track'),
    trackNumber: ordinal('Number on the disc'),
    title: Type.String({ description: 'Title' }),
    originalTitle: orNull(Type.String(), 'Title in the language it was made in'),
    sortTitle: Type.String({ description: 'What lists by title are sorted by' }),
    overview: orNull(Type.String(), 'What it is about'),
    year: orNull(Type.Integer(), 'Year of release'),
    releaseDate: orNull(Type.String({ format: 'date' }), 'Day it was first shown'),
    runtimeMs: orNull(Type.Integer({ minimum: 0 }), 'Length in milliseconds'),
    contentRating: orNull(Type.String(), 'As its source has it: PG-13, FSK 16 …'),
    ratingLevel: orNull(Type.Integer({ minimum: 0, maximum: 21 }), 'The same as an age, 0 to 21'),
    addedAt: instant('When it came into the catalog'),
    updatedAt: instant('When it was last changed'),
    removedAt: orNull(Type.String({ format: 'date-time' }), 'Since when it has been gone'),
    seriesTitle: orNull(Type.String(), 'Of seasons and episodes'),
    artistTitle: orNull(Type.String(), 'Of albums and tracks'),
    albumTitle: orNull(Type.String(), 'Of tracks'),
    externalIds: Type.Array(ExternalIdSchema),
    tags: Type.Array(Type.String()),
    genres: Type.Array(Type.String()),
    images: Type.Array(ImageSchema),
    syncClients: Type.Array(SyncClientSchema, { description: 'Its copies on media servers' }),
    details: DetailsSchema,
  },
  { ...strict, title: 'Item', description: 'A media item' },
);

export type ItemView = Static<typeof ItemSchema>;
