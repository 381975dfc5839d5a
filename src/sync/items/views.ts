import Type, { type Static, type TSchema } from 'typebox';
import { type LibraryKind, libraryKinds, type MediaKind, mediaKinds } from '#kernel/media.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type MatchState, matchStates } from './match-view.ts';

const closed = { additionalProperties: false } as const;
const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = <V extends string>(values: readonly V[], description: string) =>
  Type.Unsafe<V>({ type: 'string', enum: [...values], description });
const id = (description: string) => Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description });
const text = (description: string) => Type.String({ description });
const count = (description: string) => Type.Integer({ minimum: 0, description });

const ClientId = id('Id of the media server');
export const ClientParams = Type.Object({ id: ClientId });
export const CopyParams = Type.Object({ id: ClientId, copyId: id('Id of the entry') });
export const LibraryParams = Type.Object({
  id: ClientId,
  remoteId: Type.String({ minLength: 1, maxLength: 200, description: 'Id of the library on the media server' }),
});

export const MatchesQuery = Type.Object(
  {
    state: oneOf<MatchState>(
      matchStates,
      'unmatched: no item was found; ambiguous: it may be several; conflicting: its ids name different items, or different works are taken for one item; decided: a person said what it is',
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE, description: 'Entries at the most' }),
    ),
    cursor: Type.Optional(Type.String({ maxLength: 500, description: 'Where the former page ended' })),
  },
  closed,
);
export const CandidatesQuery = Type.Object(
  { q: Type.Optional(Type.String({ maxLength: 200, description: 'Words of a title; by default the entry’s own' })) },
  closed,
);

const ItemSchema = Type.Object(
  {
    id: id('Id of the item'),
    kind: oneOf<MediaKind>(mediaKinds, 'What it is'),
    title: text('Title'),
    year: nullable(Type.Integer()),
    seasonNumber: nullable(Type.Integer()),
    episodeNumber: nullable(Type.Integer()),
    parentTitle: nullable(text('The series, artist or album that it is of')),
  },
  closed,
);
const CandidateSchema = Type.Object(
  {
    item: ItemSchema,
    score: Type.Integer({ minimum: 0, maximum: 100, description: 'How well it fits; nothing is matched by it' }),
    reasons: Type.Array(text('What speaks for or against it')),
  },
  closed,
);
export const CandidatesSchema = Type.Object({ items: Type.Array(CandidateSchema) }, closed);

export const MatchSchema = Type.Object(
  {
    id: id('Id of the entry'),
    clientItemId: text('What the media server calls it'),
    kind: oneOf<MediaKind>(mediaKinds, 'What it is'),
    title: text('Title as the media server has it'),
    year: nullable(Type.Integer()),
    path: nullable(text('Where the media server has the file')),
    state: oneOf<MatchState>(matchStates, 'How it stands'),
    reason: text('Why it needs a person; empty where one decided'),
    item: nullable(ItemSchema),
    decision: nullable(oneOf(['item', 'ignored'] as const, 'What a person said')),
    candidates: Type.Array(CandidateSchema, { description: 'Best first' }),
  },
  closed,
);
export const MatchPageSchema = Type.Object(
  { items: Type.Array(MatchSchema), next: nullable(text('Cursor of the following page')) },
  closed,
);

export const DecisionSchema = Type.Object(
  {
    itemId: Type.Optional(id('It is this item')),
    create: Type.Optional(Type.Literal(true, { description: 'It is none of ours: make one' })),
    ignore: Type.Optional(Type.Literal(true, { description: 'Leave it out of everything' })),
  },
  { ...closed, minProperties: 1, maxProperties: 1, description: 'One of these' },
);
export type DecisionBody = Static<typeof DecisionSchema>;

export const LibrarySchema = Type.Object(
  {
    remoteId: text('Id of the library on the media server'),
    name: text('What it is called there'),
    kind: oneOf<LibraryKind>(libraryKinds, 'What it holds'),
    libraryId: nullable(id('Which of ours it stands for; null: the first of its kind')),
    included: Type.Boolean({ description: 'Whether it is read at all' }),
  },
  closed,
);
export const LibrariesSchema = Type.Object({ items: Type.Array(LibrarySchema) }, closed);
export const LibraryChoiceSchema = Type.Object(
  {
    libraryId: nullable(id('Which of ours it stands for; null: the first of its kind')),
    included: Type.Boolean({ description: 'Whether it is read at all' }),
  },
  closed,
);

const credential = (description: string) =>
  Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 500, description })));
export const ReplaceSchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 500, description: 'Of the new server' }),
    userName: credential('Absent: as it is'),
    password: credential('Absent: as it is'),
    token: credential('Absent: as it is'),
    confirm: Type.Optional(
      Type.Boolean({ description: 'Do it; otherwise it is only shown what would become of what' }),
    ),
  },
  closed,
);

const RemoteSchema = Type.Object(
  {
    remoteId: text('Its id on the new server'),
    kind: oneOf<MediaKind>(mediaKinds, 'What it is'),
    title: text('Title'),
  },
  closed,
);
const CopySchema = Type.Object(
  {
    id: id('Id of the entry here'),
    clientItemId: text('Its id on the old server'),
    kind: oneOf<MediaKind>(mediaKinds, 'What it is'),
    title: text('Title'),
    itemId: nullable(id('The item that it is a copy of')),
  },
  closed,
);
export const ReplacementSchema = Type.Object(
  {
    done: Type.Boolean({ description: 'Whether it was done, or only shown' }),
    server: Type.Object({ name: text('What it calls itself'), version: text('Version'), same: Type.Boolean() }, closed),
    counts: Type.Object(
      {
        moved: count('Entries that were found again'),
        new: count('Entries that only the new server has'),
        gone: count('Entries that only the old server had'),
        conflicting: count('Entries that may be several: none of them is taken for any'),
      },
      closed,
    ),
    accounts: Type.Array(
      Type.Object(
        {
          name: text('Whose'),
          remoteId: nullable(text('On the new server; null: not there')),
          needsPin: Type.Boolean(),
        },
        closed,
      ),
    ),
    moved: Type.Array(
      Type.Object(
        {
          from: CopySchema,
          to: RemoteSchema,
          by: oneOf(['external_id', 'path', 'title', 'decision'] as const, 'How it was known again'),
        },
        closed,
      ),
      { description: 'The first of them' },
    ),
    new: Type.Array(RemoteSchema, { description: 'The first of them' }),
    gone: Type.Array(CopySchema, { description: 'The first of them' }),
    conflicting: Type.Array(
      Type.Object({ to: RemoteSchema, from: Type.Array(CopySchema), reason: text('Why') }, closed),
      { description: 'The first of them' },
    ),
    warnings: Type.Array(Type.String()),
  },
  closed,
);
export type ReplacementView = Static<typeof ReplacementSchema>;
