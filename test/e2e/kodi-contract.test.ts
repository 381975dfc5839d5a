import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#kernel/clock.ts';
import type { Notice } from '#sync/media-server.ts';
import { createKodiConnector } from '../../src/connectors/kodi/connector.ts';
import { mediaServerContract } from '../contract/media-server.ts';
import { connection, realKodiHouse } from '../support/kodi/contract-house.ts';
import { until } from '../support/kodi/remote.ts';
import { noKodi, type RealKodi, startRealKodi } from '../support/kodi/start.ts';

const why = noKodi();
if (why) console.log(`No real Kodi is tested: ${why}.`);

describe.skipIf(why)('a real Kodi', () => {
  let kodi: RealKodi;
  beforeAll(async () => {
    kodi = await startRealKodi('America/New_York');
  }, 180_000);
  afterAll(() => kodi?.stop());

  test('tells over its socket what is marked and what is stopped', async () => {
    const { account, shelf } = await realKodiHouse(kodi);
    const server = createKodiConnector({ clock: systemClock, socket: { port: kodi.socketPort } }).connect(
      connection(kodi),
    );
    const stop = new AbortController();
    const heard: Notice[] = [];
    const done = server.listen!((notice) => heard.push(notice), stop.signal);
    const told = (event: string, remoteId: string | null) => () =>
      heard.some((notice) => notice.event === event && notice.remoteId === remoteId);
    await until('the connection', 10, told('connected', null));
    const [movie, other] = shelf.movie!;
    const watched = { value: true, at: systemClock.now(), playCount: 1 } as const;
    await server.write(account, movie!, { watched }, stop.signal);
    await until('its update', 10, told('VideoLibrary.OnUpdate', movie!));
    await kodi.play('movie', Number(other!.split(':')[1]), 30);
    await until('its stop', 10, told('Player.OnStop', other!));
    expect(heard.every(({ about }) => about === 'state')).toBe(true);
    stop.abort();
    await done;
  }, 60_000);

  mediaServerContract('Kodi itself', () => realKodiHouse(kodi));
});
