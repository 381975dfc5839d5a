import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectionTo, connectorTo, furnish, INSTALLATION } from '../../../test/support/fakes/plex/house.ts';
import { type FakePlex, startFakePlex } from '../../../test/support/fakes/plex/start.ts';

const signal = new AbortController().signal;
let plex: FakePlex;
beforeEach(async () => {
  plex = await startFakePlex();
});
afterEach(async () => {
  await plex.close();
  expect(plex.violations).toEqual([]);
});
const connect = (token = plex.token) => connectorTo(plex).connect(connectionTo(plex, { token }));

describe('people', () => {
  test('the owner, the Home and friends that share this server, each once', async () => {
    const ben = plex.people.add('Ben', 'home', { pin: '1234' });
    const kid = plex.people.add('Kid', 'home');
    const cara = plex.people.add('Cara & Co', 'friend');
    plex.people.drop(plex.people.add('Dan', 'friend'));
    expect(await connect().accounts(signal)).toEqual([
      { remoteId: String(plex.people.owner.id), name: 'Ada', entry: 'none', own: true },
      { remoteId: String(ben.id), name: 'Ben', entry: 'pin', own: false },
      { remoteId: String(kid.id), name: 'Kid', entry: 'open', own: false },
      { remoteId: String(cara.id), name: 'Cara & Co', entry: 'open', own: false },
    ]);
  });

  test('each is entered with what the server then takes', async () => {
    furnish(plex);
    const ben = plex.people.add('Ben', 'home', { pin: '1234' });
    const kid = plex.people.add('Kid', 'home');
    const cara = plex.people.add('Cara', 'friend');
    const server = connect();
    expect(await server.enter!(String(ben.id), '1234', signal)).toBe(ben.serverToken);
    expect(await server.enter!(String(kid.id), null, signal)).toBe(kid.serverToken);
    expect(await server.enter!(String(cara.id), null, signal)).toBe(cara.serverToken);
    const libraries = await server.libraries({ remoteId: String(ben.id), secret: ben.serverToken }, signal);
    expect(libraries).toHaveLength(3);
  });

  test('a wrong PIN, a stranger, and a server that is shared no more', async () => {
    const ben = plex.people.add('Ben', 'home', { pin: '1234' });
    const cara = plex.people.add('Cara', 'friend');
    const server = connect();
    const wrong = server.enter!(String(ben.id), '4321', signal);
    await expect(wrong).rejects.toMatchObject({ fault: 'unauthorized', message: expect.stringContaining('PIN') });
    await expect(wrong).rejects.not.toMatchObject({ message: expect.stringContaining('4321') });
    await expect(server.enter!('5', null, signal)).rejects.toMatchObject({ fault: 'refused' });
    plex.people.drop(cara);
    await expect(server.enter!(String(cara.id), null, signal)).rejects.toMatchObject({ fault: 'refused' });
    plex.people.drop(ben);
    await expect(server.enter!(String(ben.id), '1234', signal)).rejects.toMatchObject({ fault: 'refused' });
  });

  test('a token for the server alone is one account', async () => {
    const { bunny } = furnish(plex);
    const cara = plex.people.add('Cara', 'friend');
    const server = connect(cara.serverToken);
    const [account, ...more] = await server.accounts(signal);
    expect(more).toEqual([]);
    expect(account).toEqual({ remoteId: 'self', name: 'This account', entry: 'none', own: true });
    plex.watching.watch(cara, bunny, 5000);
    for await (const plays of server.plays!({ remoteId: 'self', secret: null }, null, signal)) {
      expect(plays).toMatchObject([{ remoteId: bunny.id, at: 5_000_000 }]);
    }
  });

  test('an expired token is told so, and is no account for the server alone', async () => {
    plex.faults.next('unauthorized', { on: /api\/v2\/user$/ });
    await expect(connect().accounts(signal)).rejects.toMatchObject({ fault: 'unauthorized' });
    plex.people.expire();
    await expect(connect().accounts(signal)).rejects.toMatchObject({ fault: 'unauthorized' });
    await expect(connect().enter!('5', null, signal)).rejects.toMatchObject({ fault: 'unauthorized' });
  });

  test('redirects and web pages of plex.tv are not followed nor believed', async () => {
    plex.faults.next('redirect', { on: /api\/v2\/user$/ });
    await expect(connect().accounts(signal)).rejects.toMatchObject({ fault: 'redirected' });
    plex.faults.next('html', { on: /api\/users/ });
    await expect(connect().accounts(signal)).rejects.toMatchObject({ fault: 'not_this_kind' });
    plex.faults.next('cut', { on: /api\/users/, times: 9 });
    await expect(connect().accounts(signal)).rejects.toMatchObject({ fault: 'cut_off' });
  });
});

describe('signing in', () => {
  test('begins with a page, waits, and ends with the servers, near addresses first', async () => {
    const { signIn } = connectorTo(plex);
    const { id, url, expiresAt } = await signIn!.begin(INSTALLATION, signal);
    expect(url).toBe(
      `https://app.plex.tv/auth#?clientID=${INSTALLATION}&code=code${id}&context%5Bdevice%5D%5Bproduct%5D=Leftoff`,
    );
    expect(expiresAt).toBeGreaterThan(Date.now() + 800_000);
    expect(await signIn!.finish(INSTALLATION, id, signal)).toBeNull();
    plex.allowPin(id, plex.people.owner);
    expect(await signIn!.finish(INSTALLATION, id, signal)).toEqual({
      userName: 'Ada',
      servers: [
        {
          name: 'Attic',
          serverId: plex.machineId,
          owned: true,
          addresses: [
            'https://127-0-0-1.abc.plex.direct:32400',
            plex.url,
            'https://203-0-113-9.abc.plex.direct:32400',
            'https://198-51-100-7.abc.plex.direct:8443',
          ],
          token: plex.token,
        },
      ],
    });
  });

  test('a friend gets the token of the server; a PIN that ran out is told so', async () => {
    const { signIn } = connectorTo(plex);
    const cara = plex.people.add('Cara', 'friend');
    const { id } = await signIn!.begin(INSTALLATION, signal);
    plex.allowPin(id, cara);
    const signedIn = await signIn!.finish(INSTALLATION, id, signal);
    expect(signedIn?.servers).toMatchObject([{ owned: false, token: cara.serverToken }]);
    plex.shelf.clock = () => Date.now() + 901_000;
    await expect(signIn!.finish(INSTALLATION, id, signal)).rejects.toMatchObject({
      message: expect.stringContaining('Begin again'),
    });
    await expect(signIn!.finish(INSTALLATION, '../user', signal)).rejects.toMatchObject({ fault: 'refused' });
  });
});
