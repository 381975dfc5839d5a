import { expect } from 'vitest';
import type { RemoteKind } from '#sync/media-server.ts';
import { type House, mediaServerContract } from '../../../test/contract/media-server.ts';
import type { ShelfKind } from '../../../test/support/fakes/shelf.ts';
import { fillShelf, openHouse, type Vendor } from '../../../test/support/media-browser.ts';

const KINDS: ShelfKind[] = ['movie', 'series', 'season', 'episode', 'artist', 'album', 'track'];

/** The house is read and written by an API key or by one's own name and password; both must be the same. */
const makeHouse = async (vendor: Vendor, version: string, byPassword: boolean): Promise<House> => {
  const { fake, ben, account, connect } = await openHouse(vendor, version);
  fillShelf(fake);
  const { shelf } = fake;
  const item = (id: string) => shelf.find(id)!;
  const own = byPassword ? { token: null, userName: 'Ben', password: 'ben-secret' } : {};
  return {
    connect: (other) => connect({ ...own, ...other }),
    wrong: byPassword ? { password: 'wrong-secret' } : { token: 'wrong-token' },
    account,
    shelf: Object.fromEntries(
      KINDS.map((kind): [RemoteKind, string[]] => [
        kind,
        shelf.items.filter((one) => one.kind === kind).map(({ id }) => id),
      ]),
    ),
    hand: {
      watch: async (id, at) => shelf.watch(ben, item(id), at),
      unwatch: async (id) => shelf.unwatch(ben, item(id)),
      stopAt: async (id, positionMs) =>
        shelf.setState(ben, item(id), { positionMs, playCount: 1, lastPlayedAt: Date.UTC(2026, 9, 1) }),
      rate: async (id, rating) => shelf.rate(ben, item(id), rating),
      favourite: async (id, value) => shelf.favourite(ben, item(id), value),
      play: async (id) => {
        shelf.play(ben, item(id), 60_000);
        return async () => shelf.stop(ben);
      },
      remove: async (id) => shelf.remove(item(id)),
    },
    unknown: vendor === 'jellyfin' ? 'f'.repeat(32) : '999999',
    secrets: [fake.apiKey, 'wrong-token', 'ben-secret', 'wrong-secret'],
    close: async () => {
      expect(fake.violations).toEqual([]);
      await fake.close();
    },
  };
};

mediaServerContract('Jellyfin 12, by an API key,', () => makeHouse('jellyfin', '12.0.0', false));
mediaServerContract('Jellyfin 10.9, by a password,', () => makeHouse('jellyfin', '10.9.11', true));
mediaServerContract('Emby 4.8, by an API key,', () => makeHouse('emby', '4.8.11.0', false));
mediaServerContract('Emby 4.9, by a password,', () => makeHouse('emby', '4.9.1.90', true));
