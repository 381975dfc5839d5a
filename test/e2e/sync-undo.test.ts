import { expect, test } from 'vitest';
import { everything, expectAgreement, expectQuiet, stateHere } from '../support/sync-agreement.ts';
import { startAttic } from '../support/sync-attic.ts';
import { connect, eachHouse } from '../support/sync-house.ts';

interface Change {
  id: number;
  kind: string;
  runId: number | null;
  touched: number;
}

eachHouse('What a run brought', (start) => {
  test('is taken back as one, here and on every server; and done again', async () => {
    const [attic, cellar] = [await startAttic('jellyfin'), await startAttic('emby', { name: 'Cellar' })];
    const house = await start();
    const [first, second] = [await connect(house, attic.connection), await connect(house, cellar.connection)];
    const both = async () => {
      for (const client of [first, second, first]) {
        expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
      }
    };
    for (const film of attic.films.slice(0, 11)) attic.watch(film, Date.UTC(2025, 1, 1));
    await both();
    const before = await everything(house);
    const [thirteen, fourteen] = attic.films.slice(12) as [(typeof attic.films)[0], (typeof attic.films)[0]];
    for (const film of [thirteen, fourteen]) attic.watch(film, Date.UTC(2025, 2, 1));
    const run = await first.sync();
    await second.sync();
    expect(cellar.shows(cellar.films[13]!).watched).toBe(true);
    const after = await everything(house);

    const changes = await house.ada.list<Change>('/me/changes');
    const set = changes.find(({ runId }) => runId === run.id)!;
    expect(set).toMatchObject({ kind: 'import', touched: 2 });
    const { undoneBy, kept } = await house.ada.call<{ undoneBy: number; kept: number }>(
      'POST',
      `/me/changes/${set.id}/undo`,
    );
    expect(kept).toBe(0);
    expect((await stateHere(house.ada, thirteen)).watched).toBe(false);
    expect(historyOf(await everything(house))).toEqual(historyOf(before));
    await both();
    for (const one of [attic, cellar]) {
      expect(one.films.map((film) => one.shows(film).watched)).toEqual(one.films.map((_, n) => n < 11));
      await expectAgreement(house.ada, one);
    }
    await expectQuiet(first, [attic, cellar]);

    await house.ada.call('POST', `/me/changes/${undoneBy}/undo`);
    expect(historyOf(await everything(house))).toEqual(historyOf(after));
    await both();
    for (const one of [attic, cellar]) {
      expect(one.films.map((film) => one.shows(film).watched)).toEqual(one.films.map((_, n) => n !== 11));
      await expectAgreement(house.ada, one);
    }
    await expectQuiet(second, [attic, cellar]);
  });
});

/** Plays that are there; those that were taken back are kept for as long as that can be undone. */
const historyOf = ({ plays }: Awaited<ReturnType<typeof everything>>) =>
  plays.filter((play) => (play as { deleted_at: number | null }).deleted_at === null);
