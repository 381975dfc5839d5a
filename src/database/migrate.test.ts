import { CompiledQuery } from 'kysely';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../test/support/databases.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { migrations } from './migrations/index.ts';

eachDatabase('migrations', (make) => {
  const tables = async (database: Awaited<ReturnType<typeof make>>) =>
    (await database.schema.introspection.getTables()).map((table) => table.name);

  test('have nothing to do twice', async () => {
    const database = await make();
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await migrate(database)).toEqual([]);
  });

  test('a step that fails half way leaves nothing behind, and goes through once it is mended', async () => {
    const database = await make();
    const half = { ...migrations, '9001-half': () => ['CREATE TABLE half_made (id integer)', 'CREATE NONSENSE'] };
    expect(await pendingMigrations(database, half)).toEqual(['9001-half']);
    await expect(migrate(database, half)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await tables(database)).not.toContain('half_made');
    const mended = { ...migrations, '9001-half': () => ['CREATE TABLE half_made (id integer)'] };
    expect(await migrate(database, mended)).toEqual(['9001-half']);
    expect(await tables(database)).toContain('half_made');
  });

  test('a database of a newer program is refused untouched', async () => {
    const database = await make();
    await migrate(database, { ...migrations, '9002-future': () => ['CREATE TABLE future (id integer)'] });
    await expect(migrate(database)).rejects.toThrow('made by a newer Leftoff (it has 9002-future)');
    expect(await tables(database)).toContain('future');
  });

  test('constraints hold in the database itself', async () => {
    const database = await make();
    const run = (sql: string) => database.schema.executeQuery(CompiledQuery.raw(sql));
    const item = (columns: string, values: string) =>
      run(
        `INSERT INTO media_items (title, sort_title, title_key, added_at, updated_at, ${columns}) VALUES ('t', 't', 't', 1, 1, ${values})`,
      );
    await expect(item('kind', `'movie'`)).rejects.toThrow();
    await item('id, kind', `1, 'library'`);
    await expect(item('kind, library_id', `'episode', 1`)).rejects.toThrow();
    await expect(item('kind, library_id', `'nonsense', 1`)).rejects.toThrow();
    await expect(item('kind, library_id', `'movie', 99`)).rejects.toThrow();
    await expect(item('kind, library_id, year', `'movie', 1, 20000`)).rejects.toThrow();
    await item('kind, library_id, year', `'movie', 1, 1999`);
  });
});
