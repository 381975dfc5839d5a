import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isolationModes, type Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { addDevice, addUser } from '../../test/support/people.ts';
import { treeIn } from '../../test/support/tree.ts';
import { createLeafObserver } from './leaf-observer.ts';
import { createScopeRebuilder } from './marks/group-rebuild.ts';
import { type Activity, createActivity } from './service.ts';

/**
 * The engine against a model that keeps what was done in a list and, asked, plays it through leaf by leaf: no marks on
 * containers, no scopes, no pointers. Whatever arrives in whatever order, both must tell the same.
 */

const NOW = 1_700_000_000_000;
const at = (minute: number) => NOW - DAY + minute * MINUTE;

interface Leaf {
  id: MediaItemId;
  /** Itself and what it is in. */
  chain: MediaItemId[];
  series: MediaItemId | null;
  order: [number, number];
  addedAt: number;
  releasedAt: number | null;
  here: boolean;
}

interface Done {
  by: Viewer;
  at: number;
  /** What was marked, or the leaf that was reported. */
  item: MediaItemId;
  watched?: boolean;
  /** null: noise or the end. */
  position?: number | null;
}

const heard = (by: Viewer, viewer: Viewer): boolean => {
  if (by.deviceUserId === viewer.deviceUserId) return true;
  const tells = by.isolation === 'loud' || by.isolation === 'shout';
  return tells && (viewer.isolation === 'loud' || viewer.isolation === 'quiet');
};

/** Plays everything through for one leaf. */
const leafModel = (leaf: Leaf, done: Done[]) => {
  const marks = done.filter(
    (one) =>
      one.watched !== undefined && leaf.chain.includes(one.item) && (one.item === leaf.id || leaf.addedAt <= one.at),
  );
  let state = { watched: false, at: Number.NEGATIVE_INFINITY };
  for (const mark of marks.toSorted((a, b) => a.at - b.at || Number(a.watched) - Number(b.watched))) {
    state = { watched: mark.watched === true, at: mark.at };
  }
  const value = (position: number | null | undefined) => position ?? Number.POSITIVE_INFINITY;
  const report = done
    .filter((one) => one.position !== undefined && one.item === leaf.id)
    .toSorted((a, b) => a.at - b.at || value(a.position) - value(b.position))
    .at(-1);
  const position = report && report.position !== null && report.at > state.at ? (report.position ?? null) : null;
  return { leaf, ...state, position, reportedAt: report?.at ?? 0 };
};

type LeafState = ReturnType<typeof leafModel>;

const before = (a: Leaf, b: Leaf) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.id - b.id;

const nextModel = (states: LeafState[]): MediaItemId | undefined => {
  const going = states
    .filter((state) => state.position !== null && state.leaf.here)
    .toSorted((a, b) => b.reportedAt - a.reportedAt || b.leaf.id - a.leaf.id);
  if (going[0]) return going[0].leaf.id;
  const shown = (leaf: Leaf, then: number) => leaf.releasedAt === null || leaf.releasedAt <= then;
  const last = states
    .filter((state) => state.watched)
    .toSorted(
      (a, b) => a.at - b.at || Number(shown(a.leaf, a.at)) - Number(shown(b.leaf, b.at)) || before(a.leaf, b.leaf),
    )
    .at(-1);
  if (!last) return undefined;
  return states
    .filter(({ leaf, watched }) => leaf.here && !watched && shown(leaf, NOW) && before(leaf, last.leaf) > 0)
    .filter(({ leaf }) => leaf.order[0] !== 0 || last.leaf.order[0] === 0)
    .toSorted((a, b) => before(a.leaf, b.leaf))[0]?.leaf.id;
};

interface World {
  database: Database;
  activity: Activity;
  viewers: Viewer[];
  leaves: Leaf[];
  /** Containers that are marked, some of them more often than others. */
  nodes: MediaItemId[];
}

let people = 0;

/** Two shows with a season of specials each, and two movies; four devices of one person, one of each mode. */
const makeWorld = async (database: Database): Promise<World> => {
  const tree = treeIn(database, at(0));
  const activity = createActivity({ database, clock: manualClock(NOW) });
  const { viewer } = await addUser(database, { name: `Person ${++people}`, isolation: 'silo' });
  const viewers = [viewer];
  for (const isolation of isolationModes.slice(1))
    viewers.push(await addDevice(database, viewer, { name: isolation, isolation }));
  const shelf = await tree.library('series');
  const movies = await tree.library('movies');
  const leaves: Leaf[] = [];
  // The shelf is marked as often as all that is below it.
  const nodes = [movies, ...Array<MediaItemId>(8).fill(shelf)];
  for (let show = 0; show < 2; show++) {
    const series = await tree.series(shelf);
    nodes.push(series);
    for (const number of [0, 1, 2]) {
      const season = await tree.season(series, number);
      nodes.push(season);
      for (let episode = 1; episode <= (number === 0 ? 2 : 3); episode++) {
        const releasedAt = number === 2 && episode === 2 ? at(12) : number === 2 && episode === 3 ? NOW + DAY : null;
        const addedAt = at(episode === 3 ? 15 : 0);
        const id = await tree.episode(season, episode, { added_at: addedAt, released_at: releasedAt });
        const chain = [id, season, series, shelf];
        leaves.push({ id, chain, series, order: [number, episode], addedAt, releasedAt, here: true });
      }
    }
  }
  for (const addedAt of [at(0), at(15)]) {
    const id = await tree.movie(movies, { added_at: addedAt });
    leaves.push({ id, chain: [id, movies], series: null, order: [0, 0], addedAt, releasedAt: null, here: true });
  }
  return { database, activity, viewers, leaves, nodes };
};

const minute = fc.integer({ min: 1, max: 30 });
// Mostly the loud one: what its scope keeps is what must not go wrong.
const who = fc.constantFrom(2, 2, 2, 2, 0, 1, 3);
const which = fc.nat({ max: 999 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('mark' as const), who, which, minute, watched: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('mark leaf' as const), who, which, minute, watched: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      who,
      which,
      minute,
      percent: fc.constantFrom(1, 20, 50, 95),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retire' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), which, minute }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rebuild' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** @param again gets what does the same once more */
const take = async (world: World, step: Step, done: Done[], again: (() => Promise<unknown>)[]): Promise<void> => {
  const { database, activity, viewers, leaves, nodes } = world;
  const observer = createLeafObserver();
  switch (step.do) {
    case 'mark':
    case 'mark leaf': {
      const by = viewers[step.who]!;
      const items = step.do === 'mark' ? nodes : leaves.map((leaf) => leaf.id);
      const one = { by, at: at(step.minute), item: items[step.which % items.length]!, watched: step.watched };
      done.push(one);
      again.push(() => activity.setWatched(by, one.item, one));
      await again.at(-1)?.();
      return;
    }
    case 'report': {
      const by = viewers[step.who]!;
      const item = leaves[step.which % leaves.length]!.id;
      const positionMs = (step.percent * HOUR) / 100;
      const position = step.percent > 5 && step.percent < 90 ? positionMs : null;
      done.push({ by, at: at(step.minute), item, position });
      if (step.percent >= 90) done.push({ by, at: at(step.minute), item, watched: true });
      again.push(() => activity.reportProgress(by, item, { positionMs, durationMs: HOUR, at: at(step.minute) }));
      await again.at(-1)?.();
      return;
    }
    case 'retire': {
      // One that was there from the first: nobody records a thing for an episode before it is added and after it is gone.
      const old = leaves.filter((leaf) => leaf.addedAt === at(0));
      const leaf = old[step.which % old.length]!;
      leaf.here = !leaf.here;
      await treeIn(database).change(leaf.id, { removed_at: leaf.here ? null : NOW });
      await database.transaction((tx) => observer.leavesChanged(tx, leaf.series ? [leaf.series] : []));
      return;
    }
    case 'add': {
      const near = leaves.filter((leaf) => leaf.series !== null)[step.which % 16]!;
      const [, season, series, shelf] = near.chain as [MediaItemId, MediaItemId, MediaItemId, MediaItemId];
      const number = 10 + leaves.length;
      const id = await treeIn(database).episode(season, number, { added_at: at(step.minute) });
      await database.transaction((tx) => observer.leavesChanged(tx, [series]));
      const place = { chain: [id, season, series, shelf], series, order: [near.order[0], number] as [number, number] };
      leaves.push({ id, ...place, addedAt: at(step.minute), releasedAt: null, here: true });
      return;
    }
    case 'look':
      // Derives and keeps what is stale, in the middle of things.
      for (const viewer of viewers) await activity.nextUp(viewer, { limit: 2 });
      return;
    case 'rebuild':
      await rebuild(world);
  }
};

/** What happens when somebody tries another mode and goes back. */
const rebuild = ({ database, viewers }: World): Promise<void> =>
  database.transaction((tx) => createScopeRebuilder().rebuildGroup(tx, viewers[0]!.userId));

const compare = async ({ activity, viewers, leaves }: World, done: Done[]): Promise<void> => {
  for (const viewer of viewers) {
    const known = done.filter((one) => heard(one.by, viewer));
    const states = leaves.map((leaf) => leafModel(leaf, known));
    for (const { leaf, watched, position } of states.filter((_, index) => index % 5 === known.length % 5)) {
      const state = await activity.state(viewer, leaf.id);
      expect({ watched: state.watched, positionMs: state.positionMs }).toEqual({ watched, positionMs: position });
    }
    const bySeries = Map.groupBy(
      states.filter(({ leaf }) => leaf.series),
      ({ leaf }) => leaf.series!,
    );
    const expected = [...bySeries.values()].flatMap((of) => nextModel(of) ?? []);
    const nextUp = await activity.nextUp(viewer, { limit: 40 });
    expect(nextUp.items.map((row) => row.item.id).toSorted(), viewer.isolation).toEqual(expected.toSorted());
    const activityAt = nextUp.items.map((row) => row.activityAt);
    expect(activityAt).toEqual(activityAt.toSorted((a, b) => b - a));

    const going = states.filter(({ leaf, position }) => leaf.here && position !== null);
    const newestOfEach = Map.groupBy(going, ({ leaf }) => leaf.series ?? leaf.id)
      .values()
      .map((of) => of.toSorted((a, b) => b.reportedAt - a.reportedAt || b.leaf.id - a.leaf.id)[0]!)
      .toArray()
      .toSorted((a, b) => b.reportedAt - a.reportedAt || b.leaf.id - a.leaf.id);
    const page = await activity.continueWatching(viewer, { limit: 40 });
    expect(page.items.map((row) => [row.item.id, row.positionMs])).toEqual(
      newestOfEach.map(({ leaf, position }) => [leaf.id, position]),
    );
  }
};

eachDatabase('the engine agrees with a naive model', (make) => {
  test('over random histories, four modes, additions and late arrivals; again after the group is rebuilt', async () => {
    const database = await make();
    const runs = database.dialect.name === 'sqlite' ? 100 : 15;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }), async (steps) => {
        const world = await makeWorld(database);
        const done: Done[] = [];
        const again: (() => Promise<unknown>)[] = [];
        for (const one of steps) await take(world, one, done, again);
        await compare(world, done);
        // Everything once more, the other way round: late, repeated, out of order.
        for (const repeat of again.toReversed()) await repeat();
        await compare(world, done);
        await rebuild(world);
        await compare(world, done);
      }),
      { numRuns: runs },
    );
  }, 120_000);
});
