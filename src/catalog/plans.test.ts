import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { MediaItemId, TagId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { openGrants } from '../../test/support/people.ts';
import { type Compiled, planOf } from '../../test/support/plan.ts';
import { childrenPage, type ParentKind } from './children-query.ts';
import { selectItems } from './item-select.ts';
import { itemsPage } from './items-query.ts';
import { searchQuery } from './search-query.ts';

/** Enough rows that a planner has a choice, and statistics of them. */
const fill = async (database: Database): Promise<MediaItemId> => {
  const library = await database.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('media_items')
      .values({ ...row, kind: 'library', title: 'L', sort_title: 'l', title_key: 'l' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.updateTable('media_items').set({ library_id: id }).execute();
    const kinds = ['movie', 'series', 'artist', 'stream', 'collection'] as const;
    for (let start = 0; start < 6000; start += 500) {
      await tx
        .insertInto('media_items')
        .values(
          Array.from({ length: 500 }, (_, n) => {
            const i = start + n;
            return {
              ...row,
              kind: kinds[i % 5]!,
              library_id: id,
              title: `t ${i}`,
              sort_title: `t ${(i * 7919) % 6000}`,
              title_key: `t ${i}`,
              year: i % 3 === 0 ? null : 1900 + (i % 120),
              released_at: i % 4 === 0 ? null : i * 1000,
              added_at: (i * 104729) % 6000,
              removed_at: i % 50 === 0 ? 1 : null,
            };
          }),
        )
        .execute();
    }
    return id;
  });
  await sql`ANALYZE`.execute(database.schema);
  return library;
};

const row = {
  library_id: null as MediaItemId | null,
  parent_id: null,
  root_id: null,
  season_number: null,
  episode_number: null,
  episode_number_end: null,
  absolute_number: null,
  disc_number: null,
  track_number: null,
  original_title: null,
  overview: null,
  year: null as number | null,
  released_at: null as number | null,
  runtime_ms: null,
  content_rating: null,
  rating_level: null,
  added_at: 1,
  updated_at: 1,
  removed_at: null as number | null,
};

/** A walk over a whole table, or a sort of more than the rows of a page. SQLite names what it scans by an alias. */
const scan = /SCAN (i|media_items)\b|Seq Scan on media_items/;
const sort = /TEMP B-TREE|Sort/;

eachDatabase('the plans', (make) => {
  test('of lists walk an index from the page’s start, without a sort', async () => {
    const database = await make();
    const libraryId = await fill(database);
    for (const library of [undefined, libraryId]) {
      for (const { column, nullable, descending } of [
        { column: 'sort_title', nullable: false },
        { column: 'added_at', nullable: false },
        { column: 'released_at', nullable: true },
        { column: 'year', nullable: true },
        { column: 'removed_at', nullable: false },
      ].flatMap((order) => [
        { ...order, descending: false },
        { ...order, descending: true },
      ])) {
        for (const part of nullable ? (['known', 'unknown'] as const) : (['known'] as const)) {
          for (const after of [undefined, [column === 'sort_title' ? 't 3' : 1950, 17]] as const) {
            const removed = column === 'removed_at';
            const order = { column: column as 'sort_title', nullable, descending };
            const filters = library === undefined ? [] : (['libraryId'] as const);
            const shape = { order, part, continued: after !== undefined, removed, filters: [...filters] };
            const values: Record<string, unknown> = {
              kind: 'movie',
              limit: 41,
              libraryId: library,
              afterKey: after?.[0],
              afterId: after?.[1],
            };
            const query = itemsPage(database.schema, openGrants, shape, (name) => sql.val(values[name]) as never);
            const plan = await planOf(database, query.compile());
            const what = `${column} ${part} ${library ?? ''} ${after ?? ''}\n${plan}`;
            expect(what).not.toMatch(scan);
            // The retired are few: they may be sorted after an index gave them.
            if (!removed) expect(what).not.toMatch(sort);
            expect(what).toMatch(/items_/);
          }
        }
      }
    }
  });

  test('of children, search and look-ups never walk the table, even for a restricted viewer', async () => {
    const database = await make();
    await fill(database);
    const restricted: Grants = {
      ...openGrants,
      libraries: [1 as MediaItemId],
      maxRatingLevel: 12,
      allowedTags: [1 as TagId],
      blockedTags: [2 as TagId],
    };
    const dialect = dialectOf(database.schema);
    for (const grants of [openGrants, restricted]) {
      const queries: [string, Compiled][] = [
        ...(['series', 'season', 'artist', 'album', 'collection'] satisfies ParentKind[]).map(
          (kind): [string, Compiled] => [
            `children of ${kind}`,
            childrenPage(grants, { id: 5 as MediaItemId, kind }, undefined, 41).compile(database.schema),
          ],
        ),
        ['search', searchQuery(dialect, grants, 't 17', undefined).compile(database.schema)],
        [
          'item',
          selectItems(database.schema, dialect, grants)
            .where('i.id', '=', 5 as MediaItemId)
            .compile(),
        ],
      ];
      for (const [name, query] of queries) {
        const plan = await planOf(database, query);
        expect(`${name}\n${plan}`).not.toMatch(scan);
      }
    }
  });

  test('the guard knows a walk and a sort when it sees them', async () => {
    const database = await make();
    await fill(database);
    const all = database.schema.selectFrom('media_items as i').selectAll().orderBy('i.overview').compile();
    const plan = await planOf(database, all);
    expect(plan).toMatch(scan);
    expect(plan).toMatch(sort);
  });
});
