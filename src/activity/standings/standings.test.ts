import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import type { IsolationMode, Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { standingsOf } from './standings.ts';

const NOW = 1_700_000_000_000;
const modes: IsolationMode[] = ['loud', 'quiet', 'shout', 'silo'];

let people = 0;

const house = async (database: Database) => {
  const clock = manualClock(NOW);
  const activity = createActivity({ database, clock });
  const opinions = createOpinions({ database, clock });
  const { viewer } = await addUser(database, { name: `Ada ${++people}` });
  const viewers: Viewer[] = [viewer];
  for (const isolation of modes) viewers.push(await addDevice(database, viewer, { name: isolation, isolation }));
  const tree = treeIn(database, NOW - 10 * DAY);
  const shelf = await tree.library('series');
  const show = await tree.show(shelf, [2, 2]);
  // One that no mark from before covers.
  await tree.change(show.episodes[1]![1]!, { added_at: NOW + 3 * HOUR });
  const movies = await tree.library('movies');
  const film = await tree.movie(movies);
  const box = await tree.collection(movies, [film]);
  const artist = await tree.artist(await tree.library('music'));
  const album = await tree.album(artist);
  const track = await tree.track(album, 1);
  const leaves = [...show.episodes.flat(), film, track];
  const containers = [shelf, show.series, ...show.seasons, box, artist, album];
  return { database, clock, activity, opinions, viewers, leaves, containers };
};

type House = Awaited<ReturnType<typeof house>>;

/** The same, item by item, by the code that answers for one item. */
const oneByOne = async ({ activity, opinions, leaves, containers }: House, viewer: Viewer) => {
  const standings = [];
  for (const id of [...leaves, ...containers]) {
    const { favourite, rating } = await opinions.of(viewer, id);
    const { watched, markedAt, positionMs, durationMs, playCount, lastPlayedAt } = await activity.state(viewer, id);
    standings.push({
      id,
      opinion: { favourite: favourite.value, favouriteAt: favourite.at, rating: rating.value, ratedAt: rating.at },
      state: containers.includes(id)
        ? null
        : {
            watched,
            watchedAt: markedAt,
            position: positionMs === null ? null : { positionMs, durationMs, at: expect.any(Number) },
            playCount,
            lastPlayedAt,
          },
    });
  }
  return standings;
};

const atOnce = async ({ database, leaves, containers }: House, viewer: Viewer) => {
  const found = await standingsOf(database.read, viewer, [...leaves, ...containers]);
  return [...leaves, ...containers].map((id) => ({ id, ...found.get(id) }));
};

const step = fc.record({
  what: fc.constantFrom('mark', 'unmark', 'report', 'finish', 'favourite', 'rate'),
  who: fc.nat(modes.length),
  item: fc.nat(20),
  yes: fc.boolean(),
});

eachDatabase('standings', (make) => {
  test('are what each device reads of each item by itself', async () => {
    const database = await make();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const home = await house(database);
        const { clock, activity, opinions, viewers, leaves, containers } = home;
        for (const { what, who, item, yes } of steps) {
          clock.advance(HOUR);
          const viewer = viewers[who]!;
          const leaf = leaves[item % leaves.length]!;
          const any = [...leaves, ...containers][item % (leaves.length + containers.length)]!;
          if (what === 'mark' || what === 'unmark') {
            await activity.setWatched(viewer, any, { watched: what === 'mark' });
          } else if (what === 'favourite') await opinions.say(viewer, any, { favourite: yes });
          else if (what === 'rate') await opinions.say(viewer, any, { rating: yes ? 7.5 : null });
          else {
            const positionMs = what === 'finish' ? HOUR : HOUR / (yes ? 2 : 3);
            await activity.reportProgress(viewer, leaf, { positionMs, durationMs: HOUR });
          }
        }
        for (const viewer of viewers) expect(await atOnce(home, viewer)).toEqual(await oneByOne(home, viewer));
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 40 : 10 },
    );
  }, 120_000);

  test('tell when a position was reported: the newest of two scopes, while it lives', async () => {
    const home = await house(await make());
    const { database, clock, activity, viewers, leaves } = home;
    const [viewer, , quiet] = viewers as [Viewer, Viewer, Viewer];
    const [episode] = leaves as [MediaItemId];
    const position = async (who: Viewer) =>
      (await standingsOf(database.read, who, [episode])).get(episode)?.state?.position;
    await activity.reportProgress(viewer, episode, { positionMs: HOUR / 2, durationMs: HOUR });
    clock.advance(MINUTE);
    await activity.reportProgress(quiet, episode, { positionMs: HOUR / 3, durationMs: HOUR });
    expect(await position(viewer)).toEqual({ positionMs: HOUR / 2, durationMs: HOUR, at: NOW });
    expect(await position(quiet)).toEqual({ positionMs: HOUR / 3, durationMs: HOUR, at: NOW + MINUTE });
    await activity.setWatched(viewer, episode, { watched: true });
    expect(await position(viewer)).toBeNull();
    expect(await position(quiet)).toBeNull();
  });

  test('leave out what does not exist, and ask nothing of the database for nothing', async () => {
    const { database, viewers } = await house(await make());
    expect(await standingsOf(database.read, viewers[0]!, [asId(999_999)])).toEqual(new Map());
    expect(await standingsOf(database.read, viewers[0]!, [])).toEqual(new Map());
  });
});
