import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { type Change, createEventBus } from '#kernel/events.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { chosenQuery } from './choice-query.ts';
import { createChoices } from './choices.ts';

const START = Date.UTC(2026, 10, 1);

const houseIn = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(START);
  const bus = createEventBus();
  const changes: Change[] = [];
  bus.subscribe('change', (change) => changes.push(change));
  const tree = treeIn(database, START - 100 * DAY);
  const shows = await tree.library('series');
  const films = await tree.library('movies');
  const { viewer } = await addUser(database, { name: 'Ada' });
  return {
    database,
    clock,
    changes,
    tree,
    shows,
    films,
    viewer,
    choices: createChoices({ database, clock, bus }),
    activity: createActivity({ database, clock, bus }),
  };
};

const titles = async (listed: Promise<{ items: { item: { id: MediaItemId } }[] }>) =>
  (await listed).items.map(({ item }) => item.id);

eachDatabase('choices', (make) => {
  describe('to drop', () => {
    test('an episode drops its series, on all devices, until it is played again', async () => {
      const { database, clock, tree, shows, viewer, choices, activity } = await houseIn(make);
      const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
      const { series, episodes } = await tree.show(shows, [3]);
      await activity.setWatched(viewer, episodes[0]![0]!, { watched: true });
      clock.advance(HOUR);
      const told = await choices.drop(viewer, episodes[0]![1]!, true);
      expect(told).toMatchObject({ targetId: series, droppedAt: START + HOUR, hiddenAt: null });
      expect(await choices.of(silo, series)).toMatchObject({ itemId: series, droppedAt: START + HOUR });
      expect(await titles(choices.list(silo, { limit: 10 }))).toEqual([series]);

      clock.advance(HOUR);
      await activity.reportProgress(viewer, episodes[0]![1]!, { positionMs: 10 * MINUTE, durationMs: 40 * MINUTE });
      expect(await choices.of(viewer, series)).toMatchObject({ droppedAt: null });
      expect(await titles(choices.list(viewer, { limit: 10 }))).toEqual([]);
      // The device that sees nothing of this still has it dropped.
      expect(await choices.of(silo, series)).toMatchObject({ droppedAt: START + HOUR });
    });

    test('is taken back, and told only when something changed', async () => {
      const { clock, tree, films, viewer, choices, changes } = await houseIn(make);
      const movie = await tree.movie(films);
      await choices.drop(viewer, movie, true, START - DAY);
      await choices.drop(viewer, movie, true, START - DAY);
      await choices.drop(viewer, movie, false, START - 2 * DAY);
      expect(changes).toEqual([
        {
          userId: viewer.userId,
          scopes: null,
          kind: 'opinion',
          itemId: movie,
          deviceUserId: viewer.deviceUserId,
          at: START,
        },
      ]);
      expect(await choices.of(viewer, movie)).toMatchObject({ droppedAt: START - DAY, hiddenAt: START - DAY });
      clock.advance(1);
      expect(await choices.drop(viewer, movie, false)).toMatchObject({ droppedAt: null, hiddenAt: null });
      expect(await choices.drop(viewer, movie, true, START - HOUR)).toMatchObject({ droppedAt: null });
      expect(changes).toHaveLength(2);
    });

    test('without an instant comes after what is known, even of a clock that runs ahead', async () => {
      const { database, tree, films, viewer, choices } = await houseIn(make);
      const movie = await tree.movie(films);
      const state = {
        scope_id: viewer.groupScope,
        item_id: movie,
        series_id: null,
        position_ms: 1000,
        duration_ms: null,
      };
      const played = { reported_at: START + MINUTE, play_count: 0, first_played_at: null, last_played_at: null };
      await database.schema
        .insertInto('play_states')
        .values({ ...state, ...played })
        .execute();
      expect(await choices.drop(viewer, movie, true)).toMatchObject({ droppedAt: START + MINUTE + 1 });
    });
  });

  test('to hide is of one leaf alone, until its position moves', async () => {
    const { clock, tree, shows, viewer, choices, activity } = await houseIn(make);
    const { series, seasons, episodes } = await tree.show(shows, [3]);
    const [first, second] = episodes[0]!;
    await activity.reportProgress(viewer, first!, { positionMs: 10 * MINUTE, durationMs: 40 * MINUTE });
    clock.advance(HOUR);
    expect(await choices.hide(viewer, first!, true)).toMatchObject({ hiddenAt: START + HOUR, droppedAt: null });
    expect(await choices.of(viewer, second!)).toMatchObject({ hiddenAt: null, droppedAt: null });
    expect(await choices.of(viewer, series)).toMatchObject({ hiddenAt: null, droppedAt: null });
    expect((await choices.list(viewer, { limit: 5 })).items).toMatchObject([
      { item: { id: first }, hiddenAt: START + HOUR, droppedAt: null },
    ]);
    clock.advance(HOUR);
    await activity.reportProgress(viewer, first!, { positionMs: 20 * MINUTE, durationMs: 40 * MINUTE });
    expect(await choices.of(viewer, first!)).toMatchObject({ hiddenAt: null });
    await expect(choices.hide(viewer, seasons[0]!, true)).rejects.toMatchObject({ code: 'invalid' });
    await expect(choices.hide(viewer, series, true)).rejects.toMatchObject({ code: 'invalid' });
  });

  describe('to snooze', () => {
    test('holds until its date', async () => {
      const { clock, tree, films, viewer, choices } = await houseIn(make);
      const movie = await tree.movie(films);
      const until = START + 7 * DAY;
      expect(await choices.snooze(viewer, movie, { until })).toMatchObject({ snoozedAt: START, snoozedUntil: until });
      expect(await titles(choices.list(viewer, { limit: 5 }))).toEqual([movie]);
      clock.set(until);
      expect(await choices.of(viewer, movie)).toMatchObject({ snoozedAt: null, snoozedUntil: null });
      expect(await titles(choices.list(viewer, { limit: 5 }))).toEqual([]);
      await expect(choices.snooze(viewer, movie, { until })).rejects.toMatchObject({ code: 'invalid' });
      await expect(choices.snooze(viewer, movie, { untilNew: true })).rejects.toMatchObject({ code: 'invalid' });
    });

    test('holds until an episode is added that is here', async () => {
      const { clock, tree, shows, viewer, choices } = await houseIn(make);
      const { series, seasons } = await tree.show(shows, [2]);
      expect(await choices.snooze(viewer, seasons[0]!, { untilNew: true })).toMatchObject({
        targetId: series,
        snoozedAt: START,
        snoozedUntil: null,
      });
      clock.advance(DAY);
      const gone = await tree.episode(seasons[0]!, 3, { added_at: START + HOUR, removed_at: START + 2 * HOUR });
      expect(await titles(choices.list(viewer, { limit: 5 }))).toEqual([series]);
      await tree.change(gone, { removed_at: null });
      expect(await titles(choices.list(viewer, { limit: 5 }))).toEqual([]);
      expect(await choices.of(viewer, series)).toMatchObject({ snoozedAt: null });
      expect(await choices.snooze(viewer, series, { untilNew: true })).toMatchObject({ snoozedAt: START + DAY });
      expect(await choices.snooze(viewer, series, null)).toMatchObject({ snoozedAt: null });
    });
  });

  test('of specials have where someone stands in the series derived anew, in each of their scopes alone', async () => {
    const { database, tree, shows, viewer, choices, activity } = await houseIn(make);
    const other = await addUser(database, { name: 'Ben' });
    const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
    const { series, episodes } = await tree.show(shows, [3]);
    for (const one of [viewer, silo, other.viewer]) {
      await activity.setWatched(one, episodes[0]![0]!, { watched: true });
      await activity.nextUp(one, { limit: 5 });
    }
    const stale = async (one: Viewer) =>
      (
        await database.read
          .selectFrom('series_states')
          .select('stale')
          .where('scope_id', '=', one.isolation === 'silo' ? one.ownScope : one.groupScope)
          .execute()
      ).map((row) => row.stale);
    expect([...(await stale(viewer)), ...(await stale(silo)), ...(await stale(other.viewer))]).toEqual([0, 0, 0]);
    expect(await choices.setSpecials(viewer, episodes[0]![1]!, 'after')).toMatchObject({
      targetId: series,
      specials: 'after',
    });
    expect([...(await stale(viewer)), ...(await stale(silo)), ...(await stale(other.viewer))]).toEqual([1, 1, 0]);
    expect(await choices.setSpecials(silo, series, null)).toMatchObject({ specials: null });
    const movie = await tree.movie(await tree.library('movies'));
    await expect(choices.setSpecials(viewer, movie, 'never')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('are listed newest first, page by page, and only of what may be seen and is here', async () => {
    const { database, clock, tree, films, viewer, choices } = await houseIn(make);
    const movies: MediaItemId[] = [];
    for (let i = 0; i < 5; i++) movies.push(await tree.movie(films));
    for (const [index, movie] of movies.entries()) {
      // Two at the same instant.
      if (index !== 1) clock.advance(MINUTE);
      if (index % 2 === 0) await choices.drop(viewer, movie, true);
      else await choices.snooze(viewer, movie, { until: START + DAY });
    }
    const expected = movies.toReversed();
    const read = async (one: Viewer) => {
      const ids: MediaItemId[] = [];
      let cursor: string | undefined;
      do {
        const page = await choices.list(one, { limit: 2, cursor });
        ids.push(...page.items.map(({ item }) => item.id));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return ids;
    };
    expect(await read(viewer)).toEqual(expected);
    await tree.change(movies[3]!, { removed_at: START });
    expect(await read(viewer)).toEqual(expected.filter((id) => id !== movies[3]));
    const blind = { ...viewer, grants: { ...openGrants, libraries: [] } };
    expect(await read(blind)).toEqual([]);
    await expect(choices.of(blind, movies[0]!)).rejects.toMatchObject({ code: 'not_found' });
    await expect(choices.drop(blind, movies[0]!, true)).rejects.toMatchObject({ code: 'not_found' });
    const stranger = await addUser(database, { name: 'Ben' });
    expect(await read(stranger.viewer)).toEqual([]);
  });

  test('are refused to guests, and of what stands in no list', async () => {
    const { database, films, viewer, choices } = await houseIn(make);
    const guest = await addUser(database, { name: 'Guest', role: 'guest' });
    await expect(choices.drop(guest.viewer, films, true)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(choices.drop(viewer, films, true)).rejects.toMatchObject({ code: 'invalid' });
    await expect(choices.drop(viewer, asId(999_999), true)).rejects.toMatchObject({ code: 'not_found' });
    await expect(choices.drop(viewer, films, true, START + DAY)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('are listed by an index, without a sort', async () => {
    const { database, viewer } = await houseIn(make);
    const values: Record<string, unknown> = {
      first: viewer.groupScope,
      second: viewer.groupScope,
      user: viewer.userId,
      at: START,
      id: 5,
      now: START,
      limit: 41,
    };
    await sql`ANALYZE`.execute(database.schema);
    for (const grants of [openGrants, { ...openGrants, libraries: [asId(1)] } satisfies Grants]) {
      const query = chosenQuery(database.schema, grants, (name) => sql.val(values[name]) as never);
      const plan = await planOf(database, query.compile());
      if (database.dialect.name === 'sqlite') {
        expect(plan).toContain('list_choices_newest');
        expect(plan).not.toMatch(/TEMP B-TREE|SCAN (c|i|e|p|st)\b/);
      }
    }
  });
});
