import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '#kernel/clock.ts';
import type { Notice } from '#sync/media-server.ts';
import { type FakeSocket, startFakeSocket } from '../../../test/support/kodi/fake-socket.ts';
import { until } from '../../../test/support/kodi/remote.ts';
import { kodiFixtures } from '../../../test/support/kodi/schema.ts';
import { createKodiConnector } from './connector.ts';
import { noticeOf } from './notices.ts';

const account = { remoteId: 'kodi' };
const connected = { event: 'connected', about: 'state', account, remoteId: null };
let socket: FakeSocket;
let stop: AbortController;
let heard: Notice[];
let done: Promise<void>;

const listen = (port = socket.port) => {
  const kodi = createKodiConnector({
    clock: manualClock(0),
    socket: { port, firstWaitMs: 5, longestWaitMs: 20, silenceMs: 60 },
  }).connect({
    address: 'http://127.0.0.1:8080',
    userName: null,
    password: null,
    token: null,
    timeZone: null,
    installation: 'b7c6ad37-5d5c-4b0e-8f4c-1f4d3f6c1e11',
  });
  done = kodi.listen!((notice) => heard.push(notice), stop.signal);
};

const times = (count: number) => until(`${count} notices`, 5, () => heard.length >= count);

describe('listening', () => {
  beforeEach(async () => {
    socket = await startFakeSocket();
    stop = new AbortController();
    heard = [];
  });
  afterEach(async () => {
    stop.abort();
    await done;
    await socket.close();
  });

  test('tells what concerns state and library, one after the other without a break', async () => {
    listen();
    await times(1);
    const message = (method: string, data: object | null) =>
      JSON.stringify({ jsonrpc: '2.0', method, params: { data, sender: 'xbmc' } });
    socket.write(
      message('VideoLibrary.OnUpdate', { item: { id: 1, type: 'movie' }, playcount: 1 }) +
        message('Player.OnPause', { item: { id: 1, type: 'movie' }, player: { playerid: 1, speed: 0 } }) +
        message('VideoLibrary.OnUpdate', { item: { id: 7, type: 'episode' }, added: true, transaction: true }) +
        message('VideoLibrary.OnRemove', { id: 7, type: 'episode' }) +
        message('AudioLibrary.OnUpdate', { item: { id: 3, type: 'song' } }) +
        message('Player.OnStop', { end: true, item: { type: 'unknown', title: 'clip.mkv' } }) +
        message('Player.OnStop', { end: false, item: { id: 2, type: 'tvshow' } }) +
        message('VideoLibrary.OnScanFinished', null),
    );
    await times(7);
    expect(heard).toEqual([
      connected,
      { event: 'VideoLibrary.OnUpdate', about: 'state', account, remoteId: 'movie:1' },
      { event: 'VideoLibrary.OnUpdate', about: 'items', account: null, remoteId: 'episode:7' },
      { event: 'VideoLibrary.OnRemove', about: 'items', account: null, remoteId: 'episode:7' },
      { event: 'AudioLibrary.OnUpdate', about: 'state', account, remoteId: 'track:3' },
      { event: 'Player.OnStop', about: 'state', account, remoteId: 'series:2' },
      { event: 'VideoLibrary.OnScanFinished', about: 'items', account: null, remoteId: null },
    ]);
  });

  test('connects again when it is cut off, and says so', async () => {
    listen();
    await times(1);
    socket.breakOff();
    await times(2);
    expect(heard).toEqual([connected, connected]);
  });

  test('connects again when Kodi says nothing any more, not even to a question', async () => {
    listen();
    await times(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).toHaveLength(1);
    socket.mute(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.mute(false);
    await times(2);
  });

  test('waits for one that sleeps, and does not take another for it', async () => {
    const { port } = socket;
    await socket.close();
    listen(port);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(heard).toEqual([]);
    socket = await startFakeSocket(port);
    await times(1);
  });

  test('hangs up on what sends without end', async () => {
    listen();
    await times(1);
    socket.write(`{"a":"${'x'.repeat(1_100_000)}`);
    await times(2);
    expect(heard).toEqual([connected, connected]);
  });

  test('ends with its signal', async () => {
    listen();
    await times(1);
    stop.abort();
    await done;
    await until('nobody listens', 5, () => socket.listeners === 0);
  });
});

describe.skipIf(!kodiFixtures)('notifications recorded from a real Kodi (needs ../shared)', () => {
  const folder = join(kodiFixtures ?? '.', 'recorded');
  test('tell of what was watched', () => {
    const told = (name: string) =>
      (JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown[])
        .map((message) => noticeOf(message, 'kodi'))
        .filter((notice) => notice !== undefined)
        .map(({ event, remoteId }) => `${event} ${remoteId}`);
    expect(told('notifications_set_playcount.json')).toEqual(['VideoLibrary.OnUpdate movie:1']);
    expect(told('notifications_set_episode.json')).toEqual(['VideoLibrary.OnUpdate episode:1']);
    expect(told('notifications_playback_stop.json')).toEqual([
      'VideoLibrary.OnUpdate movie:1',
      'Player.OnStop movie:1',
    ]);
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('notifications'))
        .map(told),
    ).toBeDefined();
  });
});
