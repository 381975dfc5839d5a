import { describe, expect, test } from 'vitest';
import type { Notice } from '#sync/media-server.ts';
import { readEmbyDelivery } from './emby-delivery.ts';
import { readJellyfinDelivery } from './jellyfin-delivery.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** As .NET makes them. */
const BOUNDARY = 'e3b0c442-98fc-1c14-9afb-f4c8996fb924';
const attempt = async (read: () => Notice[] | Promise<Notice[]>): Promise<unknown> => {
  try {
    return await read();
  } catch (error) {
    return error;
  }
};

describe("what Jellyfin's webhook plug-in delivers", () => {
  const read = (value: unknown, type = 'text/plain; charset=utf-8') =>
    readJellyfinDelivery({ headers: { 'content-type': type }, body: bytes(JSON.stringify(value)) });

  test('all properties: ids of 32 digits, quotes escaped twice', () => {
    const told = {
      ServerId: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
      NotificationType: 'UserDataSaved',
      ItemId: '0b3f3a5c9d1e4f6a8b7c6d5e4f3a2b1c',
      Played: true,
      NotificationUsername: 'al\\"ice',
      UserId: 'd8f8a6e1f0b44d1f9c5f0c0de1a2b3c4',
    };
    expect(read(told)).toEqual([
      {
        event: 'UserDataSaved',
        about: 'state',
        account: { remoteId: 'd8f8a6e1f0b44d1f9c5f0c0de1a2b3c4', name: 'al"ice' },
        remoteId: '0b3f3a5c9d1e4f6a8b7c6d5e4f3a2b1c',
        serverId: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
      },
    ]);
  });

  test('a template of one’s own: dashes, texts for all, and gaps', () => {
    const told = {
      notificationType: 'PlaybackStop',
      ItemId: '2C0D61A7-93F1-A789-57BC-CEDD56EEA531',
      UserId: '',
      Played: 'True',
    };
    expect(read(told, 'application/json')).toEqual([
      { event: 'PlaybackStop', about: 'state', account: null, remoteId: '2c0d61a793f1a78957bccedd56eea531' },
    ]);
  });

  test('items that come and go; all else is of no concern', () => {
    expect(read({ NotificationType: 'ItemAdded', ItemId: '7' })).toMatchObject([{ about: 'items', account: null }]);
    expect(read({ NotificationType: 'ItemDeleted', ItemId: '7' })).toMatchObject([{ about: 'items', remoteId: '7' }]);
    expect(read({ NotificationType: 'AuthenticationSuccess' })).toEqual([]);
    expect(read({ NotificationType: 'PluginInstalled' })).toEqual([]);
  });

  test.each([
    ['no JSON', 'hello'],
    ['a list', '[1]'],
    ['another vendor’s', '{"Event":"item.markplayed"}'],
    ['nothing', ''],
  ])('%s is refused with a sentence', async (_, body) => {
    const failed = await attempt(() => readJellyfinDelivery({ headers: {}, body: bytes(body) }));
    expect(failed).toMatchObject({ fault: 'bad_answer', message: expect.stringContaining('Webhook plug-in') });
  });
});

describe("what Emby's webhooks deliver", () => {
  const told = {
    Event: 'item.markplayed',
    User: { Name: 'Zoë', Id: 'e6a9dd89fd954d689870e7e0e3e72947' },
    Item: { Id: '240270', Type: 'Movie' },
    Server: { Id: 'f40a5bd0c6b64051bdbed00580fa1118' },
  };
  const expected = [
    {
      event: 'item.markplayed',
      about: 'state',
      account: { remoteId: 'e6a9dd89fd954d689870e7e0e3e72947', name: 'Zoë' },
      remoteId: '240270',
      serverId: 'f40a5bd0c6b64051bdbed00580fa1118',
    },
  ];
  const text = JSON.stringify(told);
  const multipart = (name: string) =>
    bytes(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n${text}\r\n--${BOUNDARY}--\r\n`,
    );

  test.each([
    ['JSON', 'application/json; charset=utf-8', bytes(text)],
    ['a form', 'application/x-www-form-urlencoded', bytes(`data=${encodeURIComponent(text)}`)],
    ['a form of parts', `multipart/form-data; boundary="${BOUNDARY}"`, multipart('data')],
    ['JSON of no type', '', bytes(text)],
  ])('as %s', async (_, type, body) => {
    expect(await readEmbyDelivery({ headers: { 'content-type': type }, body })).toEqual(expected);
  });

  test.each([
    ['playback.start', 'state'],
    ['playback.unpause', 'state'],
    ['item.rate', 'state'],
    ['library.new', 'items'],
    ['library.deleted', 'items'],
  ])('%s is about %s', async (Event, about) => {
    const body = bytes(JSON.stringify({ Event, Item: { Id: '7' } }));
    expect(await readEmbyDelivery({ headers: {}, body })).toEqual([
      { event: Event, about, account: null, remoteId: '7' },
    ]);
  });

  test('a test is of no concern', async () => {
    const body = bytes('{"Title":"Test","Event":"system.notificationtest"}');
    expect(await readEmbyDelivery({ headers: {}, body })).toEqual([]);
  });

  test.each([
    ['no JSON', 'text/plain', bytes('hello')],
    ['another vendor’s', 'application/json', bytes('{"NotificationType":"ItemAdded"}')],
    ['a form without the field', `multipart/form-data; boundary="${BOUNDARY}"`, multipart('payload')],
    ['half a form', `multipart/form-data; boundary="${BOUNDARY}"`, bytes(`--${BOUNDARY}\r\nContent-Dis`)],
  ])('%s is refused with a sentence', async (_, type, body) => {
    const failed = await attempt(() => readEmbyDelivery({ headers: { 'content-type': type }, body }));
    expect(failed).toMatchObject({ fault: 'bad_answer', message: expect.stringContaining("Emby's webhooks") });
  });
});
