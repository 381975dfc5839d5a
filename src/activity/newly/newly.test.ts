import { type Insertable, sql } from 'kysely';
import { expect, test } from 'vitest';
import { createChoices } from '#activity/choices/choices.ts';
import { createActivity } from '#activity/service.ts';
import type { MediaItemsTable } from '#database/tables/catalog.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase, type MakeDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createNewly, type NewlyRequest } from './newly.ts';
import { candidatesQuery, newKinds } from './newly-query.ts';

const NOW = Date.UTC(2026, 10, 1);
const LONG_AGO = NOW - 400 * DAY;

const houseIn = async (make: MakeDatabase) => {
  const database = await make();
  const clock = manualClock(NOW);
  const tree = treeIn(database, LONG_AGO);
  const shows = await tree.library('series');
  const films = await tree.library('movies');
  const { viewer } = await addUser(database, { name: 'Ada' });
  const newly = createNewly({ database, clock });
  const readAll = async (who: Viewer, request: Partial<NewlyRequest> = {}) => {
    const rows: Awaited<ReturnType<typeof newly.list>>['items'] = [];
    const pages: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await newly.list(who, { limit: 40, ...request, cursor });
      rows.push(...page.items);
      pages.push(page.items.length);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return { rows, pages, ids: rows.map((row) => row.item.id) };
  };
  const activity = createActivity({ database, clock });
  const choices = createChoices({ database, clock });
  const watch = (who: Viewer, itemId: MediaItemId, watched = true) => activity.setWatched(who, itemId, { watched });
  return { database, clock, tree, shows, films, viewer, readAll, activity, choices, watch };
};

eachDatabase('what is new', (make) => {
  test('are movies added lately and not watched, newest first', async () => {
    const { clock, tree, films, viewer, readAll, choices, watch } = await houseIn(make);
    await tree.movie(films, { added_at: NOW - 91 * DAY });
    const first = await tree.movie(films, { added_at: NOW - 2 * DAY });
    const second = await tree.movie(films, { added_at: NOW - DAY });
    const same = await tree.movie(films, { added_at: NOW - DAY });
    await tree.movie(films, { added_at: NOW - DAY, removed_at: NOW });
    expect((await readAll(viewer)).ids).toEqual([same, second, first]);
    expect((await readAll(viewer, { days: 365 })).ids).toHaveLength(4);
    expect((await readAll(viewer, { days: 1, kind: 'movie' })).ids).toEqual([same, second]);
    expect((await readAll(viewer)).rows[0]).toMatchObject({ addedAt: NOW - DAY, unwatched: 1, first: null });
    clock.advance(HOUR);
    await watch(viewer, same);
    await choices.drop(viewer, first, true);
    expect((await readAll(viewer)).ids).toEqual([second]);
    expect((await readAll({ ...viewer, grants: { ...openGrants, libraries: [] } })).ids).toEqual([]);
    const other = await tree.movie(await tree.library('movies'), { added_at: NOW });
    expect((await readAll(viewer, { libraryId: films })).ids).toEqual([second]);
    expect((await readAll(viewer)).ids).toEqual([other, second]);
  });

  test('is a series as a whole, with the first episode that is not watched', async () => {
    const { clock, tree, shows, viewer, readAll, choices, watch } = await houseIn(make);
    const { series, episodes } = await tree.show(shows, [2, 1], { added_at: NOW - DAY });
    const specials = await tree.season(series, 0, { added_at: NOW - DAY });
    const special = await tree.episode(specials, 1, { added_at: NOW - DAY });
    await tree.series(shows, { added_at: NOW - DAY });
    const told = async () => (await readAll(viewer)).rows.map((row) => [row.item.id, row.unwatched, row.first?.id]);
    expect(await told()).toEqual([[series, 4, episodes[0]![0]]]);
    clock.advance(HOUR);
    await watch(viewer, episodes[0]![0]!);
    expect(await told()).toEqual([[series, 3, episodes[0]![1]]]);
    await watch(viewer, episodes[0]![1]!);
    await watch(viewer, episodes[1]![0]!);
    expect(await told()).toEqual([[series, 1, special]]);
    expect((await readAll(viewer, { kind: 'season' })).ids).toEqual([]);
    clock.advance(HOUR);
    await choices.drop(viewer, special, true);
    expect(await told()).toEqual([]);
    clock.advance(HOUR);
    await watch(viewer, special, false);
    expect(await told()).toEqual([[series, 1, special]]);
    await watch(viewer, series);
    expect(await told()).toEqual([]);
  });

  test('is a season of a series that was there before and is followed', async () => {
    const { database, clock, tree, shows, viewer, readAll, choices, watch } = await houseIn(make);
    const silo = await addDevice(database, viewer, { name: 'Cellar', isolation: 'silo' });
    const followed = await tree.show(shows, [2]);
    const other = await tree.show(shows, [2]);
    await watch(viewer, followed.episodes[0]![0]!);
    clock.advance(HOUR);
    const seasons: MediaItemId[] = [];
    for (const { series } of [followed, other]) {
      const season = await tree.season(series, 2, { added_at: NOW + MINUTE });
      await tree.episode(season, 1, { added_at: NOW + MINUTE });
      seasons.push(season);
    }
    // Noticed now, of an episode that has long been there.
    const old = await tree.season(followed.series, 3, { added_at: NOW });
    await tree.episode(old, 1);
    const late = await tree.episode(followed.seasons[0]!, 3, { added_at: NOW + 2 * MINUTE });

    expect((await readAll(viewer)).ids).toEqual([seasons[0]]);
    expect((await readAll(silo)).ids).toEqual([]);
    const { rows } = await readAll(viewer, { kind: 'season' });
    expect(rows).toMatchObject([{ unwatched: 1, first: { kind: 'episode', seasonNumber: 2, episodeNumber: 1 } }]);
    expect((await readAll(viewer, { kind: 'episode' })).ids).toEqual([late, rows[0]!.first!.id]);
    await choices.drop(viewer, followed.series, true);
    expect((await readAll(viewer)).ids).toEqual([]);
    clock.advance(HOUR);
    await watch(viewer, followed.episodes[0]![1]!);
    expect((await readAll(viewer)).ids).toEqual([seasons[0]]);
    await watch(viewer, seasons[0]!);
    expect((await readAll(viewer)).ids).toEqual([]);
  });

  test('are albums and streams as well, when they are asked for', async () => {
    const { clock, tree, viewer, readAll, watch } = await houseIn(make);
    const songs = await tree.library('music');
    const album = await tree.album(await tree.artist(songs), { added_at: NOW });
    const tracks = [await tree.track(album, 1), await tree.track(album, 2)];
    const stream = await tree.stream(await tree.library('streams'), true, { added_at: NOW });
    clock.advance(HOUR);
    await watch(viewer, tracks[0]!);
    expect((await readAll(viewer)).ids).toEqual([]);
    expect((await readAll(viewer, { kind: 'album' })).rows).toMatchObject([
      { item: { id: album }, unwatched: 1, first: { id: tracks[1] } },
    ]);
    expect((await readAll(viewer, { kind: 'stream' })).ids).toEqual([stream]);
  });

  test('pages through kinds together, without a gap or a row twice', async () => {
    const { tree, films, shows, viewer, readAll } = await houseIn(make);
    const expected: { id: MediaItemId; at: number }[] = [];
    for (let n = 0; n < 12; n++) {
      const at = NOW - Math.floor(n / 2) * HOUR;
      const id =
        n % 3 === 0
          ? (await tree.show(shows, [1], { added_at: at })).series
          : await tree.movie(films, { added_at: at });
      expected.push({ id, at });
    }
    expected.sort((a, b) => b.at - a.at || b.id - a.id);
    for (const limit of [1, 5, 40]) {
      const { ids } = await readAll(viewer, { limit });
      expect(ids).toEqual(expected.map(({ id }) => id));
    }
  });

  test('after an import of thousands that do not belong to the list, pages stay short and go on honestly', async () => {
    const { database, tree, films, shows, viewer, readAll, watch } = await houseIn(make);
    const old = await tree.movie(films, { added_at: NOW - 3 * DAY });
    const row = {
      kind: 'movie',
      library_id: films,
      title: 'm',
      sort_title: 'm',
      title_key: 'm',
      updated_at: NOW,
    } as const;
    const movies = Array.from({ length: 4000 }, (_, n) => ({ ...row, added_at: NOW - DAY - n }));
    for (let start = 0; start < movies.length; start += 500) {
      const some: Insertable<MediaItemsTable>[] = movies.slice(start, start + 500);
      await database.schema.insertInto('media_items').values(some).execute();
    }
    await watch(viewer, films);
    await watch(viewer, old, false);
    const { series } = await tree.show(shows, [1], { added_at: NOW - 2 * DAY });
    const { ids, pages } = await readAll(viewer, { limit: 10 });
    expect(ids).toEqual([series, old]);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(6);
  });

  test('is found by an index, and no more is looked at than a page asks for', async () => {
    const { database, viewer } = await houseIn(make);
    const values: Record<string, unknown> = {
      first: viewer.groupScope,
      second: viewer.groupScope,
      user: viewer.userId,
      library: 1,
      since: 0,
      at: NOW,
      id: 5,
      limit: 41,
    };
    if (database.dialect.name === 'postgres') return;
    const restricted = { ...openGrants, libraries: [asId<MediaItemId>(1)], maxRatingLevel: 12 };
    for (const grants of [openGrants, restricted]) {
      for (const kind of newKinds) {
        for (const ofLibrary of [false, true]) {
          const query = candidatesQuery(
            database.schema,
            database.dialect,
            grants,
            kind,
            ofLibrary,
            (name) => sql.val(values[name]) as never,
          );
          const what = `${kind}\n${await planOf(database, query.compile())}`;
          expect(what).toMatch(
            ofLibrary ? /SEARCH m USING INDEX items_of_library_by_added/ : /SEARCH m USING INDEX items_by_added/,
          );
          expect(what).not.toMatch(/SCAN (m|l|st|choice|former|whole)\b/);
          // Leaves are found in their order; only marks on one leaf, five at most, are sorted.
          expect(what).not.toMatch(/l USING INDEX items_by/);
        }
      }
    }
  });
});
