import { expect, test } from 'vitest';
import { filesIn, isTest } from './sources.ts';

/** Which slice owns a table: it alone writes it. */
const OWNERS: Record<string, string[]> = {
  identity: ['users', 'devices', 'device_users', 'scopes', 'sessions', 'api_tokens'],
  access: ['user_libraries', 'user_stream_sources', 'user_tags'],
  audit: ['audit_log'],
  idempotency: ['idempotency_keys'],
  catalog: [
    'media_items',
    'catalog_version',
    'leaf_counts',
    'libraries',
    'movies',
    'series',
    'stream_sources',
    'streams',
    'collection_items',
    'external_ids',
    'tags',
    'item_tags',
    'genres',
    'item_genres',
    'people',
    'credits',
    'images',
    'scan_folders',
    'item_locations',
  ],
  activity: [
    'marks',
    'play_states',
    'plays',
    'series_states',
    'collection_states',
    'shelf_counts',
    'rewatches',
    'list_choices',
    'opinions',
    'change_sets',
    'change_parts',
    'leases',
    'library_thresholds',
    'watch_days',
    'watch_hours',
    'watch_roots',
    'watch_recounts',
  ],
  sync: [
    'clients',
    'client_accounts',
    'client_libraries',
    'client_items',
    'client_item_parts',
    'shadows',
    'sync_runs',
    'sync_decisions',
    'held_changes',
    'deliveries',
  ],
};

/** A user's row also holds what they may see, which access/ writes; a tag that only a grant names is made there too. */
const ALSO = ['access users', 'access tags'];

const WRITES = [
  /\.(?:insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(\s*'(\w+)/g,
  /\brepositoryOf\(\s*'(\w+)/g,
  /\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|REPLACE\s+INTO)\s+(\w+)/g,
  /\bUPDATE\s+(\w+)\s+(?:AS\s+\w+\s+)?SET\b/g,
];

const writesOf = (text: string): string[] =>
  WRITES.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));

const sources = filesIn('src').filter((file) => !isTest(file) && !file.path.startsWith('src/database/'));

test('every table has one owner', () => {
  const tables = filesIn('src/database').filter((file) => file.path.startsWith('src/database/tables/'));
  const names = tables.flatMap(({ text }) => [...text.matchAll(/^ {2}(\w+): \w+Table;/gm)].map((m) => m[1]!));
  expect(names.length).toBeGreaterThan(30);
  expect(Object.values(OWNERS).flat().toSorted()).toEqual(names.toSorted());
});

test('a table is written by the slice that owns it alone', () => {
  const ownerOf = new Map(Object.entries(OWNERS).flatMap(([slice, tables]) => tables.map((table) => [table, slice])));
  const trespasses = sources.flatMap(({ path, text }) =>
    writesOf(text)
      .filter((table) => ownerOf.has(table) && path.split('/')[1] !== ownerOf.get(table))
      .filter((table) => !ALSO.includes(`${path.split('/')[1]} ${table}`))
      .map((table) => `${path} writes ${table}, which belongs to ${ownerOf.get(table)}/`),
  );
  expect(trespasses).toEqual([]);
});

test('the guard sees writes in each of their forms', () => {
  expect(
    writesOf(
      "tx.insertInto('marks') tx\n.updateTable('plays as p') tx.deleteFrom(\n'users') repositoryOf('tags') sql`INSERT INTO images` sql`UPDATE series SET` sql`DELETE FROM scopes`",
    ).toSorted(),
  ).toEqual(['images', 'marks', 'plays', 'scopes', 'series', 'tags', 'users']);
  expect(sources.flatMap(({ text }) => writesOf(text)).length).toBeGreaterThan(10);
});
