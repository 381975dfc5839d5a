import { describe, expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { DAY, HOUR, MINUTE } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { type MemoryHouse, memoryHouse } from '../../test/support/memory-house.ts';

/** Twelve films on each of two servers, with the same external ids. */
const fill = ({ servers }: MemoryHouse) =>
  servers.map(({ server }) =>
    Array.from({ length: 12 }, (_, index) =>
      server.shelf.movie({
        title: `Film ${index}`,
        year: 2000 + index,
        runtimeMs: 100 * MINUTE,
        externalIds: [{ provider: 'imdb', value: `tt00000${index + 10}` }],
        path: `/films/${index}.mkv`,
      }),
    ),
  );

const itemOf = async ({ database }: MemoryHouse, remoteId: string): Promise<MediaItemId> => {
  const row = await database.read
    .selectFrom('client_items')
    .select('item_id')
    .where('client_item_id', '=', remoteId)
    .executeTakeFirstOrThrow();
  return asId<MediaItemId>(row.item_id as number);
};

const syncAll = async ({ sync, clock }: MemoryHouse, ids: Awaited<ReturnType<MemoryHouse['connect']>>[]) => {
  const runs = [];
  for (const id of ids) {
    clock.advance(MINUTE);
    runs.push(await sync.run(id, 'sync'));
  }
  return runs;
};

const writes = ({ servers }: MemoryHouse) =>
  servers.flatMap(({ server }) => server.calls.splice(0).filter((call) => call.call === 'write'));

eachDatabase('sync both ways', (make) => {
  describe('two servers', () => {
    const setUp = async () => {
      const house = await memoryHouse(make, [
        { kind: 'jellyfin' },
        { kind: 'plex', forgetsDates: true, noFavourites: true },
      ]);
      const [first = [], second = []] = fill(house);
      const ids = [await house.connect(0), await house.connect(1)];
      const [jelly, plex] = house.servers.map(({ server, ada }) => server.as(ada));
      return { house, first, second, ids, jelly: jelly!, plex: plex! };
    };

    test('watched, begun, liked and rated on one is so on the other, and then all is quiet', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      jelly.watch(first[0]!);
      plex.stopAt(second[1]!, 30 * MINUTE);
      jelly.rate(first[2]!, 8);
      await syncAll(house, [...ids, ...ids]);
      expect(plex.kept(second[0]!).state).toMatchObject({ watched: true, position: null });
      expect(jelly.kept(first[1]!).state).toMatchObject({ watched: false, position: { positionMs: 30 * MINUTE } });
      expect(plex.kept(second[2]!).opinion.rating).toBe(8);
      writes(house);
      const runs = await syncAll(house, [...ids, ...ids]);
      expect(writes(house)).toEqual([]);
      expect(runs.every((run) => run.counts.events + run.counts.written === 0)).toBe(true);
    });

    test('unwatched there is unwatched here and on the other', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      jelly.watch(first[0]!);
      await syncAll(house, [...ids, ...ids]);
      house.clock.advance(HOUR);
      plex.unwatch(second[0]!);
      await syncAll(house, [...ids, ...ids]);
      expect(jelly.kept(first[0]!).state.watched).toBe(false);
      const item = await itemOf(house, first[0]!);
      expect((await house.activity.state(house.viewer, item)).watched).toBe(false);
    });

    test('a mark made here is written to both, and its undo as well', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      await syncAll(house, ids);
      house.clock.advance(HOUR);
      const item = await itemOf(house, first[3]!);
      await house.activity.setWatched(house.viewer, item, { watched: true });
      await syncAll(house, ids);
      expect([jelly.kept(first[3]!).state.watched, plex.kept(second[3]!).state.watched]).toEqual([true, true]);
      house.clock.advance(HOUR);
      await house.activity.setWatched(house.viewer, item, { watched: false });
      await syncAll(house, ids);
      expect([jelly.kept(first[3]!).state.watched, plex.kept(second[3]!).state.watched]).toEqual([false, false]);
    });

    test('what is being played there is not written', async () => {
      const { house, first, ids, jelly } = await setUp();
      await syncAll(house, ids);
      house.clock.advance(HOUR);
      await house.activity.setWatched(house.viewer, await itemOf(house, first[4]!), { watched: true });
      jelly.play(first[4]!, 10 * MINUTE);
      await syncAll(house, ids);
      expect(jelly.kept(first[4]!).state.watched).toBe(false);
      jelly.play(null);
      await syncAll(house, ids);
      expect(jelly.kept(first[4]!).state.watched).toBe(true);
    });

    test('a write whose answer is lost is no event of theirs', async () => {
      const { house, first, ids, jelly } = await setUp();
      await syncAll(house, ids);
      house.clock.advance(HOUR);
      const item = await itemOf(house, first[5]!);
      await house.activity.setWatched(house.viewer, item, { watched: true });
      house.servers[0]!.server.inject({ on: 'write', how: 'lost' });
      await house.sync.run(ids[0]!, 'sync').catch(() => {});
      expect(jelly.kept(first[5]!).state.watched).toBe(true);
      house.clock.advance(HOUR);
      const [run] = await syncAll(house, [ids[0]!]);
      expect(run?.counts).toMatchObject({ events: 0, written: 0 });
      expect((await house.activity.history(house.viewer, { limit: 40 })).items).toEqual([]);
    });

    test('a person who has lost much at once is asked first; rejected, it is written back', async () => {
      const { house, first, ids, jelly } = await setUp();
      for (const film of first) jelly.watch(film);
      await syncAll(house, ids);
      house.clock.advance(DAY);
      for (const film of first) jelly.unwatch(film);
      const run = await house.sync.run(ids[0]!, 'sync');
      expect(run).toMatchObject({ state: 'held', counts: { held: 12, events: 0, written: 0 } });
      const item = await itemOf(house, first[0]!);
      expect((await house.activity.state(house.viewer, item)).watched).toBe(true);
      const { items } = await house.sync.held(ids[0]!, { limit: 40 });
      expect(items).toHaveLength(12);
      expect(items[0]).toMatchObject({ side: 'theirs', account: 'ada', title: 'Film 0' });
      await house.sync.reject(house.viewer, ids[0]!);
      await syncAll(house, [ids[0]!]);
      expect(first.every((film) => jelly.kept(film).state.watched)).toBe(true);
    });

    test('approved, it is taken over everywhere', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      for (const film of first) jelly.watch(film);
      await syncAll(house, ids);
      house.clock.advance(DAY);
      for (const film of first) jelly.unwatch(film);
      await house.sync.run(ids[0]!, 'sync');
      await house.sync.run(ids[0]!, 'approve');
      const item = await itemOf(house, first[0]!);
      expect((await house.activity.state(house.viewer, item)).watched).toBe(false);
      // Of twelve all are unwatched here now: that too is asked before it is written to the other.
      const [run] = await syncAll(house, [ids[1]!]);
      expect(run).toMatchObject({ state: 'held', counts: { held: 12 } });
      await house.sync.run(ids[1]!, 'approve');
      expect(second.some((film) => plex.kept(film).state.watched)).toBe(false);
    });

    test('a preview tells all that a run would do, and does nothing of it', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      jelly.watch(first[0]!);
      await syncAll(house, [ids[0]!]);
      const before = await Promise.all(
        (['client_items', 'shadows', 'marks', 'plays', 'media_items'] as const).map((table) =>
          house.database.read.selectFrom(table).selectAll().execute(),
        ),
      );
      const run = await house.sync.run(ids[1]!, 'preview');
      expect(run).toMatchObject({ kind: 'preview', state: 'done', counts: { matched: 12, written: 1, events: 0 } });
      const { items } = await house.sync.decisions(ids[1]!, run.id, { limit: 40, phase: 'push' });
      expect(items).toMatchObject([{ decision: 'written', after: { watched: { value: true } } }]);
      expect(
        await Promise.all(
          (['client_items', 'shadows', 'marks', 'plays', 'media_items'] as const).map((table) =>
            house.database.read.selectFrom(table).selectAll().execute(),
          ),
        ),
      ).toEqual(before);
      expect(plex.kept(second[0]!).state.watched).toBe(false);
      expect(writes(house)).toEqual([]);
    });

    test('a run that is undone is taken back on every server', async () => {
      const { house, first, second, ids, jelly, plex } = await setUp();
      jelly.watch(first[0]!);
      jelly.rate(first[1]!, 6);
      await syncAll(house, [...ids, ...ids]);
      expect(plex.kept(second[0]!).state.watched).toBe(true);
      const changes = createChanges({ database: house.database, clock: house.clock });
      house.clock.advance(MINUTE);
      const { undoneBy } = await changes.undoLast(house.viewer);
      await syncAll(house, [...ids, ...ids]);
      expect([jelly.kept(first[0]!).state.watched, plex.kept(second[0]!).state.watched]).toEqual([false, false]);
      expect([jelly.kept(first[1]!).opinion.rating, plex.kept(second[1]!).opinion.rating]).toEqual([null, null]);
      writes(house);
      await syncAll(house, ids);
      expect(writes(house)).toEqual([]);
      house.clock.advance(MINUTE);
      await changes.undo(house.viewer, undoneBy);
      await syncAll(house, [...ids, ...ids]);
      expect([jelly.kept(first[0]!).state.watched, plex.kept(second[0]!).state.watched]).toEqual([true, true]);
      expect([jelly.kept(first[1]!).opinion.rating, plex.kept(second[1]!).opinion.rating]).toEqual([6, 6]);
    });

    test('modes are directions: shout is only read, quiet only written, silo neither', async () => {
      const house = await memoryHouse(make, [{ kind: 'jellyfin' }, { kind: 'plex' }, { kind: 'emby' }]);
      const films = fill(house);
      const [shout, quiet, silo] = house.servers.map(({ server, ada }) => server.as(ada));
      const ids = [
        await house.connect(0, { isolation: 'shout' }),
        await house.connect(1, { isolation: 'quiet' }),
        await house.connect(2, { isolation: 'silo' }),
      ];
      shout!.watch(films[0]![0]!);
      quiet!.watch(films[1]![1]!);
      silo!.watch(films[2]![2]!);
      await syncAll(house, [...ids, ...ids]);
      const watched = (person: typeof shout, of: string[]) =>
        of.slice(0, 3).map((film) => person!.kept(film).state.watched);
      expect(watched(shout, films[0]!)).toEqual([true, false, false]);
      expect(watched(quiet, films[1]!)).toEqual([true, true, false]);
      expect(watched(silo, films[2]!)).toEqual([false, false, true]);
    });
  });
});
