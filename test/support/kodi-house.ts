import type { Database } from '#database/database.ts';
import { HOUR, manualClock } from '#kernel/clock.ts';
import { asId, type ClientId, type MediaItemId } from '#kernel/ids.ts';
import type { NewClient } from '#sync/views.ts';
import type { MakeDatabase } from './databases.ts';
import type { FakeKodi } from './kodi/fake.ts';
import { addUser } from './people.ts';
import { wireSync } from './sync.ts';

export type KodiHouse = Awaited<ReturnType<typeof kodiHouse>>;

/** A house with one person and one Kodi in New York, whose clocks agree. */
export const kodiHouse = async (make: MakeDatabase, kodi: FakeKodi) => {
  const database = await make();
  const clock = manualClock(Date.UTC(2026, 10, 21, 10));
  const wired = wireSync(database, clock);
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
  const pass = (by: number) => {
    clock.advance(by);
    kodi.wallClock = new Date(clock.now() - 5 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
  };
  pass(0);
  const connect = async (more: Partial<NewClient> = {}) => {
    const { client } = await wired.sync.add(viewer, {
      kind: 'kodi',
      address: kodi.address,
      userName: 'kodi',
      password: 'kodi',
      ...more,
    });
    return asId<ClientId>(client.id);
  };
  return { ...wired, database, clock, viewer, pass, connect };
};

/** Our item of one of Kodi's entries. */
export const itemOf = async (database: Database, remoteId: string) => {
  const row = await database.read
    .selectFrom('client_items')
    .selectAll()
    .where('client_item_id', '=', remoteId)
    .executeTakeFirstOrThrow();
  return { ...row, item_id: row.item_id as MediaItemId };
};

/** What a person sees at home. */
export const lists = async ({ activity, viewer }: Pick<KodiHouse, 'activity' | 'viewer'>) => {
  const page = { limit: 40 };
  return {
    continue: (await activity.continueWatching(viewer, page)).items.map((entry) => [
      entry.item.title,
      entry.positionMs,
    ]),
    next: (await activity.nextUp(viewer, page)).items.map((entry) => entry.item.title),
    history: (await activity.history(viewer, page)).items.map((entry) => entry.item.title),
  };
};
