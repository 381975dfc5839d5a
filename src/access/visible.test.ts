import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database, Transaction } from '#database/database.ts';
import { asId, type MediaItemId, type StreamSourceId, type TagId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { eachDatabase } from '../../test/support/databases.ts';
import { openGrants } from '../../test/support/people.ts';
import { narrow } from './narrow.ts';
import { seesEverything, visibleTo } from './visible.ts';

/** A node of a random tree; ancestors first in the list, named by their place in it. */
interface Node {
  kind: MediaKind;
  parent: number | null;
  level: number | null;
  /** Which of the three tags it carries. */
  tags: number[];
  /** Streams: which of the two sources it is from. */
  source: number;
  /** Collections: places of its movies. */
  members: number[];
}

/** Grants in places instead of ids. */
type Wish = Omit<Grants, 'libraries' | 'streamSources' | 'allowedTags' | 'blockedTags'> & {
  libraries: number[] | null;
  streamSources: number[] | null;
  allowedTags: number[] | null;
  blockedTags: number[];
};

const facts = fc.record({
  level: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 3, arbitrary: fc.constantFrom(0, 6, 12, 18) }),
  tags: fc.subarray([0, 1, 2], { maxLength: 2 }),
  source: fc.nat(1),
  picked: fc.boolean(),
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

/** Three libraries: movies with a collection or two, series two floors deep, streams. */
const trees = fc.array(facts, { minLength: 16, maxLength: 16 }).map((drawn): Node[] => {
  const nodes: Node[] = [];
  let next = 0;
  const add = (kind: MediaKind, parent: number | null): number => {
    const { level, tags, source } = drawn[next++ % drawn.length] as Facts;
    nodes.push({ kind, parent, level, tags, source, members: [] });
    return nodes.length - 1;
  };
  const shelves = [add('library', null), add('library', null), add('library', null)] as const;
  for (const shelf of shelves) {
    // Mostly nothing is set on a whole library; a draw decides.
    if (drawn[shelf]?.picked) Object.assign(nodes[shelf]!, { level: null, tags: [] });
  }
  const movies = [add('movie', shelves[0]), add('movie', shelves[0]), add('movie', shelves[0])];
  const collection = add('collection', shelves[0]);
  nodes[collection]!.members = movies.filter((_, index) => drawn[index]?.picked);
  const series = add('series', shelves[1]);
  const seasons = [add('season', series), add('season', series)] as const;
  add('episode', seasons[0]);
  add('episode', seasons[0]);
  add('episode', seasons[1]);
  add('stream', shelves[2]);
  add('stream', shelves[2]);
  return nodes;
});

const wishes: fc.Arbitrary<Wish> = fc.record({
  libraries: fc.option(fc.subarray([0, 1, 2]), { freq: 2 }),
  streamSources: fc.option(fc.subarray([0, 1]), { freq: 2 }),
  maxRatingLevel: fc.option(fc.constantFrom(0, 6, 12, 17, 21), { freq: 2 }),
  allowUnrated: fc.boolean(),
  allowedTags: fc.option(fc.subarray([0, 1, 2]), { freq: 2 }),
  blockedTags: fc.subarray([0, 1, 2], { maxLength: 1 }),
});

/** The rule in words (domain §7), told of one node at a time, by walking up. */
const oracle = (nodes: Node[], wish: Wish): Set<number> => {
  const lineOf = (at: number): number[] => {
    const parent = nodes[at]?.parent ?? null;
    return parent === null ? [at] : [at, ...lineOf(parent)];
  };
  const passes = (at: number): boolean => {
    const node = nodes[at]!;
    const line = lineOf(at);
    if (wish.libraries && !wish.libraries.includes(line.at(-1)!)) return false;
    if (node.kind === 'stream' && wish.streamSources && !wish.streamSources.includes(node.source)) return false;
    const tags = line.flatMap((place) => nodes[place]!.tags);
    if (tags.some((tag) => wish.blockedTags.includes(tag))) return false;
    if (node.kind === 'library') return true;
    if (wish.allowedTags && !tags.some((tag) => wish.allowedTags?.includes(tag))) return false;
    if (wish.maxRatingLevel === null) return true;
    const levels = line.flatMap((place) => nodes[place]!.level ?? []);
    return levels.length === 0 ? wish.allowUnrated : Math.max(...levels) <= wish.maxRatingLevel;
  };
  const holdsSomething = (at: number): boolean => {
    const { members } = nodes[at]!;
    return members.length === 0 || members.some(passes);
  };
  return new Set(
    nodes.flatMap((node, at) => (passes(at) && (node.kind !== 'collection' || holdsSomething(at)) ? at : [])),
  );
};

interface Planted {
  ids: MediaItemId[];
  tags: TagId[];
  sources: StreamSourceId[];
}

const insertTag = async (tx: Transaction, name: string): Promise<TagId> =>
  (await tx.insertInto('tags').values({ name, name_key: name }).returning('id').executeTakeFirstOrThrow()).id;

const insertSource = async (tx: Transaction, name: string): Promise<StreamSourceId> => {
  const values = { name, name_key: name, tracks_progress: 1 as const };
  return (await tx.insertInto('stream_sources').values(values).returning('id').executeTakeFirstOrThrow()).id;
};

const plant = (database: Database, nodes: Node[], run: number): Promise<Planted> =>
  database.transaction(async (tx) => {
    const tags: TagId[] = [];
    const sources: StreamSourceId[] = [];
    for (const place of [0, 1, 2]) tags.push(await insertTag(tx, `tag ${run} ${place}`));
    for (const place of [0, 1]) sources.push(await insertSource(tx, `source ${run} ${place}`));
    const ids: MediaItemId[] = [];
    for (const [at, node] of nodes.entries()) ids.push(await plantNode(tx, nodes, ids, node, at));
    for (const [at, node] of nodes.entries()) await hang(tx, { ids, tags, sources }, node, at);
    return { ids, tags, sources };
  });

const plantNode = async (tx: Transaction, nodes: Node[], ids: MediaItemId[], node: Node, at: number) => {
  const parent = node.parent === null ? null : ids[node.parent]!;
  const inTree = node.kind === 'season' || node.kind === 'episode';
  const root = !inTree ? null : node.kind === 'season' ? parent : ids[nodes[node.parent!]!.parent!]!;
  const shelf = (place: number): number => (nodes[place]!.parent === null ? place : shelf(nodes[place]!.parent!));
  const { id } = await tx
    .insertInto('media_items')
    .values({
      kind: node.kind,
      library_id: node.kind === 'library' ? null : ids[shelf(at)]!,
      parent_id: inTree ? parent : null,
      root_id: root,
      season_number: inTree ? at : null,
      title: `${node.kind} ${at}`,
      sort_title: 'x',
      title_key: 'x',
      rating_level: node.level,
      added_at: 1,
      updated_at: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (node.kind === 'library')
    await tx.updateTable('media_items').set({ library_id: id }).where('id', '=', id).execute();
  return id;
};

const hang = async (tx: Transaction, { ids, tags, sources }: Planted, node: Node, at: number): Promise<void> => {
  const item_id = ids[at]!;
  for (const tag of node.tags) await tx.insertInto('item_tags').values({ item_id, tag_id: tags[tag]! }).execute();
  if (node.kind === 'stream') {
    await tx.insertInto('streams').values({ item_id, stream_source_id: sources[node.source]!, address: 'x' }).execute();
  }
  for (const [position, member] of node.members.entries()) {
    await tx
      .insertInto('collection_items')
      .values({ collection_id: item_id, item_id: ids[member]!, position })
      .execute();
  }
};

const grantsOf = (wish: Wish, { ids, tags, sources }: Planted): Grants => ({
  ...wish,
  libraries: wish.libraries?.map((place) => ids[place]!) ?? null,
  streamSources: wish.streamSources?.map((place) => sources[place]!) ?? null,
  allowedTags: wish.allowedTags?.map((place) => tags[place]!) ?? null,
  blockedTags: wish.blockedTags.map((place) => tags[place]!),
});

const seen = async (database: Database, grants: Grants, { ids }: Planted): Promise<number[]> => {
  const rows = await database.read
    .selectFrom('media_items')
    .select('id')
    .where('id', 'in', ids)
    .where(visibleTo(grants))
    .execute();
  return rows.map((row) => ids.indexOf(row.id)).sort((a, b) => a - b);
};

eachDatabase('what may be seen', (make) => {
  test('is what the rule in words says, over random trees and grants', async () => {
    const database = await make();
    let run = 0;
    const sizes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(trees, fc.array(wishes, { minLength: 4, maxLength: 4 }), async (nodes, four) => {
        const planted = await plant(database, nodes, run++);
        for (const wish of four) {
          const expected = [...oracle(nodes, wish)].sort((a, b) => a - b);
          sizes.add(expected.length);
          expect(await seen(database, grantsOf(wish, planted), planted)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
    expect(sizes.size).toBeGreaterThan(5);
  });

  test('under two grants together is seen only what both let through', async () => {
    const database = await make();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(trees, wishes, wishes, async (nodes, one, other) => {
        const planted = await plant(database, nodes, run++);
        const a = grantsOf(one, planted);
        const b = grantsOf(other, planted);
        const both = await seen(database, narrow(a, b), planted);
        const [byA, byB] = [await seen(database, a, planted), await seen(database, b, planted)];
        expect(both.filter((place) => !byA.includes(place) || !byB.includes(place))).toEqual([]);
        if (one.allowedTags === null || other.allowedTags === null) {
          const movies = byA.filter((place) => byB.includes(place) && nodes[place]!.kind !== 'collection');
          expect(both.filter((place) => nodes[place]!.kind !== 'collection')).toEqual(movies);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('only open grants see everything', () => {
  expect(seesEverything(openGrants)).toBe(true);
  expect(seesEverything({ ...openGrants, libraries: [] })).toBe(false);
  expect(seesEverything({ ...openGrants, allowedTags: [] })).toBe(false);
  expect(seesEverything({ ...openGrants, maxRatingLevel: 21 })).toBe(false);
  expect(seesEverything({ ...openGrants, blockedTags: [asId(1)] })).toBe(false);
});
