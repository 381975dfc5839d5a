import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { readColumn } from '#database/json.ts';
import { datePrecisions } from '#database/tables/activity.ts';
import type { ChangeSetId, MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';

const id = <I extends number>() => Type.Unsafe<I>(Type.Integer());
const instant = Type.Integer();
const orNull = <S extends Parameters<typeof Type.Array>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

const MarkShape = Type.Object({ watched: Type.Boolean(), at: instant });
const RegisterShape = Type.Object({
  positionMs: orNull(Type.Integer()),
  durationMs: orNull(Type.Integer()),
  reportedAt: instant,
});
const CountsShape = Type.Object({
  count: Type.Integer(),
  firstAt: orNull(instant),
  lastAt: orNull(instant),
});
const PlayShape = Type.Object({
  startedAt: instant,
  lastAt: instant,
  endedAt: orNull(instant),
  completed: Type.Boolean(),
  watchedMs: Type.Integer(),
  precision: Type.Enum([...datePrecisions]),
});

/** Yes or no, or a rating. */
const SaidShape = Type.Object({ value: Type.Union([Type.Boolean(), Type.Number(), Type.Null()]), at: instant });

/** What runs change of opinions: what media servers tell of, and what follows from it. */
export const saidFields = ['favourite', 'disliked', 'rating'] as const;

/** Where a leaf was left, in one scope. */
export type Register = Static<typeof RegisterShape>;
/** How often a leaf was played in one scope, and when. */
export type Counts = Static<typeof CountsShape>;
/** What was said of an item, and when. */
export type SaidFact = Static<typeof SaidShape>;
/** What can be corrected of a play. */
export type PlayFacts = Static<typeof PlayShape>;

const inScope = { scope: id<ScopeId>(), item: id<MediaItemId>() };
const change = <S extends Parameters<typeof Type.Array>[0]>(schema: S) => ({
  before: orNull(schema),
  after: orNull(schema),
});

const EntryShape = Type.Union([
  Type.Object({ of: Type.Literal('mark'), ...inScope, ...change(MarkShape) }),
  Type.Object({ of: Type.Literal('register'), ...inScope, ...change(RegisterShape) }),
  Type.Object({ of: Type.Literal('counts'), ...inScope, ...change(CountsShape) }),
  /** Of the set's user, on all devices; null: never said. */
  Type.Object({
    of: Type.Literal('said'),
    item: id<MediaItemId>(),
    field: Type.Enum([...saidFields]),
    ...change(SaidShape),
  }),
  /** null: not in the history. */
  Type.Object({ of: Type.Literal('play'), play: id<PlayId>(), ...change(PlayShape) }),
  /** All plays that a set took away, at once; the set stays the same when they come back and go again. */
  Type.Object({
    of: Type.Literal('taken'),
    set: id<ChangeSetId>(),
    plays: Type.Integer(),
    before: Type.Boolean(),
    after: Type.Boolean(),
  }),
  /** When a series was newly active before; what it is after is derived. */
  Type.Object({
    of: Type.Literal('series'),
    scope: id<ScopeId>(),
    series: id<MediaItemId>(),
    before: orNull(instant),
  }),
]);

/**
 * One thing that a change set changed. Of scopes only those of single devices are told of: what the group holds is always
 * their merge, and is made anew.
 */
export type Entry = Static<typeof EntryShape>;
export type EntryOf<Of extends Entry['of']> = Extract<Entry, { of: Of }>;

/** The longest part of a change set: so much is held in memory at once. */
export const PART = 300;

export const writeEntries = (entries: readonly Entry[]): string => JSON.stringify(entries);

/** @throws TypeError when the text is not what `writeEntries` made */
export const readEntries = (text: string): Entry[] => {
  const entries = readColumn(text, (value) => EntriesShape.Check(value));
  if (!entries) throw new TypeError('A change set holds something else than its entries.');
  return entries;
};

const EntriesShape = Compile(Type.Array(EntryShape));
