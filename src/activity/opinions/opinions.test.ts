import fc from 'fast-check';
import { CompiledQuery, sql } from 'kysely';
import { expect, test } from 'vitest';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import type { MediaItemId, TagId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { ADMIN, startApi } from '../../../test/support/api.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { planOf } from '../../../test/support/plan.ts';
import { treeIn } from '../../../test/support/tree.ts';
import type { Opinion, OpinionChange } from './opinion.ts';
import { opinionLists, opinionQuery } from './opinion-query.ts';
import { createOpinions, type OpinionList, type OpinionListRequest } from './opinions.ts';
import { opinionRoutes } from './routes.ts';

const START = 1_700_000_000_000;

/** A house with one person, whose words are each a minute apart, a shelf of films and one of series. */
const house = async (make: () => Promise<Database>) => {
  const database = await make();
  const clock = manualClock(START);
  const opinions = createOpinions({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database, START - 10 * DAY);
  const movies = await tree.library('movies');
  const shelf = await tree.library('series');
  const films = [await tree.movie(movies), await tree.movie(movies), await tree.movie(movies)] as const;
  return {
    database,
    clock,
    opinions,
    viewer,
    tree,
    movies,
    shelf,
    films,
    say: async (item: MediaItemId, change: OpinionChange, who = viewer) => {
      clock.advance(MINUTE);
      return opinions.say(who, item, change);
    },
    ids: async (list: OpinionList, request: Partial<OpinionListRequest> = {}, who = viewer) =>
      (await opinions.list(who, list, { limit: 200, ...request })).items.map((row) => row.item.id),
  };
};

eachDatabase('opinions', (make) => {
  test('are said of items of any kind, and taken back', async () => {
    const { tree, opinions, viewer, movies, shelf, films, say, ids } = await house(make);
    const show = await tree.show(shelf, [1]);
    const episode = show.episodes[0]![0]!;
    const album = await tree.album(await tree.artist(await tree.library('music')));
    const track = await tree.track(album, 1);
    const all = [movies, films[0], show.series, show.seasons[0]!, episode, album, track];
    for (const item of all) await say(item, { favourite: true, watchlist: true, rating: 4.5, review: 'Fine.' });
    for (const list of ['favourites', 'watchlist', 'ratings', 'best-rated'] as const) {
      expect(await ids(list)).toEqual(all.toReversed());
    }
    expect(await opinions.of(viewer, movies)).toEqual({
      favourite: { value: true, at: START + MINUTE },
      disliked: { value: false, at: START + MINUTE },
      watchlist: { value: true, at: START + MINUTE },
      rating: { value: 4.5, at: START + MINUTE },
      review: { value: 'Fine.', at: START + MINUTE },
    });
    await say(episode, { favourite: false });
    await say(track, { disliked: true });
    await say(album, { watchlist: false });
    await say(films[0], { rating: null });
    expect(await ids('favourites')).toEqual([album, show.seasons[0], show.series, films[0], movies]);
    expect(await ids('disliked')).toEqual([track]);
    expect(await ids('watchlist')).toEqual(all.toReversed().filter((item) => item !== album));
    expect(await ids('ratings')).toEqual(all.toReversed().filter((item) => item !== films[0]));
    expect((await opinions.of(viewer, films[0])).review.value).toBe('Fine.');
  });

  test('lists carry the item and all that was said of it; the newest word is first, or the best rating', async () => {
    const { opinions, viewer, films, say, ids } = await house(make);
    await say(films[0], { rating: 9.5, review: 'Twice!' });
    await say(films[1], { rating: 3 });
    await say(films[2], { rating: 9.5 });
    await say(films[0], { watchlist: true });
    expect([await ids('ratings'), await ids('best-rated')]).toEqual([
      [films[2], films[1], films[0]],
      [films[2], films[0], films[1]],
    ]);
    await say(films[1], { rating: 10 });
    expect([await ids('ratings'), await ids('best-rated')]).toEqual([
      [films[1], films[2], films[0]],
      [films[1], films[2], films[0]],
    ]);
    const { items } = await opinions.list(viewer, 'watchlist', { limit: 9 });
    expect(items).toMatchObject([
      { item: { id: films[0], kind: 'movie' }, rating: { value: 9.5 }, review: { value: 'Twice!' } },
    ]);
  });

  test('are those of the user, not of the device, whatever its mode; and of nobody else', async () => {
    const { database, viewer, films, say, ids, opinions } = await house(make);
    const silo = await addDevice(database, viewer, { name: 'Silo', isolation: 'silo' });
    const { viewer: other } = await addUser(database, { name: 'Ben' });
    await say(films[0], { favourite: true, rating: 8, review: 'Mine.' }, silo);
    await say(films[1], { disliked: true }, other);
    expect(await ids('favourites')).toEqual([films[0]]);
    expect(await ids('favourites', {}, silo)).toEqual([films[0]]);
    for (const list of ['favourites', 'ratings', 'best-rated', 'watchlist'] as const) {
      expect(await ids(list, {}, other)).toEqual([]);
    }
    expect(await opinions.of(other, films[0])).toMatchObject({ favourite: { value: false }, review: { value: null } });
    expect(await ids('disliked')).toEqual([]);
  });

  test('what may not be seen is not found, and in no list', async () => {
    const { database, movies, shelf, films, tree, viewer, say, ids, opinions } = await house(make);
    const show = await tree.show(shelf, [1]);
    await say(show.series, { favourite: true, watchlist: true, rating: 6 });
    await say(films[0], { favourite: true, watchlist: true, rating: 6 });
    const kept: Viewer = { ...viewer, grants: { ...viewer.grants, libraries: [shelf] } };
    for (const list of ['favourites', 'watchlist', 'ratings', 'best-rated'] as const) {
      // A page is full of what may be seen: nothing hidden takes a place on it.
      expect(await ids(list, { limit: 1 }, kept)).toEqual([show.series]);
      expect((await opinions.list(kept, list, { limit: 1 })).next).toBeNull();
    }
    for (const item of [films[0], movies, asId<MediaItemId>(999_999)]) {
      await expect(opinions.of(kept, item)).rejects.toMatchObject({ code: 'not_found' });
      await expect(opinions.say(kept, item, { rating: 1 })).rejects.toMatchObject({ code: 'not_found' });
    }
    const blocked = await addUser(database, { name: 'Kim', grants: { maxRatingLevel: 6, allowUnrated: false } });
    await expect(opinions.say(blocked.viewer, films[1], { favourite: true })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await database.read.selectFrom('opinions').selectAll().execute()).toHaveLength(2);
    expect((await opinions.of(viewer, films[0])).rating.value).toBe(6);
  });

  test('guests read and do not write; what cannot be is refused', async () => {
    const { database, viewer, films, opinions, ids } = await house(make);
    const guest: Viewer = { ...viewer, role: 'guest' };
    await expect(opinions.say(guest, films[0], { favourite: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect([(await opinions.of(guest, films[0])).favourite.value, await ids('favourites', {}, guest)]).toEqual([
      false,
      [],
    ]);
    for (const rating of [0, 10.5, 3.3]) {
      await expect(opinions.say(viewer, films[0], { rating })).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(opinions.say(viewer, films[0], { favourite: true }, START + HOUR)).rejects.toMatchObject({
      code: 'invalid',
      faults: [{ path: 'at' }],
    });
    expect(await database.read.selectFrom('opinions').selectAll().execute()).toEqual([]);
  });

  test('of a retired item stay, out of sight of the lists, and come back with it', async () => {
    const { tree, films, viewer, opinions, say, ids } = await house(make);
    await say(films[0], { favourite: true, rating: 7 });
    await tree.change(films[0], { removed_at: START });
    await say(films[0], { review: 'Gone.' });
    expect([await ids('favourites'), await ids('ratings')]).toEqual([[], []]);
    expect(await opinions.of(viewer, films[0])).toMatchObject({ favourite: { value: true }, rating: { value: 7 } });
    await tree.change(films[0], { removed_at: null });
    expect([await ids('favourites'), await ids('ratings')]).toEqual([[films[0]], [films[0]]]);
    expect((await opinions.of(viewer, films[0])).review.value).toBe('Gone.');
  });

  test('the watchlist keeps what was watched', async () => {
    const { database, clock, viewer, films, say, ids } = await house(make);
    await say(films[0], { watchlist: true });
    await createActivity({ database, clock }).setWatched(viewer, films[0], { watched: true });
    expect(await ids('watchlist')).toEqual([films[0]]);
  });

  test('an older word changes nothing, one without an instant is the newest', async () => {
    const { films, viewer, opinions, clock, say } = await house(make);
    await say(films[0], { favourite: true });
    const at = clock.now();
    expect((await opinions.say(viewer, films[0], { favourite: false }, at - 1)).favourite).toEqual({ value: true, at });
    clock.set(at - HOUR);
    expect((await opinions.say(viewer, films[0], { disliked: true })).disliked).toEqual({ value: true, at: at + 1 });
    expect((await opinions.of(viewer, films[0])).favourite).toEqual({ value: false, at: at + 1 });
  });

  test('several said at once are all kept', async () => {
    const { database, films, viewer, opinions } = await house(make);
    const quiet = await addDevice(database, viewer, { name: 'Quiet', isolation: 'quiet' });
    const changes: OpinionChange[] = [
      { favourite: true },
      { watchlist: true },
      { rating: 6.5 },
      { review: 'Well.' },
      { disliked: false },
    ];
    await Promise.all(changes.map((change, index) => opinions.say(index % 2 ? quiet : viewer, films[0], change)));
    expect(await opinions.of(viewer, films[0])).toMatchObject({
      favourite: { value: true },
      watchlist: { value: true },
      rating: { value: 6.5 },
      review: { value: 'Well.' },
    });
  });

  test('agree with a naive model, in whatever order they arrive', async () => {
    const { database, tree, movies, opinions } = await house(make);
    let run = 0;
    const items: MediaItemId[] = [];
    for (let index = 0; index < 3; index++) items.push(await tree.movie(movies));
    const change = fc.oneof(
      fc.record({ favourite: fc.boolean() }),
      fc.record({ disliked: fc.boolean() }),
      fc.record({ watchlist: fc.boolean() }),
      fc.record({ rating: fc.option(fc.integer({ min: 1, max: 20 }).map((halves) => halves / 2)) }),
      fc.record({ review: fc.option(fc.constantFrom('Good.', 'Bad.', 'Naïve 🎬')) }),
    );
    const op = fc.record({ change, item: fc.nat({ max: 2 }), who: fc.nat({ max: 1 }) });
    // Each at an instant of its own: that of its place in the list.
    const said = fc
      .array(op, { minLength: 1, maxLength: 14 })
      .map((ops) => ops.map((one, index) => ({ ...one, at: START - DAY + index })))
      .chain((ops) => fc.tuple(fc.constant(ops), fc.shuffledSubarray(ops, { minLength: ops.length })));
    await fc.assert(
      fc.asyncProperty(said, async ([ops, arriving]) => {
        run += 1;
        const people = [
          (await addUser(database, { name: `One ${run}` })).viewer,
          (await addUser(database, { name: `Other ${run}` })).viewer,
        ];
        for (const { who, item, change, at } of arriving) await opinions.say(people[who]!, items[item]!, change, at);
        for (const [who, viewer] of people.entries()) {
          const states = items.map((id, item) => ({
            id,
            ...modelOf(ops.filter((one) => one.who === who && one.item === item)),
          }));
          for (const { id, ...state } of states) expect(held(await opinions.of(viewer, id))).toEqual(state);
          for (const [list, by] of [
            ['favourites', 'favouriteAt'],
            ['disliked', 'dislikedAt'],
            ['watchlist', 'watchlistAt'],
            ['ratings', 'ratedAt'],
          ] as const) {
            const expected = states.filter((state) => state[by] !== null).toSorted((a, b) => b[by]! - a[by]!);
            const page = await opinions.list(viewer, list, { limit: 40 });
            expect(page.items.map(({ item, ...opinion }) => ({ id: item.id, ...held(opinion) }))).toEqual(expected);
          }
          const best = states
            .filter((state) => state.rating !== null)
            .toSorted((a, b) => b.rating! - a.rating! || b.ratedAt! - a.ratedAt!);
          const page = await opinions.list(viewer, 'best-rated', { limit: 40 });
          expect(page.items.map((row) => row.item.id)).toEqual(best.map((state) => state.id));
        }
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 60 : 15 },
    );
  }, 60_000);

  test('every list can be walked to its end, nothing twice and nothing left out; a cursor is of one list', async () => {
    const { tree, movies, shelf, viewer, opinions, say, ids } = await house(make);
    for (let index = 0; index < 9; index++) {
      const item = index % 3 ? await tree.movie(movies) : await tree.series(shelf);
      const change = {
        watchlist: true,
        rating: 1 + (index % 4),
        ...(index % 2 ? { favourite: true } : { disliked: true }),
      };
      // The same instant for several, so that the id must decide.
      if (index < 6) await opinions.say(viewer, item, change, START - DAY);
      else await say(item, change);
    }
    for (const list of opinionLists) {
      for (const filter of [{}, { kind: 'movie' as const }, { libraryId: shelf }]) {
        const whole = await ids(list, filter);
        const walked: MediaItemId[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const page = await opinions.list(viewer, list, { limit: 2, cursor, ...filter });
          walked.push(...page.items.map((row) => row.item.id));
          cursor = page.next;
        }
        expect(walked).toEqual(whole);
        expect(new Set(whole).size).toBe(whole.length);
        expect(whole.length).toBeGreaterThan(0);
      }
    }
    expect(await ids('watchlist')).toHaveLength(9);
    expect(await ids('watchlist', { kind: 'series' })).toEqual(await ids('watchlist', { libraryId: shelf }));
    expect(await ids('watchlist', { kind: 'movie', libraryId: shelf })).toEqual([]);
    const { next } = await opinions.list(viewer, 'ratings', { limit: 1 });
    const forged = (key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
    for (const cursor of [next!, 'x', forged(['watchlist', 'x', null]), forged(['watchlist', 1.5, 2])]) {
      await expect(opinions.list(viewer, 'watchlist', { limit: 1, cursor })).rejects.toMatchObject({ code: 'invalid' });
    }
  });

  test('the database itself refuses what cannot be', async () => {
    const { database, viewer, films } = await house(make);
    const insert = (columns: string, values: string) =>
      database.schema.executeQuery(
        CompiledQuery.raw(
          `INSERT INTO opinions (user_id, item_id, favourite, disliked, watchlist, ${columns}) VALUES (${viewer.userId}, ${films[0]}, ${values})`,
        ),
      );
    await expect(insert('favourite_at, disliked_at', '1, 1, 0, 5, 5')).rejects.toThrow();
    await expect(insert('disliked_at', '1, 0, 0, 5')).rejects.toThrow();
    await expect(insert('rating, rated_at', '0, 0, 0, 21, 5')).rejects.toThrow();
    await expect(insert('rating', '0, 0, 0, 20')).rejects.toThrow();
    await expect(insert('review, reviewed_at', `0, 0, 0, '', 5`)).rejects.toThrow();
    await insert('rating, rated_at', '0, 0, 0, 20, 5');
  });
});

/** What holds, without the instants at which the rest was taken back. */
const held = ({ favourite, disliked, watchlist, rating, review }: Opinion) => ({
  favouriteAt: favourite.value ? favourite.at : null,
  dislikedAt: disliked.value ? disliked.at : null,
  watchlistAt: watchlist.value ? watchlist.at : null,
  rating: rating.value,
  ratedAt: rating.value === null ? null : rating.at,
  review: review.value,
});

/** Plays through, in the order in which it was said, what one user said of one item. */
const modelOf = (ops: { change: OpinionChange; at: number }[]): ReturnType<typeof held> => {
  let state: ReturnType<typeof held> = {
    favouriteAt: null,
    dislikedAt: null,
    watchlistAt: null,
    rating: null,
    ratedAt: null,
    review: null,
  };
  for (const { change, at } of ops) {
    if (change.favourite) state = { ...state, favouriteAt: at, dislikedAt: null };
    if (change.favourite === false) state.favouriteAt = null;
    if (change.disliked) state = { ...state, favouriteAt: null, dislikedAt: at };
    if (change.disliked === false) state.dislikedAt = null;
    if (change.watchlist !== undefined) state.watchlistAt = change.watchlist ? at : null;
    if (change.rating !== undefined) state = { ...state, rating: change.rating, ratedAt: change.rating && at };
    if (change.review !== undefined) state.review = change.review;
  }
  return state;
};

eachDatabase('the plans of opinions', (make) => {
  test('each list walks its own index from the page’s start, without a sort, whatever the viewer may see', async () => {
    const { database, tree, movies, viewer } = await house(make);
    const { viewer: other } = await addUser(database, { name: 'Ben' });
    const ids: MediaItemId[] = [];
    for (let index = 0; index < 20; index++) ids.push(await tree.movie(movies));
    await database.transaction(async (tx) => {
      await sql`INSERT INTO media_items (kind, library_id, title, sort_title, title_key, added_at, updated_at)
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 6000)
        SELECT 'movie', CAST(${movies} AS bigint), 't', 't', 't', n, n FROM n`.execute(tx);
      await sql`INSERT INTO opinions (user_id, item_id, favourite, favourite_at, disliked, watchlist, watchlist_at, rating, rated_at,
          disliked_at, review, reviewed_at)
        SELECT u.id, i.id, i.id % 2, i.id, 1 - i.id % 2, 1, i.id, 1 + i.id % 20, i.id, i.id, 'Words and more words.', i.id
        FROM media_items AS i CROSS JOIN users AS u
        WHERE i.kind = 'movie' AND u.id IN (${viewer.userId}, ${other.userId})`.execute(tx);
    });
    const restricted: Grants = {
      ...openGrants,
      libraries: [movies],
      maxRatingLevel: 12,
      allowUnrated: true,
      blockedTags: [asId<TagId>(2)],
    };
    const check = async (grants: Grants, list: OpinionList, kind: string) => {
      const values: Record<string, unknown> = {
        user: viewer.userId,
        first: list === 'best-rated' ? 15 : 4000,
        second: 4000,
        id: 17,
        kind,
        library: kind === '' ? 0 : movies,
        limit: 41,
      };
      const query = opinionQuery(database.schema, grants, list, (name) => sql.val(values[name]) as never);
      const plan = await planOf(database, query.compile());
      expect(plan).toContain(`opinions_${list.replace('-', '_')}`);
      expect(plan).not.toMatch(/SCAN (o|i|opinions|media_items)\b|Seq Scan on (opinions|media_items)/);
      expect(plan).not.toMatch(/TEMP B-TREE|Sort/);
    };
    // A new database of SQLite has no statistics; PostgreSQL makes them by itself.
    for (const analyzed of database.dialect.name === 'sqlite' ? [false, true] : [true]) {
      if (analyzed) await sql`ANALYZE`.execute(database.schema);
      for (const grants of [openGrants, restricted]) {
        for (const list of opinionLists) {
          for (const kind of ['', 'movie']) await check(grants, list, kind);
        }
      }
    }
  });
});

eachDatabase('opinions over HTTP', (make) => {
  const api = async () => {
    const database = await make();
    const clock = manualClock(Date.UTC(2026, 0, 1));
    const opinions = createOpinions({ database, clock });
    const { caller } = await startApi(database, { routes: () => opinionRoutes(opinions) });
    const ada = caller();
    expect((await ada.send('POST', '/setup', ADMIN)).statusCode).toBe(201);
    const tree = treeIn(database, START);
    const film = await tree.movie(await tree.library('movies'), { title: 'Alien' });
    return { ada, film, clock, stranger: caller() };
  };

  test('say, read and take back', async () => {
    const { ada, film } = await api();
    const at = '2025-12-24T20:00:00.000Z';
    const favourite = await ada.send('PUT', `/items/${film}/favourite?at=${at}`);
    expect(favourite.json()).toEqual({
      itemId: film,
      favourite: true,
      favouriteAt: at,
      disliked: false,
      dislikedAt: null,
      watchlist: false,
      watchlistAt: null,
      rating: null,
      ratedAt: null,
      review: null,
      reviewedAt: null,
    });
    expect((await ada.send('PUT', `/items/${film}/watchlist`)).json()).toMatchObject({ watchlist: true });
    const rated = await ada.send('PUT', `/items/${film}/rating`, { rating: 9.5, review: ' In space. ' });
    expect(rated.json()).toMatchObject({ rating: 9.5, review: 'In space.', ratedAt: '2026-01-01T00:00:00.000Z' });
    expect((await ada.send('PUT', `/items/${film}/rating`, { rating: 9 })).json()).toMatchObject({
      rating: 9,
      review: 'In space.',
    });
    for (const list of ['favourites', 'watchlist', 'ratings', 'ratings?sort=rating', 'ratings?kind=movie&limit=1']) {
      const answer = await ada.get(`/me/${list}`);
      expect(answer.json()).toMatchObject({ items: [{ item: { id: film, title: 'Alien' }, rating: 9 }], next: null });
    }
    expect((await ada.send('PUT', `/items/${film}/disliked`)).json()).toMatchObject({
      disliked: true,
      favourite: false,
    });
    expect((await ada.get('/me/disliked')).json().items).toHaveLength(1);
    for (const field of ['favourite', 'disliked', 'watchlist', 'rating']) {
      expect((await ada.send('DELETE', `/items/${film}/${field}`)).statusCode).toBe(200);
    }
    expect((await ada.get(`/items/${film}/opinion`)).json()).toMatchObject({
      favourite: false,
      disliked: false,
      watchlist: false,
      watchlistAt: null,
      rating: null,
      review: null,
    });
    for (const list of ['favourites', 'watchlist', 'ratings', 'disliked']) {
      expect((await ada.get(`/me/${list}`)).json()).toEqual({ items: [], next: null });
    }
  });

  test('a wrong body is refused with what would be right', async () => {
    const { ada, film } = await api();
    for (const [body, path, message] of [
      [{ rating: 3.3 }, 'rating', 'must be multiple of 0.5'],
      [{ rating: 0 }, 'rating', 'must be >= 0.5'],
      [{ rating: 11 }, 'rating', 'must be <= 10'],
      [{ rating: '7' }, 'rating', 'must be number or null'],
      [{ rating: 7, review: 'x'.repeat(10_001) }, 'review', 'must NOT have more than 10000 characters'],
      [{ stars: 5 }, 'stars', 'is not known here'],
    ] as const) {
      const answer = await ada.send('PUT', `/items/${film}/rating`, body);
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain(JSON.stringify({ path, message }));
    }
    expect((await ada.get(`/items/${film}/opinion`)).json()).toMatchObject({ rating: null, review: null });
  });

  test('nothing said, an unknown item, another sort, a stranger', async () => {
    const { ada, film, stranger } = await api();
    expect((await ada.send('PUT', `/items/${film}/rating`, {})).body).toContain('Give a rating, a review, or both.');
    expect((await ada.send('PUT', '/items/999999/favourite')).statusCode).toBe(404);
    expect((await ada.get('/items/999999/opinion')).statusCode).toBe(404);
    expect((await ada.get('/me/ratings?sort=worst')).statusCode).toBe(400);
    expect((await ada.get('/me/favourites?sort=rating')).statusCode).toBe(400);
    expect((await ada.send('PUT', `/items/${film}/favourite?at=yesterday`)).statusCode).toBe(400);
    expect((await ada.send('PUT', `/items/${film}/favourite?at=2030-01-01T00:00:00Z`)).statusCode).toBe(400);
    expect((await stranger.send('PUT', `/items/${film}/favourite`)).statusCode).toBe(401);
    expect((await stranger.get('/me/favourites')).statusCode).toBe(401);
  });
});
