import { createHash } from 'node:crypto';
import type { Taken } from '#catalog/incoming.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { RemoteItem } from './media-server.ts';
import type { Run } from './run.ts';

/** Where an entry of a server stands among our items. */
export interface Placed {
  itemId: MediaItemId | null;
  match: ClientItemsTable['match'];
  /** JSON, see {@link doubtOf}; null where there is none. */
  doubt: string | null;
}

/** Why an entry could not be matched, and what it may be. */
export interface Doubt {
  reason: string;
  candidates: MediaItemId[];
}

/** Finds or makes the item that an entry is a copy of. What is in doubt stays without an item. */
export const place = async (tx: Transaction, ingest: Ingest, run: Run, told: RemoteItem): Promise<Placed> => {
  const taken = await take(tx, ingest, run, told);
  if (taken.outcome !== 'ambiguous') return { itemId: taken.itemId, match: taken.outcome, doubt: null };
  const { reason, candidates } = taken;
  return { itemId: null, match: 'ambiguous', doubt: JSON.stringify({ reason, candidates } satisfies Doubt) };
};

/** A short name of all that is told of the work; the state is not part of it. */
export const digestOf = (told: RemoteItem): string => {
  const parent = 'parentRemoteId' in told ? told.parentRemoteId : null;
  return createHash('sha256')
    .update(JSON.stringify([told.kind, parent, told.path, told.facts]))
    .digest('base64url')
    .slice(0, 22);
};

/** The item that an entry hangs from; undefined where it hangs from a library, or from what has no item. */
export const parentOf = (run: Run, told: RemoteItem): MediaItemId | undefined =>
  'parentRemoteId' in told ? run.placed.get(told.parentRemoteId) : undefined;

const take = async (tx: Transaction, ingest: Ingest, run: Run, told: RemoteItem): Promise<Taken> => {
  const parent = parentOf(run, told);
  switch (told.kind) {
    case 'movie':
      return ingest.movie(tx, await library(tx, ingest, run, 'movies'), told.facts);
    case 'series':
      return ingest.series(tx, await library(tx, ingest, run, 'series'), told.facts);
    case 'artist':
      return ingest.artist(tx, await library(tx, ingest, run, 'music'), told.facts);
  }
  if (parent === undefined) return orphan(told.kind);
  switch (told.kind) {
    case 'season':
      return { outcome: 'title', itemId: await ingest.season(tx, parent, told.facts) };
    case 'episode':
      return ingest.episode(tx, parent, told.facts);
    case 'album':
      return ingest.album(tx, parent, told.facts);
    case 'track':
      return ingest.track(tx, parent, told.facts);
  }
};

/** A library that the server did not announce is found or made all the same. */
const library = async (tx: Transaction, ingest: Ingest, run: Run, kind: 'movies' | 'series' | 'music') =>
  run.libraries.get(kind) ?? ingest.library(tx, kind);

const ABOVE = { season: 'series', episode: 'series', album: 'artist', track: 'album' } as const;

const orphan = (kind: keyof typeof ABOVE): Taken => ({
  outcome: 'ambiguous',
  candidates: [],
  reason: `Its ${ABOVE[kind]} is not matched.`,
});
