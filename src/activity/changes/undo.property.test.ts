import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId, PlayId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { type Changes, createChanges } from './changes.ts';

const NOW = Date.UTC(2026, 10, 21, 20);
const page = { limit: 100 };

let people = 0;

/** All that a user's devices hold by themselves, as the tables have it, and all that each of them is shown. */
const everything = async (database: Database, viewers: readonly Viewer[], items: readonly MediaItemId[]) => {
  const activity = createActivity({ database, clock: manualClock(NOW + 100 * DAY) });
  const scopes = viewers.map((viewer) => viewer.ownScope);
  const own = { in: scopes, user: viewers[0]!.userId };
  const marks = database.read.selectFrom('marks').selectAll().where('scope_id', 'in', own.in);
  const states = database.read.selectFrom('play_states').selectAll().where('scope_id', 'in', own.in);
  const plays = database.read
    .selectFrom('plays')
    .select(['id', 'item_id', 'started_at', 'last_at', 'completed', 'date_precision'])
    .where('user_id', '=', own.user)
    .where('deleted_at', 'is', null);
  const seen = [];
  for (const viewer of viewers) {
    const each = [];
    for (const item of items) each.push(await activity.state(viewer, item));
    const next = (await activity.nextUp(viewer, page)).items.map((row) => [row.item.id, row.reason, row.positionMs]);
    const continued = (await activity.continueWatching(viewer, page)).items.map((row) => [row.item.id, row.positionMs]);
    seen.push({ each, next, continued, history: (await activity.history(viewer, page)).items.map((row) => row.id) });
  }
  return {
    marks: await marks.orderBy('scope_id').orderBy('item_id').execute(),
    states: await states.orderBy('scope_id').orderBy('item_id').execute(),
    plays: await plays.orderBy('id').execute(),
    seen,
  };
};

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const changes = createChanges({ database, clock });
  const { viewer } = await addUser(database, { name: `Ada ${++people}` });
  const viewers = [viewer, await addDevice(database, viewer, { name: 'Phone', isolation: 'quiet' })];
  const account = await addDevice(database, viewer, { name: 'Kodi', isolation: 'loud' });
  viewers.push(account);
  const tree = treeIn(database, NOW - 400 * DAY);
  const shelf = await tree.library('series');
  const one = await tree.show(shelf, [2, 1]);
  const two = await tree.show(shelf, [2]);
  const movies = await tree.library('movies');
  const movie = await tree.movie(movies);
  const other = await tree.movie(movies);
  const box = await tree.collection(movies, [movie, other]);
  const leaves = [...one.episodes.flat(), ...two.episodes.flat(), movie, other];
  const items = [...leaves, one.series, one.seasons[0]!, two.series, shelf, box];
  return { database, clock, activity, changes, viewers, account, leaves, items };
};

type House = Awaited<ReturnType<typeof house>>;

/** Something that makes a change set, or (a report) none. */
interface Step {
  what: 'mark' | 'unmark' | 'report' | 'import' | 'delete' | 'edit' | 'add' | 'clear';
  who: number;
  item: number;
  share: number;
  marks: boolean;
}

const step = (what: Step['what'][]) =>
  fc.record({
    what: fc.constantFrom(...what),
    who: fc.nat(1),
    item: fc.nat(20),
    share: fc.constantFrom(0.3, 0.6, 0.97),
    marks: fc.boolean(),
  });

const perform = async (home: House, { what, who, item, share, marks }: Step): Promise<void> => {
  const { database, clock, activity, changes, viewers, account, leaves, items } = home;
  clock.advance(HOUR);
  const viewer = viewers[who]!;
  const leaf = leaves[item % leaves.length]!;
  const play = async () => {
    const { items: rows } = await activity.history(viewer, page);
    return rows.length === 0 ? undefined : (rows[item % rows.length]!.id as PlayId);
  };
  switch (what) {
    case 'mark':
    case 'unmark':
      await activity.setWatched(viewer, items[item % items.length]!, { watched: what === 'mark' });
      return;
    case 'report':
      await activity.reportProgress(viewer, leaf, { positionMs: share * HOUR, durationMs: HOUR });
      clock.advance(MINUTE);
      await activity.reportProgress(viewer, leaf, { positionMs: share * HOUR + 1000, durationMs: HOUR });
      return;
    case 'import': {
      const at = clock.now() - item * HOUR;
      const event = { watched: { value: marks, at }, playCount: item % 4 };
      const plays = marks ? { plays: [{ at, sourceKey: `${leaf} ${at}`, completed: true }] } : {};
      await database.transaction((tx) =>
        activity.recordRun(tx, account, { runId: 1, set: null }, [
          { itemId: leaf, event: { ...event, ...plays } },
          { itemId: leaves[0]!, event: { position: { positionMs: HOUR / 2, durationMs: HOUR, at } } },
        ]),
      );
      return;
    }
    case 'clear':
      await changes.clear(viewer, { marks, ...(share < 0.5 ? { to: clock.now() - 3 * HOUR } : {}) });
      return;
    case 'add':
      await changes.add(viewer, { itemId: leaf, date: '2024-05-17', completed: marks });
      return;
    default: {
      const id = await play();
      if (id === undefined) return;
      if (what === 'delete') await changes.remove(viewer, [id]);
      else await changes.correct(viewer, id, { date: '2023', completed: marks });
    }
  }
};

const newest = async (changes: Changes, viewer: Viewer) => (await changes.list(viewer, { limit: 1 })).items[0];

eachDatabase('undo', (make) => {
  test('of the last change gives what was before; of the undo, what was after', async () => {
    const database = await make();
    const all: Step['what'][] = ['mark', 'unmark', 'report', 'import', 'delete', 'edit', 'add', 'clear'];
    const changing = all.filter((what) => what !== 'report');
    await fc.assert(
      fc.asyncProperty(fc.array(step(all), { maxLength: 8 }), step(changing), async (steps, last) => {
        const home = await house(database);
        for (const one of steps) await perform(home, one);
        const before = await everything(database, home.viewers, home.items);
        const known = await newest(home.changes, home.viewers[last.who]!);
        await perform(home, last);
        const set = await newest(home.changes, home.viewers[last.who]!);
        if (!set || set.id === known?.id) return;
        const after = await everything(database, home.viewers, home.items);
        const undone = await home.changes.undo(home.viewers[last.who]!, set.id);
        expect(undone.kept).toBe(0);
        expect(await everything(database, home.viewers, home.items)).toEqual(before);
        await home.changes.undo(home.viewers[last.who]!, undone.undoneBy);
        expect(await everything(database, home.viewers, home.items)).toEqual(after);
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 60 : 12 },
    );
  }, 240_000);
});
