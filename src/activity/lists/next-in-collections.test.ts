import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createChoices } from '#activity/choices/choices.ts';
import { openInOne } from '#activity/collections/open-query.ts';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import type { Value } from '#database/prepared.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';

const START = 1_700_000_000_000;

type Four = [MediaItemId, MediaItemId, MediaItemId, MediaItemId];

/** A collection of four movies, and somebody who watches them. */
const house = async (make: () => Promise<Database>) => {
  const database = await make();
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, START - 10 * DAY);
  const shelf = await tree.library('movies');
  const films: MediaItemId[] = [];
  for (let n = 0; n < 4; n += 1) films.push(await tree.movie(shelf, { title: `Film ${n + 1}` }));
  const box = await tree.collection(shelf, films, { title: 'The Box' });
  const entries = async (who: Viewer = viewer, limit = 100) => (await activity.nextUp(who, { limit })).items;
  return {
    database,
    clock,
    activity,
    viewer,
    tree,
    shelf,
    films: films as Four,
    box,
    entries,
    changed: (...collections: MediaItemId[]) =>
      database.transaction((tx) => createLeafObserver().leavesChanged(tx, collections)),
    mark: async (item: MediaItemId, watched = true, who = viewer) => {
      clock.advance(MINUTE);
      return (await activity.setWatched(who, item, { watched })).changeSetId;
    },
    leave: async (item: MediaItemId, who = viewer) => {
      clock.advance(MINUTE);
      await activity.reportProgress(who, item, { positionMs: HOUR / 2, durationMs: HOUR });
    },
    nextUp: async (who: Viewer = viewer, limit = 100) => (await entries(who, limit)).map((row) => row.item.id),
  };
};

eachDatabase('next up in collections', (make) => {
  test('the next unwatched movie once one was watched, and of which collection it is', async () => {
    const { films, box, mark, entries, nextUp, clock } = await house(make);
    const [one, two, three] = films;
    expect(await nextUp()).toEqual([]);
    await mark(one);
    const [row] = await entries();
    expect(row).toMatchObject({ item: { id: two }, reason: 'next', positionMs: null, activityAt: clock.now() });
    expect(row?.after).toMatchObject({ itemId: one, title: 'Film 1', watchedAt: clock.now(), device: null });
    expect(row?.collection).toEqual({ id: box, title: 'The Box' });
    await mark(three);
    expect(await nextUp()).toEqual([films[3]]);
    await mark(films[3]);
    expect(await nextUp()).toEqual([]);
    await mark(three, false);
    expect(await nextUp()).toEqual([]);
    await mark(two);
    expect(await nextUp()).toEqual([three]);
  });

  test('a movie in progress stands there as such, once another was watched', async () => {
    const { films, mark, leave, entries, nextUp } = await house(make);
    const [one, , three] = films;
    await leave(three);
    expect(await nextUp()).toEqual([]);
    await mark(one);
    const [row] = await entries();
    expect(row).toMatchObject({ item: { id: three }, reason: 'in_progress', positionMs: HOUR / 2, durationMs: HOUR });
    for (const film of films) await mark(film);
    expect(await nextUp()).toEqual([]);
    await leave(one);
    expect(await nextUp()).toEqual([one]);
  });

  test('stands among series by its newest activity, page by page', async () => {
    const { tree, films, mark, leave, nextUp, activity, viewer } = await house(make);
    const shows = await tree.library('series');
    const first = await tree.show(shows, [3]);
    const second = await tree.show(shows, [3]);
    const following = (show: typeof first) => show.episodes[0]?.[1] as MediaItemId;
    await mark(first.episodes[0]?.[0] as MediaItemId);
    await mark(films[0]);
    await mark(second.episodes[0]?.[0] as MediaItemId);
    const all = [following(second), films[1], following(first)];
    expect(await nextUp()).toEqual(all);
    const walked: MediaItemId[] = [];
    for (let cursor: string | undefined; walked.length < 9; ) {
      const page = await activity.nextUp(viewer, { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      walked.push(...page.items.map((row) => row.item.id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(walked).toEqual(all);
    await leave(films[1]);
    expect(await nextUp()).toEqual([films[1], following(second), following(first)]);
  });

  test('marks on the collection and on libraries', async () => {
    const { tree, films, shelf, box, mark, nextUp, clock, changed, database } = await house(make);
    const elsewhere = await tree.library('movies');
    const foreign = await tree.movie(elsewhere);
    const mixed = await tree.collection(shelf, [films[0], foreign]);
    await changed(mixed);
    await mark(box);
    expect(await nextUp()).toEqual([foreign]);
    await mark(box, false);
    expect(await nextUp()).toEqual([]);
    await mark(shelf);
    expect(await nextUp()).toEqual([foreign]);
    await mark(elsewhere);
    expect(await nextUp()).toEqual([]);
    await mark(elsewhere, false);
    expect(await nextUp()).toEqual([foreign]);
    clock.advance(DAY);
    const sequel = await tree.movie(shelf, { added_at: clock.now() });
    await database.transaction(async (tx) => {
      await tx.insertInto('collection_items').values({ collection_id: box, item_id: sequel, position: 5 }).execute();
    });
    await changed(box);
    expect((await nextUp()).toSorted()).toEqual([foreign, sequel].toSorted());
  });

  test('is undone with its mark, of a movie and of a library, and done again', async () => {
    const { films, shelf, mark, nextUp, database, clock, viewer } = await house(make);
    const changes = createChanges({ database, clock });
    const set = (await mark(films[0])) as NonNullable<Awaited<ReturnType<typeof mark>>>;
    expect(await nextUp()).toEqual([films[1]]);
    const undone = await changes.undo(viewer, set);
    expect(await nextUp()).toEqual([]);
    await changes.undo(viewer, undone.undoneBy);
    expect(await nextUp()).toEqual([films[1]]);
    const all = (await mark(shelf)) as typeof set;
    expect(await nextUp()).toEqual([]);
    await changes.undo(viewer, all);
    expect(await nextUp()).toEqual([films[1]]);
  });

  test('is by scope: a silo alone, quiet merged, the group made anew', async () => {
    const { database, films, viewer, mark, nextUp } = await house(make);
    const [one, two, three, four] = films;
    const silo = await addDevice(database, viewer, { name: 'silo', isolation: 'silo' });
    const quiet = await addDevice(database, viewer, { name: 'quiet', isolation: 'quiet' });
    await mark(one);
    expect(await nextUp(silo)).toEqual([]);
    expect(await nextUp(quiet)).toEqual([two]);
    await mark(two, true, quiet);
    expect(await nextUp(quiet)).toEqual([three]);
    expect(await nextUp()).toEqual([two]);
    await mark(three, true, silo);
    expect(await nextUp(silo)).toEqual([four]);
    await database.transaction((tx) => createScopeRebuilder().rebuildGroup(tx, viewer.userId));
    expect(await nextUp()).toEqual([two]);
    for (const film of films) await mark(film);
    expect(await nextUp()).toEqual([]);
    await mark(three, false, quiet);
    await mark(two, true, quiet);
    expect(await nextUp(quiet)).toEqual([three]);
  });

  test('one begun on one side and the last one watched on the other, looked at in between', async () => {
    const { database, films, viewer, mark, leave, nextUp } = await house(make);
    const [one, two, , four] = films;
    const silo = await addDevice(database, viewer, { name: 'tablet', isolation: 'silo' });
    const quiet: Viewer = { ...silo, isolation: 'quiet' };
    await leave(one, silo);
    expect(await nextUp(silo)).toEqual([]);
    await mark(four);
    expect(await nextUp()).toEqual([]);
    expect(await nextUp(quiet)).toEqual([one]);
    await leave(two);
    await mark(four, false);
    await mark(four, true, silo);
    expect(await nextUp(quiet)).toEqual([two]);
  });

  test('skips movies that may not be seen, are retired or not out yet; waits for one set aside; never one alone', async () => {
    const { tree, database, films, viewer, mark, nextUp, clock, changed, box, shelf } = await house(make);
    const [one, two, three, four] = films;
    await mark(one);
    const kid: Viewer = { ...viewer, grants: { ...openGrants, maxRatingLevel: 12 } };
    await tree.change(two, { rating_level: 18 });
    expect(await nextUp(kid)).toEqual([three]);
    await tree.change(two, { removed_at: START });
    expect(await nextUp()).toEqual([three]);
    const choices = createChoices({ database, clock });
    await choices.drop(viewer, three, true);
    expect(await nextUp()).toEqual([]);
    await choices.drop(viewer, three, false);
    await tree.change(three, { removed_at: START });
    await tree.change(four, { released_at: clock.now() + DAY });
    expect(await nextUp()).toEqual([]);
    clock.advance(2 * DAY);
    expect(await nextUp()).toEqual([four]);
    await tree.change(four, { removed_at: START });
    expect(await nextUp()).toEqual([]);
    await tree.change(two, { removed_at: null });
    await changed(box);
    expect(await nextUp()).toEqual([two]);
    const alone = await tree.collection(shelf, [one]);
    await changed(alone);
    expect(await nextUp()).toEqual([two]);
  });

  test('a collection that is dropped or snoozed is out until there is newer activity', async () => {
    const { database, films, box, viewer, mark, nextUp, clock } = await house(make);
    const choices = createChoices({ database, clock });
    await mark(films[0]);
    expect(await choices.drop(viewer, box, true)).toMatchObject({ targetId: box, droppedAt: expect.any(Number) });
    expect(await nextUp()).toEqual([]);
    await mark(films[1]);
    expect(await nextUp()).toEqual([films[2]]);
    expect(await choices.of(viewer, box)).toMatchObject({ droppedAt: null });
    await choices.snooze(viewer, box, { until: clock.now() + DAY });
    expect(await nextUp()).toEqual([]);
    clock.advance(2 * DAY);
    expect(await nextUp()).toEqual([films[2]]);
  });

  test('a movie of two collections stands there once; one that comes to be a collection’s later counts', async () => {
    const { tree, films, shelf, mark, entries, nextUp, changed } = await house(make);
    const [one, two] = films;
    await mark(one);
    const other = await tree.collection(shelf, [one, two]);
    await changed(other);
    expect(await nextUp()).toEqual([two]);
    const [row] = await entries();
    expect(row?.collection?.id).toBe(other);
  });

  test('the list of open collections walks its index in order', async () => {
    const database = await make();
    if (database.dialect.name === 'postgres') await sql`SET enable_seqscan = off`.execute(database.schema);
    const values = { user: 1, first: 1, second: 1, at: START, id: 1, floor: 0, now: START, limit: 41 };
    const literal = ((name: keyof typeof values) => sql.lit(values[name])) as unknown as Value<never>;
    const plan = await planOf(database, openInOne(database.schema, literal).compile());
    expect(plan).toContain('collection_states_next');
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN (st|choice)\b/);
  });
});

eachDatabase('random marks on movies, collections and libraries', (make) => {
  test('leave in next up what a plain look finds', async () => {
    const { database, activity, tree, shelf, films, box, clock, changed } = await house(make);
    const changes = createChanges({ database, clock });
    const elsewhere = await tree.library('movies');
    const foreign = await tree.movie(elsewhere);
    const mixed = await tree.collection(elsewhere, [films[1], foreign, films[3]]);
    await changed(mixed);
    const boxes = new Map([
      [box, [...films]],
      [mixed, [films[1], foreign, films[3]]],
    ]);
    const all = [...films, foreign];
    const shelves = new Map<MediaItemId, MediaItemId[]>([
      [shelf, films],
      [elsewhere, [foreign]],
    ]);
    const below = new Map([...all.map((id): [MediaItemId, MediaItemId[]] => [id, [id]]), ...boxes, ...shelves]);
    const step = fc.record({
      what: fc.constantFrom('mark', 'mark', 'mark', 'undo', 'look'),
      on: fc.constantFrom(...below.keys(), ...all, ...all),
      watched: fc.boolean(),
      who: fc.constantFrom('loud', 'quiet'),
    });
    type State = { watched: boolean; at: number };
    const nextOf = (movies: readonly MediaItemId[], state: ReadonlyMap<MediaItemId, State>) => {
      const at = (id: MediaItemId) => state.get(id)?.at ?? 0;
      const watched = movies.filter((id) => state.get(id)?.watched);
      const last = watched.findLast((id) => watched.every((other) => at(other) <= at(id)));
      return last && movies.slice(movies.indexOf(last) + 1).find((id) => !state.get(id)?.watched);
    };
    let people = 0;
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { viewer: loud } = await addUser(database, { name: `person ${people++}` });
        const quiet = await addDevice(database, loud, { name: 'quiet', isolation: 'quiet' });
        const viewers = { loud, quiet };
        const marks: { who: 'loud' | 'quiet'; on: MediaItemId; watched: boolean; at: number; gone: boolean }[] = [];
        let last: {
          set: NonNullable<Awaited<ReturnType<typeof activity.setWatched>>['changeSetId']>;
          who: Viewer;
        } | null = null;
        for (const { what, on, watched, who } of steps) {
          clock.advance(MINUTE);
          if (what === 'look') await activity.nextUp(viewers[who], { limit: 3 });
          else if (what === 'undo') {
            if (!last) continue;
            await changes.undo(last.who, last.set);
            const taken = marks.at(-1);
            if (taken) taken.gone = true;
            last = null;
          } else {
            const { changeSetId } = await activity.setWatched(viewers[who], on, { watched });
            marks.push({ who, on, watched, at: clock.now(), gone: false });
            last = changeSetId === null ? null : { set: changeSetId, who: viewers[who] };
          }
        }
        for (const reader of ['loud', 'quiet'] as const) {
          const state = new Map<MediaItemId, State>();
          // Who marks whole libraries alone goes through no collection.
          const touched = new Set<MediaItemId>();
          for (const { who, on, watched, at, gone } of marks) {
            if (gone || (reader === 'loud' && who === 'quiet')) continue;
            for (const id of below.get(on) ?? []) {
              state.set(id, { watched, at });
              if (!shelves.has(on)) touched.add(id);
            }
          }
          const followed = [...boxes.values()].filter((movies) => movies.some((id) => touched.has(id)));
          const expected = new Set(followed.flatMap((movies) => nextOf(movies, state) ?? []));
          const found = (await activity.nextUp(viewers[reader], { limit: 50 })).items.map((row) => row.item.id);
          shown += found.length;
          expect(found.toSorted()).toEqual([...expected].toSorted());
        }
      }),
      { numRuns: 40 },
    );
    expect(shown).toBeGreaterThan(10);
  });
});
