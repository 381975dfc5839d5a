import { MINUTE } from '#kernel/clock.ts';
import type { Traits } from '../support/media-server.ts';
import type { Random } from './random.ts';

/** The five kinds of server, with the habits that make keeping them in agreement hard. */
const vendors: readonly Partial<Traits>[] = [
  {
    kind: 'jellyfin',
    clearsPositionWhenPlayed: true,
    clearsDateWhenUnwatched: true,
    tellsChanges: true,
    ratingStep: 0.1,
  },
  { kind: 'emby', clearsPositionWhenPlayed: true, ratingStep: 0.1 },
  {
    kind: 'plex',
    forgetsDates: true,
    countsMarks: true,
    clearsDateWhenUnwatched: true,
    noFavourites: true,
    ratingStep: 1,
    logsPlays: true,
    tellsChanges: true,
  },
  { kind: 'kodi', accounts: 'single', floorsPositionsTo: 1000, noFavourites: true, ratingStep: 1 },
  {
    kind: 'subsonic',
    cannotUnwatch: true,
    countsMarks: true,
    floorsPositionsTo: 1000,
    ratingStep: 2,
    kinds: ['artist', 'album', 'track'],
  },
];

/** The most that a server's clock is off. */
export const SKEW = 3 * MINUTE;

export const someVendor = (random: Random): Partial<Traits> => ({
  ...random.pick(vendors),
  clockSkewMs: random.chance(0.4) ? random.between(-SKEW, SKEW) : 0,
  pageSize: random.pick([2, 5, 100]),
});
