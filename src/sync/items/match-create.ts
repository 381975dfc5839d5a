import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import { conflict } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { readDoubt } from './doubt.ts';
import type { WorkbenchCopy } from './match-query.ts';

/**
 * Makes an item for an entry that is none of ours, with as much as is kept of it; the next run fills in the rest.
 * @throws AppError `conflict` where its place is not known, or is taken
 */
export const createFor = async (tx: Transaction, ingest: Ingest, copy: WorkbenchCopy): Promise<MediaItemId> => {
  const facts = readDoubt(copy.doubt)?.facts;
  const told = {
    title: copy.title,
    externalIds: facts?.externalIds ?? [],
    ...(copy.year === null ? {} : { year: copy.year }),
    ...(facts?.originalTitle === undefined ? {} : { originalTitle: facts.originalTitle }),
    ...(facts?.runtimeMs == null ? {} : { runtimeMs: facts.runtimeMs }),
    ...(facts?.discNumber == null ? {} : { discNumber: facts.discNumber }),
    ...(facts?.trackNumber == null ? {} : { trackNumber: facts.trackNumber }),
  };
  switch (copy.kind) {
    case 'movie':
      return ingest.make(tx, 'movie', await ingest.library(tx, 'movies'), told);
    case 'series':
      return ingest.make(tx, 'series', await ingest.library(tx, 'series'), told);
    case 'artist':
      return ingest.make(tx, 'artist', await ingest.library(tx, 'music'), told);
  }
  const parentId = facts?.parentId;
  if (parentId === undefined) throw conflict('It is not known what this hangs from; decide on that first.');
  switch (copy.kind) {
    case 'album':
    case 'track':
      return ingest.make(tx, copy.kind, parentId, told);
    case 'episode':
      return newEpisode(tx, ingest, parentId, { ...told, ...numbersOf(facts) });
    default:
      throw conflict(`A ${copy.kind} cannot be made by itself.`);
  }
};

const numbersOf = (facts: NonNullable<ReturnType<typeof readDoubt>>['facts']) => ({
  seasonNumber: facts?.seasonNumber ?? 0,
  ...(facts?.episodeNumber == null ? {} : { episodeNumber: facts.episodeNumber }),
});

/** A number of a season is one episode's: what has it already cannot be made again. */
const newEpisode = async (
  tx: Transaction,
  ingest: Ingest,
  seriesId: MediaItemId,
  told: Parameters<Ingest['episode']>[2],
): Promise<MediaItemId> => {
  const taken = await ingest.episode(tx, seriesId, { ...told, externalIds: [] });
  if (taken.outcome === 'created') return taken.itemId;
  throw conflict('Its series has an episode in this place already; choose that one, or correct its number first.');
};
