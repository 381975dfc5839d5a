import { Type } from 'typebox';
import { type Instant, type Millis, toIso } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { ItemSchema } from './item-schema.ts';
import type { ShownItem } from './shown-item.ts';

/** What a viewer knows of a leaf. */
export interface LeafState {
  watched: boolean;
  /** The instant of the mark that decides it; null: never marked. */
  markedAt: Instant | null;
  /** null: not in progress. */
  positionMs: Millis | null;
  durationMs: Millis | null;
  playCount: number;
  lastPlayedAt: Instant | null;
}

/** What a viewer knows of the leaves below a container that are here and may be seen. */
export interface ContainerState {
  state: 'watched' | 'partly' | 'unwatched';
  leaves: number;
  unwatched: number;
}

export type RowState = LeafState | ContainerState;

/** Where an item is, and since when: what of it the state of a leaf depends on. */
export type Place = Pick<ShownItem, 'libraryId' | 'parentId' | 'rootId' | 'addedAt'>;

/** An item whose state is asked for. Where its place is told it is not looked up. */
export type StatedItem = Pick<ShownItem, 'id' | 'kind'> & Partial<Place>;

/** What nobody ever touched: most rows of most lists. */
export const untouched: LeafState = Object.freeze({
  watched: false,
  markedAt: null,
  positionMs: null,
  durationMs: null,
  playCount: 0,
  lastPlayedAt: null,
});

/** The port by which lists of items get the viewer's state of each row: at most 200 rows, in a bounded number of statements. */
export type RowStates = (viewer: Viewer, items: readonly StatedItem[]) => Promise<ReadonlyMap<MediaItemId, RowState>>;

/**
 * The port by which one leaf gets its state, in one statement, with the version of the catalog at that moment: whoever kept
 * the leaf learns by it whether that is still as it was.
 */
export type LeafStateNow = (
  viewer: Viewer,
  leaf: Pick<ShownItem, 'id'> & Place,
) => Promise<{ state: LeafState; version: number }>;

const orNull = (description: string) => Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description });
const whenOrNull = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const strict = { additionalProperties: false } as const;

const LeafStateSchema = Type.Object(
  {
    watched: Type.Boolean({ description: 'Whether it is watched' }),
    markedAt: whenOrNull('When it was last marked, itself or with what it is in'),
    positionMs: orNull('Where it was left; null: not in progress'),
    durationMs: orNull('Length as the player told it'),
    playCount: count('Plays to the end'),
    lastPlayedAt: whenOrNull('When it was last played'),
  },
  { ...strict, title: 'LeafState', description: 'Of what is played' },
);
const ContainerStateSchema = Type.Object(
  {
    state: Type.Unsafe<ContainerState['state']>(
      Type.Enum(['watched', 'partly', 'unwatched'], { description: 'Whether all, some or none of it is watched' }),
    ),
    leaves: count('Movies, episodes, tracks or streams in it that are here'),
    unwatched: count('Those of them that are not watched'),
  },
  { ...strict, title: 'ContainerState', description: 'Of what holds others' },
);

/** The `state` of a row, on the wire. */
const RowStateSchema = Type.Union([LeafStateSchema, ContainerStateSchema], {
  description: 'What you know of it; absent for a library that would take long to count: ask for its state',
});

/** An item in a list, with what the viewer knows of it. */
export const ListedItemSchema = Type.Object(
  { ...ItemSchema.properties, state: Type.Optional(RowStateSchema) },
  { ...strict, title: 'ListedItem', description: 'A media item with what you know of it' },
);

/** A row's state as JSON, as the schema has it. Lists hold many. */
export const rowStateText = (state: RowState): string => (state === untouched ? untouchedText : textOf(state));

const textOf = (state: RowState): string =>
  'leaves' in state
    ? `{"state":"${state.state}","leaves":${state.leaves},"unwatched":${state.unwatched}}`
    : `{"watched":${state.watched},"markedAt":${isoText(state.markedAt)},"positionMs":${state.positionMs},"durationMs":${state.durationMs},"playCount":${state.playCount},"lastPlayedAt":${isoText(state.lastPlayedAt)}}`;

const isoText = (at: Instant | null): string => (at === null ? 'null' : `"${toIso(at)}"`);

const untouchedText = textOf(untouched);
