import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  InfoAnswer,
  ItemAnswer,
  ItemsAnswer,
  SessionsAnswer,
  SignInAnswer,
  UserDataAnswer,
  UsersAnswer,
  ViewsAnswer,
} from './answers.ts';
import { readEmbyDelivery } from './emby-delivery.ts';
import { itemOf } from './items.ts';
import { readJellyfinDelivery } from './jellyfin-delivery.ts';
import { createFrameReader } from './notices.ts';

const SHARED = new URL('../../../../shared/fixtures/', import.meta.url);
const there = existsSync(SHARED);
const raw = (name: string) => readFileSync(new URL(name, SHARED));
const read = (name: string) => JSON.parse(raw(name).toString('utf8'));
const namesIn = (folder: string) => (there ? readdirSync(new URL(folder, SHARED)) : []);

/** Skipped where what was recorded from real servers is not at hand. */
describe.skipIf(!there)('recorded answers parse', () => {
  test('what another tool recorded of a server of this family', () => {
    const told = read('jellyfin/watchstate-mediabrowser_data.json');
    expect(InfoAnswer.check(told.info)).toBe(true);
    expect(UsersAnswer.check(told.users)).toBe(true);
    expect(SignInAnswer.check(told.auth)).toBe(true);
    expect(ViewsAnswer.check(told.libraries)).toBe(true);
    expect(SessionsAnswer.check(told.sessions)).toBe(true);
    for (const list of [told.library_items, told.libraries_empty, told.search, told.playlist_items]) {
      expect(ItemsAnswer.check(list)).toBe(true);
    }
    expect(ItemAnswer.check(told.metadata)).toBe(true);
    expect(itemOf('movie', told.metadata, 'lib-1')).toMatchObject({
      remoteId: 'item-1',
      libraryRemoteId: 'lib-1',
      facts: { title: 'Test Movie', year: 2020 },
      state: { watched: false, position: { positionMs: 90_000, durationMs: null } },
    });
    expect(itemOf('episode', told.metadata_episode, undefined)).toMatchObject({
      facts: { seasonNumber: 1, episodeNumber: 1 },
      state: { watched: true, playCount: 1, lastPlayedAt: null, position: null },
    });
  });

  test('a page of items, a state and a frame', () => {
    const page = read('jellyfin/SYNTHETIC/items_page.json');
    expect(ItemsAnswer.check(page)).toBe(true);
    expect(itemOf('movie', page.Items[0], undefined)).toMatchObject({ state: { position: { positionMs: 298_000 } } });
    expect(itemOf('episode', page.Items[1], undefined)).toMatchObject({
      parentRemoteId: '2d5f5c7e1f304b8c0d9e8f7a6b5c4d3e',
      facts: { episodeNumber: 4, episodeNumberEnd: 5 },
      state: { watched: true, lastPlayedAt: Date.UTC(2024, 6, 1, 20) },
    });
    expect(UserDataAnswer.check(read('jellyfin/SYNTHETIC/user_data_dto.json'))).toBe(true);
    expect(createFrameReader()(raw('jellyfin/SYNTHETIC/ws_UserDataChanged.json').toString())).toEqual([
      {
        event: 'UserDataChanged',
        about: 'state',
        account: { remoteId: 'd8f8a6e1f0b44d1f9c5f0c0de1a2b3c4' },
        remoteId: '0b3f3a5c9d1e4f6a8b7c6d5e4f3a2b1c',
      },
    ]);
  });

  test.each(namesIn('jellyfin/webhook'))('Jellyfin delivered %s', async (name) => {
    const [notice, ...more] = await readJellyfinDelivery({ headers: {}, body: raw(`jellyfin/webhook/${name}`) });
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ about: 'state', remoteId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test.each(namesIn('emby/webhook'))('Emby delivered %s', async (name) => {
    const headers = { 'content-type': 'application/json' };
    const [notice, ...more] = await readEmbyDelivery({ headers, body: raw(`emby/webhook/${name}`) });
    expect(more).toEqual([]);
    expect(notice).toMatchObject({
      about: 'state',
      account: { remoteId: 'e6a9dd89fd954d689870e7e0e3e72947', name: 'admin' },
      remoteId: expect.stringMatching(/^2402\d\d$/),
      serverId: 'f40a5bd0c6b64051bdbed00580fa1118',
    });
  });

  test('the webhooks that another tool recorded', async () => {
    const told = read('jellyfin/watchstate-mediabrowser_data.json');
    const bodyOf = (value: unknown) => ({ headers: {}, body: Buffer.from(JSON.stringify(value)) });
    expect(await readJellyfinDelivery(bodyOf(told.webhook_jellyfin))).toMatchObject([{ remoteId: 'item-1' }]);
    expect(await readEmbyDelivery(bodyOf(told.webhook_emby))).toMatchObject([{ remoteId: 'item-1', account: null }]);
  });
});
