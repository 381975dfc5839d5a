import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { outlives } from '#activity/marks/covering-sql.ts';
import type { ContainerState, RowState } from '#catalog/row-state.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { goingModel, heard, type LeafState, leafModel, nextModel, nextMovieModel } from './model.ts';
import type { History } from './steps.ts';
import { NOW, type Node, restricted, type World } from './world.ts';

/** Holds every answer of the engine to every device against the model. */
export const compare = async (world: World, history: History): Promise<void> => {
  for (const [n, viewer] of world.viewers.entries()) {
    const known = history.done.filter((one) => heard(one.by, history.devices[n]!));
    const states = world.leaves.map((leaf) => leafModel(leaf, known));
    await compareLeaves(world, viewer, states, known.length);
    await compareContainers(world, viewer, states, () => true);
    if (n === known.length % 4) {
      await compareContainers(world, restricted(viewer), states, (state) => state.leaf.open);
    }
    const nextOf = (of: LeafState[]) => nextModel(of, known, world.specials.get(of[0]!.leaf.series!) ?? null, NOW);
    await compareLists(world, viewer, states, nextOf, boxesOf(world, known));
  }
  await noneCovered(world);
};

const compareLeaves = async (
  { states: engine, activity }: World,
  viewer: Viewer,
  states: LeafState[],
  salt: number,
) => {
  const items = states.map(({ leaf }) => ({ id: leaf.id, kind: kindOf(leaf) }));
  const told = await engine.of(viewer, items);
  for (const { leaf, watched, at, position } of states) {
    const markedAt = Number.isFinite(at) ? at : null;
    same(viewer, `leaf ${leaf.id}`, pick(told.get(leaf.id)), { watched, markedAt, positionMs: position });
  }
  // Asked for one item the answer is made in another way.
  const one = states[salt % states.length]!;
  const { watched, positionMs } = await activity.state(viewer, one.leaf.id);
  same(viewer, `item ${one.leaf.id}`, { watched, positionMs }, { watched: one.watched, positionMs: one.position });
};

const kindOf = (leaf: LeafState['leaf']): MediaKind =>
  leaf.series !== null ? 'episode' : leaf.chain.length === 2 ? 'movie' : 'track';

const compareContainers = async (
  { states: engine, containers, members }: World,
  viewer: Viewer,
  states: LeafState[],
  seen: (state: LeafState) => boolean,
) => {
  const told = await engine.of(viewer, containers);
  const holds = ({ id }: Node, { leaf }: LeafState) => members.get(id)?.includes(leaf.id) ?? leaf.chain.includes(id);
  for (const container of containers) {
    const below = states.filter((state) => state.leaf.here && seen(state) && holds(container, state));
    const unwatched = below.filter((state) => !state.watched).length;
    const expected = { leaves: below.length, unwatched, state: summary(below.length, unwatched) };
    same(viewer, `${container.kind} ${container.id}`, told.get(container.id), expected satisfies RowState);
  }
};

const summary = (leaves: number, unwatched: number): ContainerState['state'] => {
  if (unwatched === leaves) return 'unwatched';
  return unwatched === 0 ? 'watched' : 'partly';
};

/** Collections of which a movie was marked: a mark on their library alone is no activity in them. */
const boxesOf = ({ members }: World, known: History['done']): MediaItemId[][] =>
  [...members.values()].filter((movies) =>
    known.some(({ item, watched }) => watched !== undefined && movies.includes(item)),
  );

const compareLists = async (
  { activity }: World,
  viewer: Viewer,
  states: LeafState[],
  nextOf: (states: LeafState[]) => number | undefined,
  boxes: MediaItemId[][],
) => {
  const bySeries = Map.groupBy(
    states.filter(({ leaf }) => leaf.series !== null),
    ({ leaf }) => leaf.series,
  );
  const movies = boxes.map((ids) => states.filter(({ leaf }) => ids.includes(leaf.id)));
  const expected = [
    ...[...bySeries.values()].flatMap((of) => nextOf(of) ?? []),
    ...movies.flatMap((of) => nextMovieModel(of, NOW) ?? []),
  ];
  const nextUp = await activity.nextUp(viewer, { limit: 40 });
  // Of a marked library a movie that came later may be next too.
  const told = nextUp.items.filter((row) => row.collection === null || boxes.length > 0);
  const shown = told.map((row) => row.item.id as number);
  same(viewer, 'next up', shown.toSorted(ascending), expected.toSorted(ascending));
  const activityAt = nextUp.items.map((row) => row.activityAt);
  same(viewer, 'order of next up', activityAt, activityAt.toSorted(ascending).toReversed());

  const page = await activity.continueWatching(viewer, { limit: 40 });
  const going = page.items.map((row) => [row.item.id, row.positionMs]);
  same(
    viewer,
    'continue watching',
    going,
    goingModel(states).map(({ leaf, position }) => [leaf.id, position]),
  );
};

/** In no scope a position is kept that a mark on its leaf, or on what that is in up to the series, covers. */
const noneCovered = async ({ database, viewers }: World) => {
  const scope = sql`p.scope_id`;
  const { rows } = await sql`SELECT p.* FROM play_states AS p JOIN media_items AS i ON i.id = p.item_id
    WHERE p.position_ms IS NOT NULL AND NOT ${outlives(scope, 'p', 'i')}`.execute(database.read);
  same(viewers[0]!, 'positions that a mark covers', rows, []);
};

const pick = (state: RowState | undefined) =>
  state && 'watched' in state
    ? { watched: state.watched, markedAt: state.markedAt, positionMs: state.positionMs }
    : undefined;

const ascending = (one: number, other: number) => one - other;

/** @throws Error that shows both */
const same = (viewer: Viewer, what: string, engine: unknown, model: unknown): void => {
  if (isDeepStrictEqual(engine, model)) return;
  throw new Error(
    `${what}, as the ${viewer.isolation} device sees it\n  engine ${JSON.stringify(engine)}\n  model  ${JSON.stringify(model)}`,
  );
};
