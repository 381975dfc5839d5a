import { afterEach, beforeEach, expect, test } from 'vitest';
import { furnish } from '../../../test/support/fakes/plex/house.ts';
import { type FakePlex, startFakePlex } from '../../../test/support/fakes/plex/start.ts';
import { readPlexDelivery } from './delivery.ts';

let plex: FakePlex;
beforeEach(async () => {
  plex = await startFakePlex();
});
afterEach(() => plex.close());

test('what was watched, by whom and where, with or without a picture', async () => {
  const { bunny } = furnish(plex);
  const cara = plex.people.add('Cara', 'friend');
  for (const thumb of [false, true]) {
    const delivery = await plex.delivery({ event: 'media.scrobble', user: cara, item: bunny, thumb });
    expect(await readPlexDelivery(delivery)).toEqual([
      {
        event: 'media.scrobble',
        about: 'state',
        account: { remoteId: String(cara.id), name: 'Cara' },
        remoteId: bunny.id,
        serverId: plex.machineId,
      },
    ]);
  }
});

test('the owner by either id', async () => {
  const { bunny } = furnish(plex);
  const { owner } = plex.people;
  const told = async (ownerAsOne: boolean) =>
    (await readPlexDelivery(await plex.delivery({ event: 'media.rate', user: owner, item: bunny, ownerAsOne })))[0]
      ?.account;
  expect(await told(true)).toEqual({ name: 'Ada' });
  expect(await told(false)).toEqual({ remoteId: String(owner.id), name: 'Ada' });
});

test.each([
  ['media.play', 'state'],
  ['media.pause', 'state'],
  ['media.resume', 'state'],
  ['media.stop', 'state'],
  ['media.rate', 'state'],
  ['library.new', 'items'],
  ['library.on.deck', 'items'],
  ['playback.started', undefined],
  ['admin.database.backup', undefined],
  ['admin.database.corrupted', undefined],
  ['device.new', undefined],
  ['constructor', undefined],
])('%s is about %s', async (event, about) => {
  const { series } = furnish(plex);
  const delivery = await plex.delivery({ event, user: plex.people.owner, item: series });
  expect((await readPlexDelivery(delivery))[0]?.about).toBe(about);
});

test('other bodies are refused', async () => {
  const delivery = await plex.delivery({ event: 'media.play', user: plex.people.owner });
  const bad = [
    { headers: {}, body: delivery.body },
    { headers: { 'content-type': 'application/json' }, body: Buffer.from('{"event":"media.play"}') },
    { headers: delivery.headers, body: delivery.body.subarray(0, 80) },
    {
      headers: delivery.headers,
      body: Buffer.from(Buffer.from(delivery.body).toString().replace('"event"', '"happening"')),
    },
    {
      headers: delivery.headers,
      body: Buffer.from(Buffer.from(delivery.body).toString().replace('payload', 'another')),
    },
  ];
  for (const one of bad) await expect(readPlexDelivery(one)).rejects.toMatchObject({ fault: 'bad_answer' });
});
