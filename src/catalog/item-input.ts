import { type Static, type TSchema, Type } from 'typebox';
import { fromIso, type Instant } from '#kernel/clock.ts';
import { type Fault, invalid } from '#kernel/errors.ts';
import type { MediaItemId, StreamSourceId } from '#kernel/ids.ts';
import { type MediaKind, mediaKinds, parentKindOf } from '#kernel/media.ts';
import { SeriesStatusSchema } from './item-schema.ts';
import type { ItemRecord } from './items-repository.ts';
import { ratingLevelOf } from './rating-level.ts';

const strict = { additionalProperties: false } as const;
const given = <S extends TSchema>(schema: S, description: string) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: `${description}; null takes it away` }));
const ordinal = (description: string) =>
  Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000 }), Type.Null()], { description }));
const id = <T extends number>(description: string) =>
  Type.Unsafe<T>(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description }));
const title = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Title' });
const money = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 });

const fields = {
  seasonNumber: ordinal('Of a season; 0 for specials'),
  episodeNumber: ordinal('Of an episode'),
  episodeNumberEnd: ordinal('Of a double episode: its last number'),
  absoluteNumber: ordinal('Of an episode: its number within the series'),
  discNumber: ordinal('Of a track'),
  trackNumber: ordinal('Of a track'),
  originalTitle: given(Type.String({ minLength: 1, maxLength: 500 }), 'Title in the language it was made in'),
  sortTitle: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'By default made of the title' })),
  overview: given(Type.String({ minLength: 1, maxLength: 20_000 }), 'What it is about'),
  year: given(Type.Integer({ minimum: 1800, maximum: 2200 }), 'Year of release'),
  releaseDate: given(Type.String({ format: 'date' }), 'Day it was first shown'),
  runtimeMs: given(Type.Integer({ minimum: 1, maximum: 8_640_000_000 }), 'Length in milliseconds'),
  contentRating: given(Type.String({ minLength: 1, maxLength: 100 }), 'PG-13, FSK 16 …'),
  ratingLevel: given(Type.Integer({ minimum: 0, maximum: 21 }), 'As an age; by default made of the content rating'),
  tagline: given(Type.String({ minLength: 1, maxLength: 500 }), 'Of a movie'),
  budget: given(money, 'Of a movie, in whole US dollars'),
  revenue: given(money, 'Of a movie, in whole US dollars'),
  status: given(SeriesStatusSchema, 'Of a series'),
  address: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, description: 'Of a stream: where it plays' })),
  streamSourceId: Type.Optional(id<StreamSourceId>('Of a stream: where it comes from')),
};

const newKinds = mediaKinds.filter((kind): kind is Exclude<MediaKind, 'library'> => kind !== 'library');

export const NewItemSchema = Type.Object(
  {
    kind: Type.Unsafe<(typeof newKinds)[number]>(
      Type.Enum([...newKinds], { description: 'What sort of item to make' }),
    ),
    libraryId: Type.Optional(id<MediaItemId>('Where it is to stand; by default in the oldest library of its kind')),
    parentId: Type.Optional(
      id<MediaItemId>('The series of a season, the season of an episode, the album of a track …'),
    ),
    title,
    ...fields,
  },
  strict,
);
export type NewItemInput = Static<typeof NewItemSchema>;

export const ItemPatchSchema = Type.Object(
  {
    libraryId: Type.Optional(id<MediaItemId>('Moves it there, with all that is below it')),
    title: Type.Optional(title),
    ...fields,
  },
  { ...strict, minProperties: 1 },
);
export type ItemPatch = Static<typeof ItemPatchSchema>;

type Field = keyof typeof fields;

/** Fields that only some kinds have. */
const fieldsOf: Partial<Record<Field, readonly MediaKind[]>> = {
  seasonNumber: ['season'],
  episodeNumber: ['episode'],
  episodeNumberEnd: ['episode'],
  absoluteNumber: ['episode'],
  discNumber: ['track'],
  trackNumber: ['track'],
  tagline: ['movie'],
  budget: ['movie'],
  revenue: ['movie'],
  status: ['series'],
  address: ['stream'],
  streamSourceId: ['stream'],
};

/** Fields without which an item of a kind cannot be made. */
const needed: Partial<Record<MediaKind, readonly (keyof NewItemInput)[]>> = {
  season: ['seasonNumber'],
  stream: ['address', 'streamSourceId'],
};

/**
 * Checks that a new item has what its kind needs, and nothing that its kind has not.
 * @throws AppError `invalid` with each fault
 */
export const checkNewItem = (input: NewItemInput): void => {
  const parent = parentKindOf[input.kind];
  const faults = foreignFields(input.kind, input);
  if (parent !== null && input.parentId === undefined) {
    faults.push({ path: 'parentId', message: `is needed: the ${parent} of the ${input.kind}` });
  }
  if (parent === null && input.parentId !== undefined) {
    faults.push({ path: 'parentId', message: `must be left out: a ${input.kind} stands in its library` });
  }
  if (parent !== null && input.libraryId !== undefined) {
    faults.push({ path: 'libraryId', message: `must be left out: a ${input.kind} stands where its ${parent} stands` });
  }
  for (const field of needed[input.kind] ?? []) {
    if (input[field] === undefined || input[field] === null) faults.push({ path: field, message: 'is needed' });
  }
  if (input.kind === 'episode' && !isPlaced(input)) {
    faults.push({ path: 'episodeNumber', message: 'is needed, or else releaseDate or absoluteNumber' });
  }
  refuse(input.kind, [...faults, ...rangeFaults(input)]);
};

/** @throws AppError `invalid` for fields that the kind has not, and for ordinals that it cannot do without */
export const checkPatch = (kind: MediaKind, patch: ItemPatch): void => {
  const faults = foreignFields(kind, patch);
  if (kind === 'season' && patch.seasonNumber === null) faults.push({ path: 'seasonNumber', message: 'is needed' });
  refuse(kind, [...faults, ...rangeFaults(patch)]);
};

/** The columns of `media_items` that an input sets; the year follows the date unless it is given. */
export const columnsOf = (input: NewItemInput | ItemPatch): Partial<ItemRecord> =>
  defined<Partial<ItemRecord>>({
    title: input.title,
    season_number: input.seasonNumber,
    episode_number: input.episodeNumber,
    episode_number_end: input.episodeNumberEnd,
    absolute_number: input.absoluteNumber,
    disc_number: input.discNumber,
    track_number: input.trackNumber,
    original_title: input.originalTitle,
    overview: input.overview,
    year: input.year === undefined && input.releaseDate ? Number(input.releaseDate.slice(0, 4)) : input.year,
    released_at: typeof input.releaseDate === 'string' ? dayOf(input.releaseDate) : input.releaseDate,
    runtime_ms: input.runtimeMs,
    content_rating: input.contentRating,
    rating_level: levelOf(input),
  });

/** Without the fields that are undefined. */
export const defined = <T extends object>(values: { [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

const levelOf = (input: NewItemInput | ItemPatch): number | null | undefined => {
  if (input.ratingLevel !== undefined || input.contentRating === undefined) return input.ratingLevel;
  return input.contentRating === null ? null : ratingLevelOf(input.contentRating);
};

const dayOf = (date: string): Instant => {
  const at = fromIso(`${date}T00:00:00Z`);
  if (at === undefined) throw invalid('This date does not exist.', [{ path: 'releaseDate', message: 'is no date' }]);
  return at;
};

const isPlaced = ({ episodeNumber, absoluteNumber, releaseDate }: NewItemInput): boolean =>
  [episodeNumber, absoluteNumber, releaseDate].some((value) => value !== undefined && value !== null);

const foreignFields = (kind: MediaKind, input: NewItemInput | ItemPatch): Fault[] =>
  Object.entries(fieldsOf).flatMap(([field, kinds]) =>
    input[field as Field] === undefined || kinds.includes(kind)
      ? []
      : [{ path: field, message: `is not for a ${kind}; only for: ${kinds.join(', ')}` }],
  );

const rangeFaults = ({ episodeNumber, episodeNumberEnd }: NewItemInput | ItemPatch): Fault[] => {
  const fits =
    typeof episodeNumberEnd !== 'number' ||
    episodeNumber === undefined ||
    (episodeNumber ?? Infinity) <= episodeNumberEnd;
  return fits ? [] : [{ path: 'episodeNumberEnd', message: 'must not be below episodeNumber' }];
};

const refuse = (kind: MediaKind, faults: Fault[]): void => {
  if (faults.length > 0) throw invalid(`This is not a ${kind} that can be kept.`, faults);
};
