import { seesEverything } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { ContainerState, LeafStateNow, RowState, RowStates, StatedItem } from '#catalog/row-state.ts';
import type { Database, Reader } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import { type ContainerKind, countLeaves, isContainer, smallShelves } from './count-query.ts';
import { type Counted, countSeries, countShelves } from './counts.ts';
import { leafStateNow, leafStates, type PlacedLeaf, placesOf } from './leaf-query.ts';

/** What a viewer knows of items of any kind. */
export interface States {
  /**
   * For the rows of a list: at most 200 items that the viewer may see, in two or three statements for each kind among them.
   * A library that is large and must be counted leaf by leaf is left out: only a single scope's counts of series are kept.
   */
  of: RowStates;
  /** Of one leaf that the viewer may see, with the version of the catalog. One statement. */
  ofLeaf: LeafStateNow;
  /** Of one item, however long the counting takes. */
  ofOne(viewer: Viewer, item: StatedItem): Promise<RowState | undefined>;
}

/** Leaves of a library that are counted one by one for a list: some milliseconds. */
const MOST_COUNTED = 5000;

interface Dependencies {
  database: Database;
  clock: Clock;
}

export const createStates = (dependencies: Dependencies): States => ({
  of: (viewer, items) => statesOf(dependencies, viewer, items, MOST_COUNTED),
  ofLeaf: (viewer, leaf) => leafStateNow(dependencies.database.read, readScopes(viewer), leaf),
  ofOne: async (viewer, item) => (await statesOf(dependencies, viewer, [item], Number.MAX_SAFE_INTEGER)).get(item.id),
});

const statesOf = async (
  dependencies: Dependencies,
  viewer: Viewer,
  items: readonly StatedItem[],
  most: number,
): Promise<Map<MediaItemId, RowState>> => {
  const { read } = dependencies.database;
  const leaves = items.filter((item) => isLeaf(item.kind));
  const placed = leaves.every(isPlaced) ? leaves : await lookUp(read, leaves);
  const states: Map<MediaItemId, RowState> = await leafStates(read, readScopes(viewer), placed);
  if (leaves.length === items.length) return states;
  for (const [kind, ids] of containersOf(items)) {
    const { counts, unknown } = await keptOf(dependencies, viewer, kind, ids);
    const counted = kind === 'library' ? await smallShelves(read, unknown, most) : unknown;
    // What holds nothing is not among what is counted.
    for (const id of counted) states.set(id, stateOf(0, 0));
    counts.push(...(await countLeaves(read, readScopes(viewer), viewer.grants, kind, counted)));
    for (const { id, leaves: all, unwatched } of counts) states.set(id, stateOf(all, unwatched));
  }
  return states;
};

const isPlaced = (item: StatedItem): item is StatedItem & PlacedLeaf => item.addedAt !== undefined;

const lookUp = (db: Reader, leaves: readonly StatedItem[]): Promise<PlacedLeaf[]> =>
  placesOf(
    db,
    leaves.map((leaf) => leaf.id),
  );

/** The state of a container as that of one item: it is watched when all in it is. */
export const countsOf = (state: RowState | undefined): { watched?: boolean; leaves?: number; unwatched?: number } =>
  state && 'leaves' in state
    ? { watched: state.state === 'watched', leaves: state.leaves, unwatched: state.unwatched }
    : {};

const containersOf = (items: readonly StatedItem[]): Map<ContainerKind, MediaItemId[]> => {
  const byKind = new Map<ContainerKind, MediaItemId[]>();
  for (const { id, kind } of items) if (isContainer(kind)) byKind.set(kind, [...(byKind.get(kind) ?? []), id]);
  return byKind;
};

const stateOf = (leaves: number, unwatched: number): ContainerState => ({
  state: unwatched < leaves ? (unwatched === 0 ? 'watched' : 'partly') : 'unwatched',
  leaves,
  unwatched,
});

/** Only a single scope keeps counts, and only of everything. */
const keptOf = async (
  { database, clock }: Dependencies,
  viewer: Viewer,
  kind: ContainerKind,
  ids: MediaItemId[],
): Promise<Counted> => {
  const [scope, second] = readScopes(viewer);
  if (scope === undefined || second !== undefined || !isAllSeeing(viewer.grants)) return { counts: [], unknown: ids };
  if (kind === 'series') return countSeries(database, scope, ids, clock.now());
  if (kind === 'library') return countShelves(database, scope, ids, clock.now());
  return { counts: [], unknown: ids };
};

const isAllSeeing = byGrants(seesEverything);
