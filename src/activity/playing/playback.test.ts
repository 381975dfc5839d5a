import { expect, test } from 'vitest';
import { createRewatches } from '#activity/rewatch/rewatch.ts';
import { createActivity, type PlaybackReport } from '#activity/service.ts';
import { createAudit } from '#audit/audit.ts';
import { loadConfig } from '#config/config.ts';
import type { Database } from '#database/database.ts';
import { linkPlayer } from '#identity/player-devices.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createThresholds } from './thresholds.ts';

const START = 1_700_000_000_000;

/** A house with two people, a movie and a series that other providers name as well. */
const house = async (database: Database) => {
  const clock = manualClock(START);
  const thresholds = createThresholds({ database, clock, audit: createAudit({ clock }) });
  const activity = createActivity({
    database,
    clock,
    thresholds,
    linkDevice: (tx, viewer, device) => linkPlayer(tx, clock, viewer, device),
  });
  const rewatches = createRewatches({ database, clock });
  const { viewer } = await addUser(database, { name: 'Ada' });
  const { viewer: other } = await addUser(database, { name: 'Ben' });
  const tree = treeIn(database, START - 10 * DAY);
  const movies = await tree.library('movies');
  const movie = await tree.movie(movies);
  const show = await tree.show(await tree.library('series'), [3, 2]);
  const named = (item_id: MediaItemId, kind: MediaKind, provider: string, value: string) =>
    database.transaction((tx) => tx.insertInto('external_ids').values({ item_id, kind, provider, value }).execute());
  await named(movie, 'movie', 'imdb', 'tt0133093');
  await named(movie, 'movie', 'tmdb', '603');
  await named(show.series, 'series', 'tvdb', '121361');
  const tell = (report: Partial<PlaybackReport>, who: Viewer = viewer) => {
    clock.advance(MINUTE);
    return activity.playback(who, { event: 'progress', positionMs: HOUR / 2, durationMs: HOUR, ...report });
  };
  const plays = () => database.read.selectFrom('plays').selectAll().orderBy('id').execute();
  const past = async (who = viewer) => (await activity.history(who, { limit: 50 })).items;
  return {
    database,
    clock,
    activity,
    thresholds,
    rewatches,
    viewer,
    other,
    tree,
    movies,
    movie,
    show,
    named,
    tell,
    plays,
    past,
  };
};

const imdb = (value: string) => ({ provider: 'imdb', value });

eachDatabase('playback', (make) => {
  test('from start to stop: provisional, then history, then watched; one play all along', async () => {
    const { tell, movie, past, plays } = await house(await make());
    const first = await tell({ itemId: movie, event: 'start', positionMs: 0 });
    expect(first).toMatchObject({ itemId: movie, provisional: true, completed: false, positionMs: null });
    expect(await past()).toEqual([]);
    const second = await tell({ itemId: movie, method: 'direct', clientName: 'Player' });
    expect(second).toMatchObject({ provisional: false, completed: false, positionMs: HOUR / 2, watched: false });
    expect(await past()).toHaveLength(1);
    await tell({ itemId: movie, event: 'pause' });
    const last = await tell({ itemId: movie, event: 'stop', positionMs: 0.95 * HOUR });
    expect(last).toMatchObject({ completed: true, provisional: false, watched: true, positionMs: null, playCount: 1 });
    expect(new Set([first, second, last].map(({ playId }) => playId)).size).toBe(1);
    expect(await plays()).toMatchObject([
      { confirmed: 1, completed: 1, watched_ms: 2 * MINUTE, method: 'direct', client_name: 'Player', unsettled: 1 },
    ]);
  });

  test('one report keeps a position and is no history; one from the end is, with the whole length', async () => {
    const { tell, movie, show, activity, viewer, past, plays } = await house(await make());
    expect(await tell({ itemId: movie })).toMatchObject({ provisional: true, positionMs: HOUR / 2 });
    expect((await activity.continueWatching(viewer, { limit: 9 })).items).toHaveLength(1);
    expect(await past()).toEqual([]);
    await tell({ itemId: show.episodes[0]![0]!, event: 'stop', positionMs: HOUR });
    expect((await past()).map((row) => row.item.id)).toEqual([show.episodes[0]![0]]);
    expect((await plays()).map((play) => play.watched_ms)).toEqual([0, HOUR]);
  });

  test('an item by any id: its own of several providers, in any form, or its series’ with numbers', async () => {
    const { tell, movie, show, tree } = await house(await make());
    const series = [{ provider: 'tvdb', value: '121361' }];
    expect(await tell({ externalIds: [imdb('tt133093')], kind: 'movie' })).toMatchObject({ itemId: movie });
    const both = [imdb('tt0133093'), { provider: 'TheMovieDB', value: '603' }, imdb('nonsense')];
    expect(await tell({ externalIds: both, kind: 'movie', itemId: movie })).toMatchObject({ itemId: movie });
    const [, second] = show.episodes[1]!;
    expect(await tell({ externalIds: series, seasonNumber: 2, episodeNumber: 2 })).toMatchObject({ itemId: second });
    await tree.change(second!, { absolute_number: 5, episode_number_end: 3 });
    expect(await tell({ externalIds: series, kind: 'series', absoluteNumber: 5 })).toMatchObject({ itemId: second });
    expect(await tell({ externalIds: series, seasonNumber: 2, episodeNumber: 3 })).toMatchObject({ itemId: second });
  });

  test('a name that means nothing, two things, or what may not be seen', async () => {
    const { tell, movie, movies, tree, named, viewer, show, plays } = await house(await make());
    const other = await tree.movie(movies);
    await named(other, 'movie', 'tmdb', '604');
    const series = [{ provider: 'tvdb', value: '121361' }];
    const tmdb = { provider: 'tmdb', value: '604' };
    const refused: [Partial<PlaybackReport>, string, RegExp][] = [
      [{ externalIds: [imdb('tt0133093'), tmdb], kind: 'movie' }, 'invalid', /name different items/],
      [{ externalIds: [tmdb], kind: 'movie', itemId: movie }, 'invalid', /different items/],
      [{ externalIds: [imdb('tt9999999')], kind: 'movie' }, 'not_found', /movie with imdb tt9999999 was not found/],
      [{ externalIds: [imdb('tt0133093')], kind: 'episode' }, 'not_found', /episode with imdb/],
      [{ externalIds: [imdb('12')], kind: 'movie' }, 'invalid', /None of these/],
      [{ externalIds: [imdb('tt0133093')] }, 'invalid', /kind is missing/],
      [{ externalIds: series, kind: 'series' }, 'invalid', /which episode/],
      [{ externalIds: series, seasonNumber: 1 }, 'invalid', /episodeNumber is missing/],
      [{ externalIds: series, episodeNumber: 1 }, 'invalid', /seasonNumber is missing/],
      [{ externalIds: series, kind: 'episode', seasonNumber: 1, episodeNumber: 1 }, 'invalid', /must be series/],
      [{ externalIds: series, seasonNumber: 9, episodeNumber: 1 }, 'not_found', /Season 9 episode 1 of the series/],
      [{ externalIds: series, absoluteNumber: 77 }, 'not_found', /Episode 77 of the series/],
      [{ itemId: movie, seasonNumber: 1, episodeNumber: 1 }, 'invalid', /names an episode by itself/],
      [{}, 'invalid', /give it or externalIds/],
    ];
    for (const [report, code, message] of refused) {
      await expect(tell(report), message.source).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    }
    const child: Viewer = { ...viewer, grants: { ...viewer.grants, libraries: [] } };
    for (const report of [
      { itemId: movie },
      { externalIds: [imdb('tt0133093')], kind: 'movie' as const },
      { externalIds: series, seasonNumber: 1, episodeNumber: 1 },
    ]) {
      await expect(tell(report, child)).rejects.toMatchObject({ code: 'not_found' });
    }
    // What may not be seen is not given away by naming two things.
    const half: Viewer = { ...viewer, grants: { ...viewer.grants, libraries: [show.series] } };
    await expect(tell({ externalIds: [tmdb, imdb('tt0133093')], kind: 'movie' }, half)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await plays()).toEqual([]);
  });

  test('what cannot be is refused, and nothing of before is lost', async () => {
    const { tell, movie, movies, show, tree, activity, viewer, plays } = await house(await make());
    await tell({ itemId: movie });
    const before = [await activity.state(viewer, movie), await plays()];
    const bad: Partial<PlaybackReport>[] = [
      { positionMs: -1 },
      { positionMs: Number.NaN },
      { positionMs: Number.POSITIVE_INFINITY },
      { positionMs: 2 * HOUR },
      { durationMs: 0 },
      { at: START + DAY },
      { at: 0 },
      { at: Number.NaN },
      { creditsStartMs: 2 * HOUR },
      { creditsStartMs: 10 * MINUTE },
    ];
    for (const one of bad) await expect(tell({ itemId: movie, ...one })).rejects.toMatchObject({ code: 'invalid' });
    for (const container of [movies, show.series, show.seasons[0]!]) {
      await expect(tell({ itemId: container })).rejects.toMatchObject({ code: 'invalid' });
    }
    await expect(tell({ itemId: asId(999_999) })).rejects.toMatchObject({ code: 'not_found' });
    await expect(tell({ itemId: movie }, { ...viewer, role: 'guest' })).rejects.toMatchObject({ code: 'forbidden' });
    expect([await activity.state(viewer, movie), await plays()]).toEqual(before);
    // A retired item is not gone: what is watched of it is kept.
    await tree.change(movie, { removed_at: START });
    expect(await tell({ itemId: movie, positionMs: HOUR })).toMatchObject({ watched: true, completed: true });
  });

  test('late, repeated and out of order reports end as those in order do', async () => {
    const { activity, viewer, tree, movies, database } = await house(await make());
    const ends = [];
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1, 2, 0],
    ]) {
      const film = await tree.movie(movies);
      for (const step of order) {
        const report = { positionMs: step * 10 * MINUTE, durationMs: HOUR, at: START - HOUR + step * 10 * MINUTE };
        await activity.playback(viewer, { event: step === 3 ? 'stop' : 'progress', itemId: film, ...report });
      }
      const { itemId: _, ...state } = await activity.state(viewer, film);
      const rows = await database.read.selectFrom('plays').selectAll().where('item_id', '=', film).execute();
      ends.push([state, rows.map(({ id: _id, item_id: _item, ...row }) => row)]);
    }
    expect(ends[0]![1]).toMatchObject([{ watched_ms: 30 * MINUTE, confirmed: 1, position_ms: 30 * MINUTE }]);
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  test('a stream that cannot tell where one is: plays and no progress', async () => {
    const { tell, tree, past, activity, viewer, plays } = await house(await make());
    const live = await tree.stream(await tree.library('streams'), false);
    expect(await tell({ itemId: live, event: 'start' })).toMatchObject({ positionMs: null, provisional: true });
    expect(await tell({ itemId: live, positionMs: HOUR })).toMatchObject({
      positionMs: null,
      watched: false,
      completed: false,
      provisional: false,
    });
    expect((await past()).map((row) => row.item.id)).toEqual([live]);
    expect((await activity.continueWatching(viewer, { limit: 9 })).items).toEqual([]);
    expect(await plays()).toMatchObject([{ position_ms: null, watched_ms: MINUTE, completed: 0 }]);
  });

  test('inside the credits a play is complete', async () => {
    const { tell, movie } = await house(await make());
    const creditsStartMs = 0.8 * HOUR;
    expect(await tell({ itemId: movie, positionMs: 0.79 * HOUR, creditsStartMs })).toMatchObject({ completed: false });
    expect(await tell({ itemId: movie, positionMs: 0.81 * HOUR, creditsStartMs })).toMatchObject({ completed: true });
  });

  test('a report older than a mark that covers the leaf is a play and no position', async () => {
    const { tell, clock, activity, viewer, show, database, plays } = await house(await make());
    const [first, second] = show.episodes[0]! as [MediaItemId, MediaItemId];
    clock.advance(HOUR);
    await activity.setWatched(viewer, show.seasons[0]!, { watched: false });
    await activity.setWatched(viewer, second, { watched: true });
    for (const itemId of [first, second]) await tell({ itemId, at: START + 10 * MINUTE });
    const kept = await database.read.selectFrom('play_states').select(['position_ms', 'reported_at']).execute();
    expect(kept).toHaveLength(4);
    expect(kept.every((row) => row.position_ms === null && row.reported_at === START + 10 * MINUTE)).toBe(true);
    expect(await plays()).toHaveLength(2);
    expect(await tell({ itemId: first })).toMatchObject({ positionMs: HOUR / 2 });
  });

  test('each scope keeps what its own marks leave alive', async () => {
    const { tell, clock, activity, viewer, movie, database } = await house(await make());
    const phone = await addDevice(database, viewer, { name: 'Phone' });
    clock.advance(HOUR);
    // The phone's mark is in its own scope and the group's, not in that of the other device.
    await activity.setWatched(phone, movie, { watched: true });
    await tell({ itemId: movie, at: START + 10 * MINUTE });
    const kept = await database.read.selectFrom('play_states').select(['scope_id', 'position_ms']).execute();
    expect(new Map(kept.map((row) => [row.scope_id, row.position_ms]))).toEqual(
      new Map([
        [viewer.ownScope, HOUR / 2],
        [viewer.groupScope, null],
      ]),
    );
    expect(await activity.state(viewer, movie)).toMatchObject({ positionMs: null, watched: true });
  });
});

eachDatabase('players that a program speaks for', (make) => {
  const tv = { key: 'living-room', name: 'Living room', kind: 'tv' as const };

  test('are devices of their user, the same by the same key', async () => {
    const { tell, movie, past, database, viewer } = await house(await make());
    await tell({ itemId: movie, device: tv });
    await tell({ itemId: movie, device: tv });
    const [row] = await past();
    expect(row).toMatchObject({ device: { name: 'Living room' } });
    expect(row!.device.deviceUserId).not.toBe(viewer.deviceUserId);
    const devices = await database.read
      .selectFrom('device_users')
      .selectAll()
      .where('user_id', '=', viewer.userId)
      .execute();
    expect(devices).toHaveLength(2);
  });

  test('a device of one’s own that has the key is it', async () => {
    const { tell, movie, viewer, plays, database } = await house(await make());
    const tablet = await addDevice(database, viewer, { name: 'Tablet' });
    await tell({ itemId: movie, device: { ...tv, key: `test-${viewer.userId}-Tablet` } });
    expect(await plays()).toMatchObject([{ device_user_id: tablet.deviceUserId }]);
  });

  test('nobody gets onto another’s device by its key, renames it, or acts as another', async () => {
    const { tell, movie, viewer, other, plays, past, database } = await house(await make());
    const key = `test-${other.userId}-Ben`;
    await tell({ itemId: movie, device: { ...tv, key } });
    await tell({ itemId: movie, device: { ...tv, key } });
    const [play] = await plays();
    expect(play).toMatchObject({ user_id: viewer.userId });
    expect(play!.device_user_id).not.toBe(other.deviceUserId);
    expect(await past(other)).toEqual([]);
    const named = await database.read
      .selectFrom('devices')
      .select('reported_name')
      .where('device_key', '=', key)
      .execute();
    expect(named).toEqual([{ reported_name: 'Ben' }]);
    // Nor by the key that another's player has with us.
    await tell({ itemId: movie, device: { ...tv, key: `player:${viewer.userId}:${key}` } }, other);
    expect((await plays()).filter((row) => row.user_id === viewer.userId)).toHaveLength(1);
  });

  test('one made by a device that keeps to itself keeps to itself', async () => {
    const { tell, movie, viewer, past, database } = await house(await make());
    const silo = await addDevice(database, viewer, { name: 'Silo', isolation: 'silo' });
    await tell({ itemId: movie, device: tv }, silo);
    await tell({ itemId: movie, device: tv }, silo);
    expect(await past(viewer)).toEqual([]);
    expect((await database.read.selectFrom('play_states').select('scope_id').execute()).length).toBe(1);
  });
});

eachDatabase('thresholds', (make) => {
  test('of a library hold from the next report on, for that library alone', async () => {
    const { tell, thresholds, viewer, tree, movies, movie, database } = await house(await make());
    const shorts = await tree.library('movies');
    const short = await tree.movie(shorts);
    expect(await tell({ itemId: short, positionMs: 40_000, durationMs: 120_000 })).toMatchObject({ positionMs: null });
    const own = { lowPercent: 0, lowSeconds: 5, highPercent: 60, highSeconds: null };
    expect(await thresholds.set(viewer, shorts, own)).toMatchObject({
      kind: 'movie',
      lowSeconds: 5,
      highSeconds: 0,
      own,
    });
    expect(await tell({ itemId: short, positionMs: 40_000, durationMs: 120_000 })).toMatchObject({
      positionMs: 40_000,
    });
    expect(await tell({ itemId: short, positionMs: 73_000, durationMs: 120_000 })).toMatchObject({ completed: true });
    expect(await tell({ itemId: movie, positionMs: 0.7 * HOUR })).toMatchObject({ completed: false });
    expect(await thresholds.of(viewer, movies)).toMatchObject({ highPercent: 90, own: { highPercent: null } });
    await thresholds.set(viewer, shorts, { lowPercent: null, lowSeconds: null, highPercent: null, highSeconds: 240 });
    expect(await thresholds.of(viewer, shorts)).toMatchObject({ lowSeconds: 60, highPercent: 90, highSeconds: 240 });
    const log = await database.read.selectFrom('audit_log').select('changes').execute();
    expect(log).toHaveLength(2);
    const blind = { ...viewer, grants: { ...viewer.grants, libraries: [] } };
    await expect(thresholds.of(blind, shorts)).rejects.toMatchObject({ code: 'not_found' });
    await expect(thresholds.set(viewer, movie, own)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are those of the settings where nothing is set', async () => {
    const database = await make();
    const { viewer, clock, tree, thresholds } = await house(database);
    const { config } = await loadConfig({ environment: {} });
    const set = createThresholds({ database, clock, settings: config.thresholds });
    for (const kind of ['movies', 'series', 'music', 'streams'] as const) {
      const library = await tree.library(kind);
      expect(await set.of(viewer, library)).toEqual(await thresholds.of(viewer, library));
    }
  });

  test('of the settings hold by kind', async () => {
    const database = await make();
    const { viewer, movie, show, clock } = await house(database);
    const film = { lowPercent: 5, lowSeconds: 60, highPercent: 90, highSeconds: 0 };
    const settings = { movie: { ...film, highPercent: 70 }, episode: film, track: film, stream: film };
    const activity = createActivity({ database, clock, thresholds: createThresholds({ database, clock, settings }) });
    const report = { positionMs: 0.75 * HOUR, durationMs: HOUR };
    expect(await activity.reportProgress(viewer, movie, report)).toMatchObject({ completed: true });
    expect(await activity.reportProgress(viewer, show.episodes[0]![0]!, report)).toMatchObject({ completed: false });
  });

  test('changed by another process they are heeded within a minute', async () => {
    const database = await make();
    const { tell, viewer, movies, movie, clock } = await house(database);
    await tell({ itemId: movie });
    const elsewhere = createThresholds({ database, clock });
    await elsewhere.set(viewer, movies, { lowPercent: null, lowSeconds: null, highPercent: 50, highSeconds: null });
    clock.advance(MINUTE);
    expect(await tell({ itemId: movie })).toMatchObject({ completed: true });
  });
});
