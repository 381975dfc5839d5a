import { expect, test } from 'vitest';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import type { IncomingEpisode } from '#catalog/incoming.ts';
import { createIngest } from '#catalog/ingest.ts';
import { MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { placeEpisode, refreshEpisode } from './episodes.ts';

const setUp = async (make: MakeDatabase) => {
  const database = await make();
  const tree = treeIn(database);
  const ingest = createIngest({ clock: manualClock(Date.UTC(2026, 10, 21)), observer: createLeafObserver() });
  const series = await tree.series(await tree.library('series'));
  const place = (facts: IncomingEpisode) => database.transaction((tx) => placeEpisode(tx, ingest, series, facts));
  const episodes = () =>
    database.read
      .selectFrom('media_items')
      .select(['id', 'title', 'episode_number as first', 'episode_number_end as last', 'runtime_ms as ms'])
      .where('root_id', '=', series)
      .where('kind', '=', 'episode')
      .orderBy('episode_number')
      .execute();
  return { database, tree, ingest, series, place, episodes };
};

const double: IncomingEpisode = {
  title: 'Pilot',
  seasonNumber: 1,
  episodeNumber: 1,
  episodeNumberEnd: 2,
  runtimeMs: 44 * MINUTE,
  externalIds: [],
};

eachDatabase('double episodes', (make) => {
  test('become several of ours, and single ones told later are these', async () => {
    const { place, episodes } = await setUp(make);
    const { taken, further } = await place(double);
    const made = await episodes();
    expect(made.map(({ id: _, ...row }) => row)).toEqual([
      { title: 'Pilot', first: 1, last: null, ms: null },
      { title: 'Episode 2', first: 2, last: null, ms: null },
    ]);
    expect([taken, further]).toEqual([{ outcome: 'created', itemId: made[0]!.id }, [made[1]!.id]]);
    const second = await place({ title: 'Pilot, part 2', seasonNumber: 1, episodeNumber: 2, externalIds: [] });
    expect(second).toMatchObject({ taken: { itemId: made[1]!.id }, further: [] });
    expect(await place(double)).toMatchObject({ taken: { itemId: made[0]!.id }, further });
    expect(await episodes()).toHaveLength(2);
  });

  test('are one of ours where that is the same double episode', async () => {
    const { tree, series, place, episodes } = await setUp(make);
    const ours = await tree.episode(await tree.season(series, 1), 1, { episode_number_end: 2 });
    expect(await place(double)).toMatchObject({ taken: { itemId: ours }, further: [] });
    expect(await episodes()).toHaveLength(1);
    // One more than ours has: ours stands for the two that it has.
    const triple = await place({ ...double, episodeNumberEnd: 3 });
    expect(triple.taken).toMatchObject({ itemId: ours });
    expect(triple.further).toEqual([(await episodes())[1]!.id]);
  });

  test('told anew they do not grow over their second part', async () => {
    const { database, ingest, place, episodes } = await setUp(make);
    const { taken } = await place(double);
    const first = (taken as { itemId: MediaItemId }).itemId;
    await database.transaction((tx) => refreshEpisode(tx, ingest, first, { ...double, title: 'Pilots' }));
    expect(await episodes()).toMatchObject([{ title: 'Pilots', last: null, ms: null }, { title: 'Episode 2' }]);
  });
});
