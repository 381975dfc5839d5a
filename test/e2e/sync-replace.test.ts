import { expect, test } from 'vitest';
import type { ReplacementView } from '#sync/items/views.ts';
import { everything, expectAgreement, expectQuiet, markHere, rateHere } from '../support/sync-agreement.ts';
import { startAttic, vendors } from '../support/sync-attic.ts';
import { connect, eachHouse } from '../support/sync-house.ts';

eachHouse('Another server in the place of one', (start) => {
  test.each(vendors)('%s: is refused, shown, then taken; no history moves to a wrong item', async (vendor) => {
    const attic = await startAttic(vendor);
    for (const film of attic.films.slice(0, 6)) attic.watch(film, Date.UTC(2025, 1, 1));
    const house = await start(attic.outside);
    const client = await connect(house, attic.connection);
    await client.sync();
    await markHere(house.ada, attic.episodes[1]!);
    await rateHere(house.ada, attic.films[9]!, 7);
    await client.sync();
    await expectAgreement(house.ada, attic);
    const before = await everything(house);

    // Its films came in another order, so that the same ids mean other films, and nothing was watched on it.
    const other = await startAttic(vendor, { name: 'New attic', reversed: true });
    const { address, token } = other.connection;
    await expect(client.change({ address, token })).rejects.toThrow(/409.*Another server .*use \\"replace\\"/);
    await house.database.transaction((tx) => tx.updateTable('clients').set({ address: other.url }).execute());
    const refused = await client.sync();
    expect(refused).toMatchObject({ state: 'failed', counts: { seen: 0 } });
    expect(refused.error).toMatch(/Another server|refused the credentials/);
    expect(other.requests.filter(({ method, url }) => other.lists.test(`${method} ${url}`))).toEqual([]);
    expect(await everything(house)).toEqual(before);

    const replace = (confirm: boolean) =>
      house.ada.call<ReplacementView>('POST', `/clients/${client.id}/replace`, { address, token, confirm });
    const shown = await replace(false);
    expect(shown).toMatchObject({ done: false, server: { same: false }, counts: { gone: 0, conflicting: 0, new: 0 } });
    for (const { from, to } of shown.moved) expect(from.title).toBe(to.title);
    expect(await everything(house)).toEqual(before);
    expect(await replace(true)).toMatchObject({ done: true, counts: shown.counts });
    expect(await everything(house)).toEqual(before);
    expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
    expect(await everything(house)).toEqual(before);
    await expectAgreement(house.ada, other);
    expect(other.films.filter((film) => other.shows(film).watched).map(({ title }) => title)).toEqual(
      attic.films
        .slice(0, 6)
        .toReversed()
        .map(({ title }) => title),
    );
    await expectQuiet(client, other);
  });
});
