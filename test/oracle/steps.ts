import fc from 'fast-check';
import { sql } from 'kysely';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { pruneDominated } from '#activity/marks/pruning.ts';
import type { Specials } from '#activity/series/order.ts';
import { beganAnew, markStaleForUser } from '#activity/series/state-repository.ts';
import { HOUR, MINUTE } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type IsolationMode, isolationModes, writeScopes } from '#kernel/viewer.ts';
import { treeIn } from '../support/tree.ts';
import type { Device, Done, Leaf } from './model.ts';
import { addLeaf, at, NOW, rebuild, type World } from './world.ts';

/** In half an hour, so that instants meet and things come late; or null: after all that was done. */
const minute = fc.option(fc.integer({ min: 1, max: 30 }), { freq: 1 });
// Mostly the loud one: what its scope keeps is what must not go wrong.
const who = fc.constantFrom(2, 2, 2, 2, 0, 1, 3);
const which = fc.nat({ max: 999 });
const of = <T extends object>(weight: number, fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => ({
  weight,
  arbitrary: fc.record(fields),
});
const named = <T extends string>(name: T) => fc.constant(name);

export const step = fc.oneof(
  of(4, { do: named('mark'), who, which, minute, watched: fc.boolean() }),
  of(5, { do: named('mark leaf'), who, which, minute, watched: fc.boolean() }),
  of(5, { do: named('report'), who, which, minute, percent: fc.constantFrom(1, 20, 50, 95) }),
  of(1, { do: named('retire'), which }),
  of(1, { do: named('add'), which, minute }),
  of(1, { do: named('begin anew'), who, which, minute }),
  of(1, {
    do: named('choose specials'),
    which,
    specials: fc.constantFrom<Specials | null>('inline', 'after', 'never', null),
  }),
  of(1, { do: named('change mode'), who: fc.nat({ max: 3 }), mode: fc.constantFrom(...isolationModes) }),
  of(1, { do: named('move series'), which }),
  of(4, { do: named('look') }),
  of(1, { do: named('rebuild') }),
  of(1, { do: named('prune') }),
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What happened so far: for the model, and as acts that can be done once more. */
export interface History {
  /** Minutes after the half hour that are used up. */
  minutes: number;
  devices: Device[];
  done: Done[];
  again: (() => Promise<unknown>)[];
}

export const beginHistory = ({ viewers }: World): History => ({
  minutes: 0,
  devices: viewers.map(({ isolation }) => ({ isolation })),
  done: [],
  again: [],
});

export const take = async (world: World, step: Step, history: History): Promise<void> => {
  const { activity, leaves } = world;
  const then = (minute: number | null) => at(minute ?? 30 + ++history.minutes);
  const act = async (again: () => Promise<unknown>) => {
    history.again.push(again);
    await again();
  };
  switch (step.do) {
    case 'mark':
    case 'mark leaf': {
      const items = step.do === 'mark' ? world.marked : leaves.map((leaf) => leaf.id);
      const mark = { at: then(step.minute), watched: step.watched };
      const item = items[step.which % items.length]!;
      for (const one of world.members.get(item) ?? [item]) {
        history.done.push({ ...mark, by: history.devices[step.who]!, item: one });
      }
      return act(() => activity.setWatched(world.viewers[step.who]!, item, mark));
    }
    case 'report': {
      const by = history.devices[step.who]!;
      const item = leaves[step.which % leaves.length]!;
      // Music counts as played from the middle on.
      const music = item.chain.length === 4 && item.series === null;
      const [durationMs, ends] = music ? [6 * MINUTE, 50] : [HOUR, 90];
      const positionMs = (step.percent * durationMs) / 100;
      const position = step.percent > 5 && step.percent < ends ? positionMs : null;
      const when = then(step.minute);
      history.done.push({ by, at: when, item: item.id, position });
      if (step.percent >= ends) history.done.push({ by, at: when, item: item.id, watched: true });
      const report = { positionMs, durationMs, at: when };
      return act(() => activity.reportProgress(world.viewers[step.who]!, item.id, report));
    }
    case 'begin anew': {
      const series = world.series[step.which % world.series.length]!;
      const when = then(step.minute);
      history.done.push({ by: history.devices[step.who]!, at: when, item: series, anew: true });
      return act(() => beginAnew(world, step.who, series, when));
    }
    case 'retire':
      return retire(world, step.which);
    case 'add':
      return add(world, step.which, then(step.minute));
    case 'choose specials':
      return chooseSpecials(world, world.series[step.which % world.series.length]!, step.specials);
    case 'change mode':
      return changeMode(world, history, step.who, step.mode);
    case 'move series':
      return moveSeries(world, world.series[step.which % world.series.length]!);
    case 'look':
      return look(world);
    case 'rebuild':
      return rebuild(world);
    case 'prune':
      return prune(world);
  }
};

/** Derives and keeps what is stale, in the middle of things. */
export const look = async ({ activity, states, viewers, containers }: World): Promise<void> => {
  for (const viewer of viewers) await activity.nextUp(viewer, { limit: 2 });
  const libraries = containers.filter((node) => node.kind === 'library');
  await states.of(viewers[2]!, [...libraries, ...containers.slice(2, 3)]);
};

/** One that was there from the first: nobody records a thing for a leaf before it is added and after it is gone. */
const retire = async (world: World, which: number): Promise<void> => {
  const old = world.leaves.filter((leaf) => leaf.addedAt === at(0));
  const leaf = old[which % old.length];
  if (!leaf) return;
  leaf.here = !leaf.here;
  await treeIn(world.database).change(leaf.id, { removed_at: leaf.here ? null : NOW });
  await changed(world, holdersOf(world, leaf));
};

const holdersOf = ({ members }: World, { id, series }: Leaf): MediaItemId[] => {
  if (series !== null) return [series];
  return [...members].filter(([, movies]) => movies.includes(id)).map(([box]) => box);
};

const add = async (world: World, which: number, addedAt: number): Promise<void> => {
  const near = world.leaves[which % world.leaves.length]!;
  const number = 10 + world.leaves.length;
  const tree = treeIn(world.database);
  const [, parent] = near.chain as [MediaItemId, MediaItemId];
  const facts = { added_at: addedAt };
  const id =
    near.series !== null
      ? await tree.episode(parent, number, facts)
      : near.chain.length === 2
        ? await tree.movie(parent, facts)
        : await tree.track(parent, number, facts);
  const place = { series: near.series, order: [near.order[0], number] as [number, number] };
  addLeaf(world, { ...place, chain: [id, ...near.chain.slice(1)] }, facts);
  await changed(world, near.series === null ? [] : [near.series]);
};

const changed = async ({ database }: World, holders: MediaItemId[]): Promise<void> => {
  if (holders.length > 0) await database.transaction((tx) => createLeafObserver().leavesChanged(tx, holders));
};

const beginAnew = ({ database, viewers, leaves }: World, who: number, series: MediaItemId, when: number) =>
  database.transaction(async (tx) => {
    const scopes = writeScopes(viewers[who]!);
    for (const scope_id of scopes) {
      await tx
        .insertInto('rewatches')
        .values({ scope_id, series_id: series, started_at: when })
        .onConflict((conflict) =>
          conflict
            .columns(['scope_id', 'series_id'])
            .doUpdateSet({ started_at: sql`excluded.started_at` })
            .where('rewatches.started_at', '<', when),
        )
        .execute();
    }
    const library = leaves.find((leaf) => leaf.series === series)!.chain.at(-1)!;
    await beganAnew(tx, scopes, { series, library }, when);
  });

const chooseSpecials = async (world: World, series: MediaItemId, specials: Specials | null): Promise<void> => {
  const { database, viewers } = world;
  if (specials) world.specials.set(series, specials);
  else world.specials.delete(series);
  const choice = { dropped_at: null, snoozed_at: null, snoozed_until: null, specials };
  await database.transaction(async (tx) => {
    await tx
      .insertInto('list_choices')
      .values({ ...choice, user_id: viewers[0]!.userId, item_id: series })
      .onConflict((conflict) => conflict.columns(['user_id', 'item_id']).doUpdateSet({ specials }))
      .execute();
    await markStaleForUser(tx, viewers[0]!.userId, series);
  });
};

const prune = async ({ database, viewers }: World): Promise<void> => {
  for (const { ownScope, groupScope } of viewers) {
    for (const scope of [ownScope, groupScope]) {
      let next: MediaItemId | null = null;
      do {
        const after: MediaItemId | null = next;
        ({ next } = await database.transaction((tx) => pruneDominated(tx, scope, NOW, after)));
      } while (next !== null);
    }
  }
};

/** As identity does it. */
export const changeMode = async (world: World, history: History, who: number, isolation: IsolationMode) => {
  const { database, viewers } = world;
  const viewer = viewers[who]!;
  if (viewer.isolation === isolation) return;
  await database.transaction(async (tx) => {
    await tx.updateTable('device_users').set({ isolation }).where('id', '=', viewer.deviceUserId).execute();
    await createScopeRebuilder().rebuildGroup(tx, viewer.userId);
  });
  viewers[who] = { ...viewer, isolation };
  history.devices[who]!.isolation = isolation;
};

/** To the other library of series. */
const moveSeries = async (world: World, series: MediaItemId): Promise<void> => {
  const [one, other] = world.containers.map((node) => node.id) as [MediaItemId, MediaItemId];
  const own = world.leaves.filter((leaf) => leaf.series === series);
  const to = own[0]!.chain.at(-1) === one ? other : one;
  for (const leaf of own) leaf.chain[leaf.chain.length - 1] = to;
  await world.database.transaction(async (tx) => {
    await tx
      .updateTable('media_items')
      .set({ library_id: to })
      .where((is) => is.or([is('id', '=', series), is('root_id', '=', series)]))
      .execute();
    await createLeafObserver().leavesChanged(tx, [series]);
  });
};
