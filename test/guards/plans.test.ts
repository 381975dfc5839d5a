import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createChanges } from '#activity/changes/changes.ts';
import { createChoices } from '#activity/choices/choices.ts';
import { createCleaning } from '#activity/cleaning/cleaning.ts';
import { createActivityExplain } from '#activity/explain/explain.ts';
import { createNewly } from '#activity/newly/newly.ts';
import { newKinds } from '#activity/newly/newly-query.ts';
import { opinionLists } from '#activity/opinions/opinion-query.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { createThresholds } from '#activity/playing/thresholds.ts';
import { createRewatches } from '#activity/rewatch/rewatch.ts';
import { createActivity } from '#activity/service.ts';
import { standingsOf } from '#activity/standings/standings.ts';
import { createStates } from '#activity/states/states.ts';
import { dimensions } from '#activity/statistics/figures.ts';
import { createStatistics } from '#activity/statistics/statistics.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, manualClock } from '#kernel/clock.ts';
import { leafKinds } from '#kernel/media.ts';
import { eachDatabase } from '../support/databases.ts';
import { type Compiled, planOf } from '../support/plan.ts';
import { fill, type House, NOW } from './plans-house.ts';
import { statementsDuring } from './statements.ts';

const page = { limit: 40 };

interface Rooms {
  [room: string]: (house: House) => Promise<void>;
}

/** Everything that a room does, for viewers of one scope, of two, and of a part of the catalog. */
const roomsOf = (database: Database): Rooms => {
  const clock = manualClock(NOW);
  const parts = { database, clock };
  const activity = createActivity(parts);
  const changes = createChanges(parts);
  const choices = createChoices(parts);
  const newly = createNewly(parts);
  const opinions = createOpinions(parts);
  const statistics = createStatistics(parts);
  const rewatches = createRewatches(parts);
  const states = createStates(parts);
  const explain = createActivityExplain(parts);
  return {
    statistics: async ({ viewers: [viewer], shows }) => {
      while (!(await statistics.settleSome()));
      for (const by of dimensions) {
        await statistics.figures(viewer!, { by, limit: 100 });
        await statistics.figures(viewer!, { by, limit: 100, from: '2026-01-05', to: '2026-10-03', libraryId: shows });
        for (const kind of leafKinds) await statistics.figures(viewer!, { by, limit: 100, kind });
      }
      await statistics.streaks(viewer!);
      await statistics.year(viewer!, 2026);
    },
    newly: async ({ viewers, films }) => {
      for (const viewer of viewers) {
        await newly.list(viewer, page);
        for (const kind of newKinds) {
          await newly.list(viewer, { ...page, kind });
          await newly.list(viewer, { ...page, kind, libraryId: films });
        }
      }
    },
    opinions: async ({ viewers, movie }) => {
      for (const viewer of viewers) {
        await opinions.say(viewer, movie, { rating: 8 });
        await opinions.of(viewer, movie);
        for (const list of opinionLists) await opinions.list(viewer, list, page);
      }
    },
    choices: async ({ viewers, show, movie }) => {
      for (const viewer of viewers) {
        await choices.drop(viewer, show.series, true);
        await choices.hide(viewer, movie, true);
        await choices.snooze(viewer, show.series, { untilNew: true });
        await choices.setSpecials(viewer, show.series, 'after');
        await choices.list(viewer, page);
      }
    },
    rewatch: async ({ viewers, show, movie }) => {
      for (const viewer of viewers) {
        for (const item of [show.series, movie]) await rewatches.startOver(viewer, item);
        await rewatches.end(viewer, show.series);
      }
    },
    states: async ({ viewers, films, shows, music, show, collection, album, leaves }) => {
      const containers = [show.series, show.seasons[0]!, collection, album, films, shows, music];
      const items = await database.read
        .selectFrom('media_items')
        .select(['id', 'kind', 'library_id as libraryId', 'parent_id as parentId', 'root_id as rootId'])
        .select('added_at as addedAt')
        .where('id', 'in', [...containers, ...leaves.slice(0, 20)])
        .execute();
      for (const viewer of viewers) {
        await states.of(viewer, items as Parameters<typeof states.of>[1]);
        for (const item of items) await states.ofOne(viewer, item as Parameters<typeof states.ofOne>[1]);
      }
    },
    changes: async ({ viewers, show, shows, movie, leaves }) => {
      for (const viewer of viewers) {
        for (const item of [shows, show.series, movie]) await activity.setWatched(viewer, item, { watched: true });
        const play = await changes.add(viewer, { itemId: leaves[5]!, date: '2024', precision: 'year' });
        await changes.correct(viewer, play.id, { completed: false });
        await changes.remove(viewer, [play.id]);
        const some = { from: NOW - 300 * DAY, to: NOW - 200 * DAY };
        await changes.clear(viewer, { ...some, kind: 'movie', marks: true });
        await changes.clear(viewer, { ...some, libraryId: shows });
        await changes.list(viewer, page);
        await changes.list(viewer, { ...page, cursor: (await changes.list(viewer, { limit: 1 })).next ?? undefined });
        for (let n = 0; n < 4; n++) await changes.undoLast(viewer);
      }
      await changes.clear(viewers[0]!, { marks: true });
    },
    explain: async ({ viewers, show, shows, movie, leaves }) => {
      for (const viewer of viewers) {
        for (const item of [movie, leaves[0]!, show.series, shows]) await explain.of(viewer, item);
      }
    },
    servers: async ({ viewers: [viewer, quiet], show, movie, leaves }) => {
      for (const account of [viewer!, quiet!])
        await standingsOf(database.read, account, [movie, show.series, ...leaves]);
      const at = NOW - 3 * DAY;
      const plays = [1, 2].map((key) => ({ at: at + key, sourceKey: `log ${key}`, completed: key === 2 }));
      const opinion = { favourite: { value: true, at }, rating: { value: 7, at } };
      await database.transaction((tx) =>
        activity.recordRun(tx, viewer!, { runId: 1, set: null }, [
          { itemId: movie, event: { plays, opinion } },
          { itemId: show.series, event: { opinion } },
        ]),
      );
      for (let n = 0; n < 2; n++) await changes.undoLast(viewer!);
    },
    cleaning: async ({ viewers: [viewer], movie, leaves }) => {
      const thresholds = createThresholds({ database, clock, settings: strict });
      const cleaning = createCleaning({ database, clock, thresholds, holder: 'here', undoMs: HOUR });
      for (const item of [movie, leaves[1]!]) {
        await activity.reportProgress(viewer!, item, { positionMs: HOUR / 2, durationMs: HOUR });
      }
      clock.advance(2 * DAY);
      await cleaning.run(new AbortController().signal);
    },
  };
};

/** Positions that were left in the middle are at the end by these. */
const film = { lowPercent: 5, lowSeconds: 60, highPercent: 50, highSeconds: 0 };
const strict = { movie: film, episode: film, track: film, stream: film };

/** Tables that grow with the library or with what people do. */
const growing =
  'media_items|marks|play_states|plays|series_states|list_choices|opinions|change_sets|change_parts|watch_days|watch_hours|' +
  'watch_roots|rewatches|item_genres|item_tags|credits|people|external_ids|images|collection_items|collection_states|leaf_counts';

/** Walks that are meant. */
const walks: [says: string, plan: RegExp, sql: RegExp][] = [
  ['the index holds just what is looked for', /plays_provisional/, /confirmed = 0/],
  ['the oldest come first, and some hundred are read', /SCAN change_sets|change_sets_pkey/, /order by "id" limit/],
];

/** Sorts of what is bounded by something else than the library and the history. */
const sorts: [says: string, sql: RegExp][] = [
  ['some hundred items at the most', /json_each\(\?\)\)|"item_id" in \(\?/],
  ['counters: a person has one a day, an hour of the week or a title', /watch_(days|hours|roots)|"rewatches"/],
  ['a page is put in order again, and so are the marks on one leaf', /FROM media_items AS m INDEXED BY/],
  ['the marks and positions in some series', /\bi\.root_id IN \(\?|play_states_in_series/],
  ['a shelf is counted by what a scope keeps of its series, or by its marks', /GROUP BY st\.library_id|WITH known AS/],
];

eachDatabase('what changes, choices, newly, cleaning, statistics, opinions, rewatches and states ask', (make) => {
  test.each([false, true])('walks no table that grows, and sorts none; statistics known: %s', async (known) => {
    const database = await make();
    // PostgreSQL makes them by itself.
    if (!known && database.dialect.name === 'postgres') return;
    const house = await fill(database);
    if (known) await sql`ANALYZE`.execute(database.schema);
    const faults: string[] = [];
    for (const [room, work] of Object.entries(roomsOf(database))) {
      const statements = await statementsDuring(() => work(house));
      expect(statements.length, room).toBeGreaterThan(1);
      for (const statement of statements) faults.push(...(await faultsOf(database, room, statement)));
    }
    expect(faults).toEqual([]);
  });

  test('the guard knows a walk and a sort when it sees them', async () => {
    const database = await make();
    const walk = { sql: `select * from "plays" as "p" where watched_ms + 1 = 5 order by watched_ms`, parameters: [] };
    const [found] = await faultsOf(database, 'here', walk);
    expect(found).toMatch(/walks plays/);
    if (database.dialect.name === 'sqlite') expect(found).toMatch(/sorts/);
    expect(await statementsDuring(() => database.read.selectFrom('plays').select('id').execute())).toHaveLength(1);
  });
});

const faultsOf = async (database: Database, room: string, statement: Compiled): Promise<string[]> => {
  const plan = await plainPlan(database, statement);
  const text = statement.sql;
  const found = [
    ...walked(plan, text).map((table) => `walks ${table}`),
    ...(/TEMP B-TREE/.test(plan) && !sorts.some(([, allowed]) => allowed.test(text)) ? ['sorts'] : []),
  ];
  return found.length === 0 ? [] : [`${room} ${found.join(', ')}:\n${text}\n${plan}`];
};

/** What PostgreSQL would do if it took an index wherever one serves: it weighs what it knows of so small a table. */
const plainPlan = (database: Database, statement: Compiled): Promise<string> =>
  database.schema.connection().execute(async (schema) => {
    if (database.dialect.name === 'postgres') await sql`SET enable_seqscan = off`.execute(schema);
    return planOf({ ...database, schema }, statement);
  });

const walked = (plan: string, text: string): string[] =>
  plan.split('\n').flatMap((line) => {
    const [, name] = /\b(?:SCAN|Seq Scan on) (\w+)/.exec(line) ?? [];
    if (name === undefined || walks.some(([, on, by]) => on.test(line) && by.test(text))) return [];
    const [, table] = new RegExp(`\\b(${growing})"?(?: as)? "?${name}\\b`, 'i').exec(text) ?? [];
    return table !== undefined ? [table] : new RegExp(`^(${growing})$`).test(name) ? [name] : [];
  });
