import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { createActivity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { DAY, HOUR, MINUTE, manualClock } from '#kernel/clock.ts';
import { asId, type MediaItemId, type UserId } from '#kernel/ids.ts';
import type { IsolationMode, Viewer } from '#kernel/viewer.ts';
import { eachDatabase } from '../../../test/support/databases.ts';
import { addDevice, addUser, openGrants } from '../../../test/support/people.ts';
import { treeIn } from '../../../test/support/tree.ts';
import { createActivityExplain, type Explanation } from './explain.ts';

const START = Date.UTC(2026, 4, 3, 19);
const modes: IsolationMode[] = ['loud', 'quiet', 'shout', 'silo'];

let people = 0;

const house = async (database: Database) => {
  const clock = manualClock(START);
  const activity = createActivity({ database, clock });
  const explain = createActivityExplain({ database, clock });
  const { viewer: plain } = await addUser(database, { name: `Ada ${++people}` });
  const viewer = { ...plain, timeZone: 'Europe/Berlin' };
  const on = async (name: string, isolation: IsolationMode) => addDevice(database, viewer, { name, isolation });
  const devices = { kodi: await on('Kodi', 'loud'), quiet: await on('TV', 'quiet'), silo: await on('Old', 'silo') };
  const tree = treeIn(database, START - 10 * DAY);
  const shelf = await tree.library('series', { title: 'Shows' });
  const show = await tree.show(shelf, [2, 2], { title: 'Dark' });
  await tree.change(show.seasons[0]!, { title: 'Season 1' });
  const mark = async (who: Viewer, item: MediaItemId, watched = true) => {
    clock.advance(HOUR);
    await activity.setWatched(who, item, { watched });
  };
  return { database, clock, activity, explain, viewer, devices, tree, shelf, show, mark };
};

const losers = ({ marks }: Explanation) =>
  marks.filter((mark) => !mark.decides).map((mark) => [mark.by?.name, mark.why]);

eachDatabase('explaining', (make) => {
  test('names the mark that decides, who made it and when, and says why the others lose', async () => {
    const { explain, viewer, devices, show, shelf, mark, tree } = await house(await make());
    const [episode] = show.episodes[0]! as [MediaItemId];
    expect((await explain.of(viewer, episode)).rule).toBe('Nothing marks it.');
    await mark(viewer, shelf, false);
    await mark(devices.silo, show.series, false);
    await mark(devices.quiet, episode, false);
    await mark(devices.kodi, show.seasons[0]!);
    const found = await explain.of(viewer, episode);
    expect(found).toMatchObject({
      state: { watched: true, markedAt: START + 4 * HOUR },
      rule: 'The newest mark wins: set watched on Kodi, 4 May 2026, 01:00, on the season "Season 1".',
      marks: [
        { decides: true, watched: true, heard: true, by: { name: 'Kodi', isolation: 'loud' }, on: { kind: 'season' } },
        {},
        {},
        {},
      ],
    });
    expect(losers(found)).toEqual([
      ['TV', 'TV is quiet: it keeps to itself what is done there.'],
      ['Old', 'Old is silo: it keeps to itself what is done there.'],
      [expect.any(String), 'A newer mark overrules it.'],
    ]);
    const late = await tree.episode(show.seasons[0]!, 9, { added_at: START + 5 * HOUR });
    const ofLate = await explain.of(viewer, late);
    expect(ofLate).toMatchObject({ rule: 'No mark that counts here covers it.', state: { watched: false } });
    expect(losers(ofLate)[0]).toEqual(['Kodi', 'It does not cover it: the item was added later.']);
  });

  test('a quiet device sees itself and the group; a silo only itself', async () => {
    const { explain, devices, show, mark } = await house(await make());
    const [episode] = show.episodes[0]! as [MediaItemId];
    await mark(devices.kodi, episode);
    await mark(devices.quiet, episode, false);
    expect(await explain.of(devices.quiet, episode)).toMatchObject({
      state: { watched: false },
      rule: expect.stringContaining('set unwatched on TV'),
    });
    const found = await explain.of(devices.silo, episode);
    expect(found).toMatchObject({ state: { watched: false }, rule: 'No mark that counts here covers it.' });
    expect(losers(found)).toEqual([
      ['TV', 'TV is quiet: it keeps to itself what is done there.'],
      ['Kodi', 'Who looks does not look at what other devices do.'],
    ]);
  });

  test('positions, plays and opinions, with what became of them', async () => {
    const { database, clock, activity, explain, viewer, devices, show } = await house(await make());
    const [episode] = show.episodes[0]! as [MediaItemId];
    const told = { durationMs: HOUR, clientName: 'Living room' };
    await activity.reportProgress(devices.quiet, episode, { ...told, positionMs: HOUR / 4 });
    clock.advance(HOUR);
    await activity.reportProgress(viewer, episode, { ...told, positionMs: HOUR / 3 });
    clock.advance(HOUR);
    await activity.reportProgress(devices.kodi, episode, { ...told, positionMs: HOUR / 2 });
    await createOpinions({ database, clock }).say(viewer, episode, { rating: 8 });
    const found = await explain.of(viewer, episode);
    expect(found.positions.map(({ by, why, decides }) => [by?.isolation, why, decides])).toEqual([
      ['loud', 'It is the newest report.', true],
      ['loud', 'A newer report overrules it.', false],
      ['quiet', 'TV is quiet: it keeps to itself what is done there.', false],
    ]);
    expect(found.opinion.rating).toEqual({ value: 8, at: clock.now() });
    clock.advance(MINUTE);
    await activity.reportProgress(devices.kodi, episode, { ...told, positionMs: HOUR });
    const after = await explain.of(viewer, episode);
    expect(after.plays).toMatchObject([{ by: { name: 'Kodi' }, completed: true, precision: 'exact' }]);
    expect(after.positions.some((position) => position.decides)).toBe(false);
    expect(after.rule).toContain('set watched on Kodi');
  });

  test('a container is told in numbers', async () => {
    const { explain, viewer, show, mark } = await house(await make());
    await mark(viewer, show.episodes[0]![0]!);
    expect(await explain.of(viewer, show.series)).toMatchObject({
      rule: '3 of 4 in it are not watched. Nothing marks it.',
      state: { watched: false, leaves: 4, unwatched: 3 },
      positions: [],
      plays: [],
    });
    await mark(viewer, show.series);
    expect((await explain.of(viewer, show.series)).rule).toMatch(
      /^All 4 in it are watched\. The newest mark wins: .*, on itself\.$/,
    );
  });

  test('what may not be seen is not found; another person is for admins alone', async () => {
    const { database, explain, viewer, devices, show, mark } = await house(await make());
    const [episode] = show.episodes[0]! as [MediaItemId];
    await mark(devices.kodi, episode);
    const { viewer: other } = await addUser(database, { name: `Bo ${people}` });
    const { viewer: admin } = await addUser(database, { name: `Eve ${people}`, role: 'admin' });
    const blind = { ...admin, grants: { ...openGrants, libraries: [] } };
    for (const [who, item, about] of [
      [blind, episode, undefined],
      [blind, episode, viewer.userId],
      [viewer, asId<MediaItemId>(999_999), undefined],
      [admin, episode, asId<UserId>(999_999)],
    ] as const) {
      await expect(explain.of(who, item, about)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(explain.of(other, episode, viewer.userId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(explain.of(other, episode, asId(999_999))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await explain.of(other, episode)).marks).toEqual([]);
    expect(await explain.of(admin, episode, viewer.userId)).toMatchObject({
      userId: viewer.userId,
      state: { watched: true },
      rule: expect.stringContaining('on Kodi'),
    });
  });

  test('what an item is in has no title where that may not be seen', async () => {
    const { explain, viewer, show, tree, mark } = await house(await make());
    const [episode] = show.episodes[0]! as [MediaItemId];
    await mark(viewer, show.series);
    await tree.change(episode, { rating_level: 6 });
    const child = { ...viewer, grants: { ...openGrants, maxRatingLevel: 6, allowUnrated: false } };
    const { marks, rule } = await explain.of(child, episode);
    expect(marks).toMatchObject([{ on: { itemId: show.series, kind: 'series', title: null } }]);
    expect(rule).toContain('on the series.');
  });

  const step = fc.record({
    what: fc.constantFrom('mark', 'unmark', 'report', 'finish', 'mode'),
    who: fc.nat(3),
    item: fc.nat(20),
    mode: fc.constantFrom(...modes),
  });

  test('the one that decides is what is read, on every device, whatever the modes were and are', async () => {
    const database = await make();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { clock, activity, explain, viewer, devices, show, shelf, mark } = await house(database);
        const viewers = [viewer, ...Object.values(devices)];
        const leaves = show.episodes.flat();
        const items = [...leaves, ...show.seasons, show.series, shelf];
        for (const { what, who, item, mode } of steps) {
          const device = viewers[who]!;
          if (what === 'mark' || what === 'unmark') await mark(device, items[item % items.length]!, what === 'mark');
          else if (what === 'mode') {
            viewers[who] = { ...device, isolation: mode };
            await database.transaction(async (tx) => {
              await tx
                .updateTable('device_users')
                .set({ isolation: mode })
                .where('id', '=', device.deviceUserId)
                .execute();
              await createScopeRebuilder().rebuildGroup(tx, viewer.userId);
            });
          } else {
            clock.advance(HOUR);
            const positionMs = what === 'finish' ? HOUR : HOUR / 2;
            await activity.reportProgress(device, leaves[item % leaves.length]!, { positionMs, durationMs: HOUR });
          }
        }
        for (const who of viewers) {
          for (const leaf of leaves) {
            const { state, marks, positions } = await explain.of(who, leaf);
            const deciding = marks.filter((one) => one.decides);
            expect(deciding.map(({ at, watched }) => [at, watched])).toEqual(
              state.markedAt === null ? [] : deciding.map(() => [state.markedAt, state.watched]),
            );
            expect(deciding.length > 0).toBe(state.markedAt !== null);
            const standing = positions.filter((one) => one.decides).map((one) => one.positionMs);
            expect(new Set(standing)).toEqual(new Set(state.positionMs === null ? [] : [state.positionMs]));
          }
        }
      }),
      { numRuns: database.dialect.name === 'sqlite' ? 30 : 6 },
    );
  }, 120_000);
});
