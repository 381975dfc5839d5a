import { expect, test } from 'vitest';
import type { ClientView, RemoteAccountView } from '#sync/views.ts';
import { startFakeJellyfin } from '../support/fakes/jellyfin/start.ts';
import { startFakePlex } from '../support/fakes/plex/start.ts';
import { markHere, stateHere } from '../support/sync-agreement.ts';
import { plexWrites, tvOf } from '../support/sync-attic.ts';
import { atEnd, connect, eachHouse } from '../support/sync-house.ts';

const titles = ['Alien', 'Brazil', 'Casablanca', 'Dune', 'Eraserhead', 'Fargo', 'Gattaca', 'Heat'];

eachHouse('Several people of one server', (start) => {
  test('an API key of a Jellyfin: three people are linked, and each has what is theirs', async () => {
    const fake = await startFakeJellyfin();
    atEnd(fake.close);
    const { shelf } = fake;
    const users = ['Anna', 'Ben', 'Cleo'].map((name) => shelf.addUser({ name }));
    const films = titles.map((title, n) => shelf.addMovie({ title, ids: { Imdb: `tt000001${n}` } }));
    const house = await start();
    const people = [house.ada, await house.addUser('Bob'), await house.addUser('Cleo')];
    const client = await connect(house, { kind: 'jellyfin', address: fake.url, token: fake.apiKey });
    expect(client.warnings.join()).toMatch(/Nobody is linked yet.*It knows Anna, Ben, Cleo/);
    for (const [n, { id }] of users.entries()) {
      await house.ada.call('POST', `/clients/${client.id}/accounts`, { remoteId: id, userId: people[n]!.userId });
      shelf.watch(users[n]!, films[n]!);
    }
    expect(await client.sync()).toMatchObject({ state: 'done', warnings: [] });
    for (const [n, person] of people.entries()) {
      const watched = [];
      for (const film of films) watched.push((await stateHere(person, film)).watched);
      expect(watched).toEqual(films.map((_, at) => at === n));
      await markHere(person, films[n + 3]!);
    }
    expect((await client.sync()).counts.written).toBe(3);
    for (const [n, user] of users.entries()) {
      const watched = films.map((film) => shelf.state(user, film).played);
      expect(watched).toEqual(films.map((_, at) => at === n || at === n + 3));
    }
    fake.requests.length = 0;
    expect((await client.sync()).counts).toMatchObject({ events: 0, written: 0 });
    expect(fake.writes()).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  test('a Plex Home: a wrong PIN is told, and whose token ends is told of while the others go on', async () => {
    const fake = await startFakePlex();
    atEnd(fake.close);
    const { shelf, people, watching } = fake;
    const kid = people.add('Kid', 'home', { pin: '1234' });
    const guest = people.add('Guest', 'home');
    const films = titles.map((title, n) => shelf.addMovie({ title, ids: { Imdb: `tt000001${n}` } }));
    const house = await start({ plexTv: tvOf(fake) });
    const [bob, cleo] = [await house.addUser('Bob'), await house.addUser('Cleo')];
    const client = await connect(house, { kind: 'plex', address: fake.url, token: fake.token });
    const accounts = `/clients/${client.id}/accounts`;
    expect(await house.ada.list<RemoteAccountView>(accounts)).toMatchObject([
      { name: 'Ada', entry: 'none', accountId: expect.any(Number) },
      { name: 'Kid', entry: 'pin', accountId: null },
      { name: 'Guest', entry: 'open', accountId: null },
    ]);
    const link = (remoteId: number, userId: number, pin?: string) =>
      house.ada.call<ClientView>('POST', accounts, { remoteId: String(remoteId), userId, ...(pin && { pin }) });
    await expect(link(kid.id, bob.userId, '4321')).rejects.toThrow(/Plex did not take the PIN of this profile/);
    await link(kid.id, bob.userId, '1234');
    const { accounts: linked } = await link(guest.id, cleo.userId);
    expect(linked.map(({ remoteName }) => remoteName)).toEqual(['Ada', 'Kid', 'Guest']);
    for (const [n, user] of [people.owner, kid, guest].entries()) watching.watch(user, films[n]!);
    expect(await client.sync()).toMatchObject({ state: 'done', warnings: [] });
    expect((await stateHere(bob, films[1]!)).watched).toBe(true);

    watching.watch(people.owner, films[3]!);
    watching.watch(kid, films[4]!);
    watching.watch(guest, films[5]!);
    people.expire(kid);
    const run = await client.sync();
    expect(run.warnings.join('\n')).toMatch(/^Kid: .*refused the credentials/);
    expect((await stateHere(house.ada, films[3]!)).watched).toBe(true);
    expect((await stateHere(bob, films[1]!)).watched).toBe(true);
    expect((await stateHere(bob, films[4]!)).watched).toBe(false);
    expect((await stateHere(cleo, films[5]!)).watched).toBe(true);

    const old = [fake.token, kid.accountToken, kid.serverToken, guest.serverToken, '4321'];
    Object.assign(kid, { accountToken: 'kids-new-account-token', serverToken: 'kids-new-server-token' });
    const account = linked.find(({ remoteName }) => remoteName === 'Kid')!.id;
    await house.ada.call('PATCH', `${accounts}/${account}`, { pin: '1234' });
    expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
    expect((await stateHere(bob, films[4]!)).watched).toBe(true);
    fake.requests.length = 0;
    expect((await client.sync()).counts).toMatchObject({ events: 0, written: 0 });
    expect(plexWrites(fake)).toEqual([]);
    const known = JSON.stringify([await client.view(), await client.runs()]) + house.logged();
    for (const secret of [...old, kid.accountToken, kid.serverToken]) expect(known).not.toContain(secret);
    expect(fake.violations).toEqual([]);
  });
});
