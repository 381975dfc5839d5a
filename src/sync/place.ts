import { hash } from 'node:crypto';
import type { Taken } from '#catalog/incoming.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { doubtOf, writeDoubt } from './items/doubt.ts';
import { type PlacedEpisode, placeEpisode } from './items/episodes.ts';
import type { RemoteItem } from './media-server.ts';
import type { Run } from './run.ts';

/** Where an entry of a server stands among our items. */
export interface Placed {
  itemId: MediaItemId | null;
  /** Further items, of a double episode. */
  further: MediaItemId[];
  match: ClientItemsTable['match'];
  /** JSON, see `items/doubt.ts`; null where there is none. */
  doubt: string | null;
}

/** Finds or makes the item that an entry is a copy of. What is in doubt stays without an item. */
export const place = async (tx: Transaction, ingest: Ingest, run: Run, told: RemoteItem): Promise<Placed> => {
  const { taken, further } = await take(tx, ingest, run, told);
  if (taken.outcome !== 'ambiguous') return { itemId: taken.itemId, further, match: taken.outcome, doubt: null };
  const doubt = writeDoubt(doubtOf(taken, told, parentOf(run, told)));
  return { itemId: null, further: [], match: 'ambiguous', doubt };
};

/** A short name of all that is told of the work; the state is not part of it. */
export const digestOf = (told: RemoteItem): string => {
  const parent = 'parentRemoteId' in told ? told.parentRemoteId : null;
  return hash('sha256', JSON.stringify([told.kind, parent, told.path, told.facts]), 'base64url').slice(0, 22);
};

/** The item that an entry hangs from; undefined where it hangs from a library, or from what has no item. */
export const parentOf = (run: Run, told: RemoteItem): MediaItemId | undefined =>
  'parentRemoteId' in told ? run.placed.get(told.parentRemoteId) : undefined;

const take = async (tx: Transaction, ingest: Ingest, run: Run, told: RemoteItem): Promise<PlacedEpisode> => {
  const parent = parentOf(run, told);
  const only = async (taken: Promise<Taken>): Promise<PlacedEpisode> => ({ taken: await taken, further: [] });
  switch (told.kind) {
    case 'movie':
      return only(ingest.movie(tx, await run.libraries.libraryFor(tx, 'movies', told.libraryRemoteId), told.facts));
    case 'series':
      return only(ingest.series(tx, await run.libraries.libraryFor(tx, 'series', told.libraryRemoteId), told.facts));
    case 'artist':
      return only(ingest.artist(tx, await run.libraries.libraryFor(tx, 'music', told.libraryRemoteId), told.facts));
  }
  if (parent === undefined) return { taken: orphan(told.kind), further: [] };
  switch (told.kind) {
    case 'season':
      return { taken: { outcome: 'title', itemId: await ingest.season(tx, parent, told.facts) }, further: [] };
    case 'episode':
      return placeEpisode(tx, ingest, parent, told.facts);
    case 'album':
      return only(ingest.album(tx, parent, told.facts));
    case 'track':
      return only(ingest.track(tx, parent, told.facts));
  }
};

const ABOVE = { season: 'series', episode: 'series', album: 'artist', track: 'album' } as const;

const orphan = (kind: keyof typeof ABOVE): Taken => ({
  outcome: 'ambiguous',
  candidates: [],
  reason: `Its ${ABOVE[kind]} is not matched.`,
});
