import { manualClock } from '#kernel/clock.ts';
import type { Connection, Connector } from '#sync/media-server.ts';
import { createSubsonicConnector } from '../../../src/connectors/subsonic/connector.ts';
import type { House } from '../../contract/media-server.ts';
import type { FakeSubsonic } from './fake.ts';

/** A connector whose waits take no time. */
export const hastyConnector = (timeLimitMs = 10_000): Connector =>
  createSubsonicConnector({
    clock: manualClock(Date.UTC(2026, 10, 21, 10)),
    limits: { timeLimitMs, bodyLimit: 2_000_000 },
    patience: { wait: async () => {} },
  });

export const connectionTo = (address: string, other: Partial<Connection> = {}): Connection => ({
  address,
  userName: 'admin',
  password: 'admin-pw',
  token: null,
  timeZone: null,
  installation: '00000000-0000-4000-8000-000000000000',
  ...other,
});

/** The fake as the contract wants it, seen by its administrator. */
export const houseOf = (fake: FakeSubsonic): House => {
  const connector = hastyConnector();
  const song = (remoteId: string) => remoteId.replace('track:', '');
  const call = async (method: string, query: Record<string, string>) => void fake.as('admin', method, query);
  return {
    connect: (other) => connector.connect(connectionTo(fake.address, other)),
    wrong: { password: 'wrong-pw' },
    account: { remoteId: 'admin', secret: null },
    shelf: {
      artist: ['artist:ar-1', 'artist:ar-2'],
      album: ['album:al-1', 'album:al-2', 'album:al-3'],
      track: ['track:so-1', 'track:so-2', 'track:so-3', 'track:so-4', 'track:so-5'],
    },
    hand: {
      watch: (id, at) => call('scrobble', { id: song(id), time: String(at) }),
      stopAt: (id, position) => call('createBookmark', { id: song(id), position: String(position) }),
      rate: (id, rating) => call('setRating', { id: song(id), rating: String((rating ?? 0) / 2) }),
      favourite: (id, value) => call(value ? 'star' : 'unstar', { id: song(id) }),
      play: async (id) => {
        await call('scrobble', { id: song(id), submission: 'false' });
        return async () => void fake.states.get('admin')?.playing.clear();
      },
      remove: async (id) => {
        fake.shelf.songs = fake.shelf.songs.filter((one) => one.id !== song(id));
      },
    },
    unknown: 'track:so-999',
    secrets: ['admin-pw', 'wrong-pw', Buffer.from('admin-pw').toString('hex')],
    close: () => fake.close(),
  };
};
