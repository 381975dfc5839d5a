import { expect } from 'vitest';
import type { ShelfItem } from './fakes/shelf.ts';
import type { Attic, Shown } from './sync-attic.ts';
import type { Caller, Client, SyncHouse } from './sync-house.ts';

interface Item {
  id: number;
  kind: string;
  title: string;
  state: { watched: boolean; positionMs: number | null; playCount: number };
}

const itemsHere = (person: Caller, kind: string): Promise<Item[]> => person.list<Item>(`/items?kind=${kind}&limit=200`);

const here = async (person: Caller, { kind, title }: ShelfItem): Promise<Item> => {
  const found = (await itemsHere(person, kind)).filter((item) => item.title === title);
  expect(found, `${kind} ${title}`).toHaveLength(1);
  return found[0]!;
};

/** Our id of an item, found by its title. */
export const itemHere = async (person: Caller, item: ShelfItem): Promise<number> => (await here(person, item)).id;

export const stateHere = async (person: Caller, item: ShelfItem): Promise<Item['state']> =>
  (await here(person, item)).state;

export const markHere = async (person: Caller, item: ShelfItem, watched = true): Promise<void> => {
  await person.call('PUT', `/items/${await itemHere(person, item)}/watched`, { watched });
};

export const stopHere = async (person: Caller, item: ShelfItem, positionMs: number): Promise<void> => {
  const id = await itemHere(person, item);
  await person.call('PUT', `/items/${id}/progress`, { positionMs, durationMs: item.runtimeMs });
};

export const rateHere = async (person: Caller, item: ShelfItem, rating: number): Promise<void> => {
  await person.call('PUT', `/items/${await itemHere(person, item)}/rating`, { rating });
};

/** Everything that can be played stands the same here and there. */
export const expectAgreement = async (person: Caller, { shelf, shows }: Attic): Promise<void> => {
  const ratings = new Map(
    (await person.list<{ item: Item; rating: number }>('/me/ratings?limit=200')).map((one) => [
      one.item.id,
      one.rating,
    ]),
  );
  for (const kind of ['movie', 'episode'] as const) {
    const items = await itemsHere(person, kind);
    const ours = items.map(({ id, title, state }) =>
      words(title, { ...state, positionMs: state.positionMs ?? 0, rating: ratings.get(id) ?? null }),
    );
    const theirs = shelf.items.filter((item) => item.kind === kind).map((item) => words(item.title, shows(item)));
    expect(ours.toSorted()).toEqual(theirs.toSorted());
  }
};

const words = (title: string, { watched, positionMs, rating }: Shown): string =>
  `${title}: ${watched ? 'watched' : 'unwatched'}, at ${Math.round(positionMs / 10_000)}, rated ${rating}`;

/** A further run finds nothing to do on either side. */
export const expectQuiet = async (client: Client, attics: Attic | Attic[]): Promise<void> => {
  const all = [attics].flat();
  for (const { requests } of all) requests.length = 0;
  const run = await client.sync();
  expect(run).toMatchObject({ state: 'done', error: null });
  const { seen: _, ...counts } = run.counts;
  expect(
    Object.values(counts).every((count) => count === 0),
    JSON.stringify(run),
  ).toBe(true);
  for (const attic of all) expect(attic.writes()).toEqual([]);
};

export type Kept = Record<'marks' | 'states' | 'plays' | 'opinions' | 'items', object[]>;

/** Everything that is known of what people did, and which items there are; without what concerns the items given. */
export const everything = async ({ database: { read } }: SyncHouse, without: readonly number[] = []): Promise<Kept> => {
  const others = <R extends { item_id: number }>(rows: R[]): R[] =>
    rows.filter(({ item_id }) => !without.includes(item_id));
  return {
    marks: others(await read.selectFrom('marks').selectAll().orderBy('scope_id').orderBy('item_id').execute()),
    states: others(await read.selectFrom('play_states').selectAll().orderBy('scope_id').orderBy('item_id').execute()),
    plays: others(
      await read
        .selectFrom('plays')
        .select(['id', 'user_id', 'device_user_id', 'item_id', 'started_at', 'last_at', 'completed', 'deleted_at'])
        .orderBy('id')
        .execute(),
    ),
    opinions: others(await read.selectFrom('opinions').selectAll().orderBy('user_id').orderBy('item_id').execute()),
    items: await read.selectFrom('media_items').select(['id', 'kind', 'removed_at']).orderBy('id').execute(),
  };
};
