import { expect, test, vi } from 'vitest';
import { everything, expectAgreement, expectQuiet, markHere, stateHere } from '../support/sync-agreement.ts';
import { type Attic, startAttic, vendors } from '../support/sync-attic.ts';
import { type Client, connect, eachHouse } from '../support/sync-house.ts';

interface Delivery {
  outcome: string;
  detail: string;
}

const SOON = { timeout: 40_000, interval: 50 };

eachHouse('A webhook', (start) => {
  test('of each vendor brings what was watched here and to the others, and what we wrote comes back as nothing', async () => {
    const attics = await Promise.all(vendors.map((vendor) => startAttic(vendor, { name: `The ${vendor}` })));
    const house = await start({ ...attics[2]!.outside, follows: true });
    const places: { attic: Attic; client: Client; url: string }[] = [];
    for (const attic of attics) {
      const client = await connect(house, attic.connection);
      const { path } = await house.ada.call<{ path: string }>('POST', `/clients/${client.id}/webhook`);
      places.push({ attic, client, url: house.url + path });
      expect(await client.sync()).toMatchObject({ state: 'done', warnings: [] });
    }
    const asked = await Promise.all(places.map(async ({ client }) => (await client.runs()).length));

    // Each server's own news, all at once.
    for (const [n, { attic, url }] of places.entries()) {
      attic.watch(attic.films[n]!);
      await attic.tell(url, attic.films[n]!);
    }
    const first = attics[0]!.films.slice(0, 3);
    await vi.waitFor(async () => {
      for (const film of first) expect((await stateHere(house.ada, film)).watched).toBe(true);
    }, SOON);
    await vi.waitFor(() => {
      for (const { films, shows } of attics) {
        expect(films.slice(0, 4).map((film) => shows(film).watched)).toEqual([true, true, true, false]);
      }
    }, SOON);
    // Whatever was still looked at has come to its end.
    for (const { client } of places) await settled(client);
    for (const [n, { client }] of places.entries()) {
      const runs = await client.runs();
      expect(runs.slice(0, runs.length - asked[n]!).map(({ kind }) => kind)).not.toContain('sync');
    }

    const before = await everything(house);
    for (const { requests } of attics) requests.length = 0;
    for (const { attic, url } of places) for (const film of attic.films.slice(0, 3)) await attic.tell(url, film);
    for (const { client } of places) await handled(client);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const { client } of places) await settled(client);
    expect(attics.flatMap((attic) => attic.writes())).toEqual([]);
    expect(await everything(house)).toEqual(before);

    // One of our own, which nobody asks to be synced.
    await markHere(house.ada, attics[0]!.films[5]!);
    await vi.waitFor(() => {
      for (const { films, shows } of attics) expect(shows(films[5]!).watched).toBe(true);
    }, SOON);
    for (const { client } of places) await settled(client);
    // What a server logs of sittings, a whole run reads.
    for (const { client } of places) expect(await client.sync()).toMatchObject({ state: 'done', warnings: [] });
    for (const { attic, client } of places) {
      await expectAgreement(house.ada, attic);
      await expectQuiet(client, attics);
    }
  }, 120_000);

  test.each(vendors)('%s: of someone with whom nobody is linked is told so in the inbox', async (vendor) => {
    const attic = await startAttic(vendor);
    const house = await start({ ...attic.outside, follows: true });
    const client = await connect(house, attic.connection);
    const { path } = await house.ada.call<{ path: string }>('POST', `/clients/${client.id}/webhook`);
    expect(await client.sync()).toMatchObject({ state: 'done' });
    attic.requests.length = 0;
    const before = await everything(house);
    await attic.tell(house.url + path, attic.films[0]!, "someone else's");
    await handled(client);
    const [delivery] = await deliveriesOf(client);
    expect(delivery!.detail).toMatch(/of Zoe, with whom nobody here is linked/);
    expect(attic.requests).toEqual([]);
    expect(await everything(house)).toEqual(before);
    const wrong = `${house.url}${path.slice(0, -3)}abc`;
    expect((await fetch(wrong, { method: 'POST', body: '{}' })).status).toBe(404);
    expect(await deliveriesOf(client)).toHaveLength(1);
    expect(house.logged()).not.toContain(path.split('/').at(-1));
  });

  const deliveriesOf = (client: Client) => client.list<Delivery>('/deliveries');
  const handled = (client: Client) =>
    vi.waitFor(async () => {
      const deliveries = await deliveriesOf(client);
      expect(deliveries.length).toBeGreaterThan(0);
      expect(deliveries.map(({ outcome }) => outcome)).not.toContain('waiting');
    }, SOON);
  const settled = (client: Client) =>
    vi.waitFor(async () => {
      expect((await client.runs()).map(({ state }) => state)).not.toContain('running');
    }, SOON);
});
