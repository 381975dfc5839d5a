import { expect, test } from 'vitest';
import { eachDatabase } from '../../test/support/databases.ts';
import { prepare } from './prepared.ts';

eachDatabase('a prepared query', (make) => {
  const insert = prepare<{ name: string }>()((db, value) =>
    db
      .insertInto('tags')
      .values({ name: value('name'), name_key: value('name') })
      .returning('id'),
  );
  const like = prepare<{ name: string; most: number }>()((db, value) =>
    db
      .selectFrom('tags')
      .select(['name', 'id'])
      .where('name', '>=', value('name'))
      .where('name', '<', 'zz')
      .orderBy('name')
      .limit(value('most')),
  );

  test('runs with other values each time, in and out of units of work', async () => {
    const database = await make();
    await database.transaction(async (tx) => {
      for (const name of ['b', 'a', 'c']) await insert(tx, { name });
    });
    const names = async (name: string, most: number) =>
      (await like(database.read, { name, most })).map((row) => row.name);
    expect(await names('a', 2)).toEqual(['a', 'b']);
    expect(await names('b', 9)).toEqual(['b', 'c']);
    await database.transaction(async (tx) => {
      expect((await like(tx, { name: 'c', most: 1 })).map((row) => row.name)).toEqual(['c']);
    });
  });
});
