import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notice } from '#sync/media-server.ts';
import { FIXTURES } from '../../../test/support/fakes/openapi.ts';
import { connectionTo, connectorTo, furnish } from '../../../test/support/fakes/plex/house.ts';
import { type FakePlex, startFakePlex } from '../../../test/support/fakes/plex/start.ts';
import { createNotices } from './socket.ts';

let plex: FakePlex;
beforeEach(async () => {
  plex = await startFakePlex();
});
afterEach(() => plex.close());

const playing = (state: string, ratingKey = '12', sessionKey = '1') =>
  JSON.stringify({
    NotificationContainer: {
      type: 'playing',
      size: 1,
      PlaySessionStateNotification: [
        { sessionKey, ratingKey, key: `/library/metadata/${ratingKey}`, viewOffset: 1, state },
      ],
    },
  });
const timeline = (type: number, state: number) =>
  JSON.stringify({
    NotificationContainer: {
      type: 'timeline',
      size: 1,
      TimelineEntry: [{ itemID: '12', sectionID: '1', type, state }],
    },
  });

test('that a player paused or stopped is passed on, once', () => {
  const noticesOf = createNotices();
  const told = ['playing', 'playing', 'paused', 'paused', 'playing', 'stopped'].map((state) =>
    noticesOf(playing(state)),
  );
  expect(told.map(([notice]) => notice?.event)).toEqual([
    undefined,
    undefined,
    'playing: paused',
    undefined,
    undefined,
    'playing: stopped',
  ]);
  expect(told[2]).toEqual([{ event: 'playing: paused', about: 'state', account: null, remoteId: '12' }]);
});

test('that an item is ready or gone is passed on, what lies between and what is no item of ours is not', () => {
  const noticesOf = createNotices();
  expect(noticesOf(timeline(4, 5))).toEqual([{ event: 'timeline', about: 'items', account: null, remoteId: '12' }]);
  expect(noticesOf(timeline(1, 9))).toHaveLength(1);
  for (const text of [timeline(1, 2), timeline(13, 5), '{"x":1}', 'nonsense']) expect(noticesOf(text)).toEqual([]);
});

test.skipIf(!existsSync(join(FIXTURES, 'plex')))('recorded activities are of no concern', () => {
  for (const name of ['ws-events.json', 'ws-events-played.json']) {
    const all = JSON.parse(readFileSync(join(FIXTURES, 'plex', name), 'utf8'));
    for (const NotificationContainer of [all].flat()) {
      expect(createNotices()(JSON.stringify({ NotificationContainer }))).toEqual([]);
    }
  }
});

test('hears the server, until it is told to end', async () => {
  const { bunny } = furnish(plex);
  const end = new AbortController();
  const server = connectorTo(plex).connect(connectionTo(plex));
  const heard = new Promise<Notice>((resolve) => {
    server.listen!(resolve, end.signal).catch(() => {});
  });
  while (plex.notify(JSON.parse(playing('stopped', bunny.id))) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await heard).toMatchObject({ event: 'playing: stopped', remoteId: bunny.id });
  end.abort();
  while (plex.notify({}) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

test('a token that is not taken ends it', async () => {
  const server = connectorTo(plex).connect(connectionTo(plex, { token: 'wrong' }));
  await expect(server.listen!(() => {}, new AbortController().signal)).rejects.toMatchObject({ fault: 'unauthorized' });
});
