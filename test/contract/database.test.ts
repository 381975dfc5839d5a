import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { repositoryOf } from '#database/repository.ts';
import { asId } from '#kernel/ids.ts';
import { eachDatabase } from '../support/databases.ts';

const users = repositoryOf('users');
const person = (name: string) => ({
  name,
  name_key: name.toLowerCase(),
  password_hash: null,
  role: 'user' as const,
  owner_id: null,
  all_libraries: 1 as const,
  all_stream_sources: 1 as const,
  max_rating_level: null,
  allow_unrated: 0 as const,
  created_at: 1,
  updated_at: 1,
});

eachDatabase('the generic repository', (make) => {
  test('creates, reads, changes, counts and deletes', async () => {
    const database = await make();
    const ada = await database.transaction((tx) => users.create(tx, person('Ada')));
    const bob = await database.transaction((tx) => users.create(tx, { ...person('Bob'), max_rating_level: 12 }));
    expect(await users.getById(database.read, ada.id)).toMatchObject({ name: 'Ada', created_at: 1 });
    expect((await users.getAll(database.read, { max_rating_level: null })).map((user) => user.name)).toEqual(['Ada']);
    expect((await users.getAll(database.read, {}, 1, 1)).map((user) => user.name)).toEqual(['Bob']);
    expect(await users.count(database.read)).toBe(2);
    expect(await users.count(database.read, { name: 'Bob' })).toBe(1);
    expect(await database.transaction((tx) => users.update(tx, bob.id, { name: 'Bobby' }))).toMatchObject({
      name: 'Bobby',
      max_rating_level: 12,
    });
    expect(await database.transaction((tx) => users.update(tx, bob.id, {}))).toMatchObject({ name: 'Bobby' });
    expect(await database.transaction((tx) => users.update(tx, asId(999), { name: 'X' }))).toBeUndefined();
    expect(await database.transaction((tx) => users.delete(tx, ada.id))).toBe(true);
    expect(await database.transaction((tx) => users.delete(tx, ada.id))).toBe(false);
    expect(await users.exists(database.read, ada.id)).toBe(false);
    expect(await users.exists(database.read, bob.id)).toBe(true);
  });
});

eachDatabase('the unit of work', (make) => {
  const count = (database: Awaited<ReturnType<typeof make>>) => users.count(database.read);

  test('saves all or nothing', async () => {
    const database = await make();
    const failed = database.transaction(async (tx) => {
      await users.create(tx, person('Ada'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await count(database)).toBe(0);
  });

  test('joins when nested, and runs effects after the commit, only then', async () => {
    const database = await make();
    const seen: string[] = [];
    await database.transaction(async (tx) => {
      await users.create(tx, person('Ada'));
      database.afterCommit(() => seen.push('first'));
      await database.transaction(async (inner) => {
        expect(inner).toBe(tx);
        await users.create(inner, person('Bob'));
        database.afterCommit(() => seen.push('second'));
      });
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['first', 'second']);
    await database
      .transaction(async () => {
        database.afterCommit(() => seen.push('never'));
        throw new Error('no');
      })
      .catch(() => {});
    expect(seen).toEqual(['first', 'second']);
    expect(await count(database)).toBe(2);
    expect(() => database.afterCommit(() => {})).toThrow('outside');
  });

  test('an effect that throws undoes nothing and stops nobody', async () => {
    const database = await make();
    let ran = false;
    await database.transaction(async (tx) => {
      await users.create(tx, person('Ada'));
      database.afterCommit(() => {
        throw new Error('effect');
      });
      database.afterCommit(() => {
        ran = true;
      });
    });
    expect(ran).toBe(true);
    expect(await count(database)).toBe(1);
  });

  test('refuses the root handle inside, and its transaction outside', async () => {
    const database = await make();
    let kept: unknown;
    await expect(
      database.transaction(async (tx) => {
        kept = tx;
        return count(database);
      }),
    ).rejects.toThrow('inside a unit of work');
    await expect(users.count(kept as never)).rejects.toThrow();
  });

  test('fifty at once: each is saved or refused by itself', async () => {
    const database = await make();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        database.transaction(async (tx) => {
          await users.create(tx, person(`user ${index}`));
          if (index % 5 === 0) throw new Error('no');
          if (index % 5 === 1) await users.create(tx, person(`user ${index}`));
        }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(30);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.filter((error) => database.dialect.isUniqueViolation(error))).toHaveLength(10);
    expect(await count(database)).toBe(30);
  });

  test('two that wait for each other both get through', async () => {
    const database = await make();
    const [ada, bob] = await database.transaction(async (tx) => [
      await users.create(tx, person('Ada')),
      await users.create(tx, person('Bob')),
    ]);
    let met = 0;
    const both = (first: typeof ada.id, second: typeof ada.id) =>
      database.transaction(async (tx) => {
        await tx
          .updateTable('users')
          .set((row) => ({ updated_at: row('updated_at', '+', 1) }))
          .where('id', '=', first)
          .execute();
        met += 1;
        if (database.dialect.name === 'postgres') while (met < 2) await sql`SELECT pg_sleep(0.01)`.execute(tx);
        await tx
          .updateTable('users')
          .set((row) => ({ updated_at: row('updated_at', '+', 1) }))
          .where('id', '=', second)
          .execute();
      });
    await Promise.all([both(ada.id, bob.id), both(bob.id, ada.id)]);
    expect((await users.getAll(database.read)).map((user) => user.updated_at)).toEqual([3, 3]);
    expect(met).toBe(database.dialect.name === 'postgres' ? 3 : 2);
  });
});
