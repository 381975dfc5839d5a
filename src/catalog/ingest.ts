import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import { addAttachments } from './attachments.ts';
import type { Mode } from './changes.ts';
import { keepCollection } from './collections.ts';
import { insertDetails } from './details-repository.ts';
import { takeEpisode } from './episodes.ts';
import { type Facts, factsOf, type Told } from './facts.ts';
import type {
  IncomingAlbum,
  IncomingArtist,
  IncomingEpisode,
  IncomingMovie,
  IncomingSeason,
  IncomingSeries,
  IncomingTrack,
  Taken,
} from './incoming.ts';
import type { IngestContext } from './ingest-context.ts';
import { type ItemRecord, insertItem, lockCatalog, readItem } from './items-repository.ts';
import { defaultLibrary } from './libraries-repository.ts';
import { decide } from './match.ts';
import { candidatesByIds, candidatesByTitle, trackPlace } from './match-query.ts';
import { commonOf } from './new-item.ts';
import { applyFacts, keepFound } from './refresh.ts';
import { retireItems, reviveItems } from './retire.ts';
import { keepSeason } from './seasons.ts';

/**
 * How what sources tell comes into the catalog. An item that is found keeps what it has and gets what it lacked; one that
 * was retired comes back. Each call is one step of the caller's unit of work; the caller decides how many share one.
 */
export interface Ingest {
  /** The library into which items of a kind go by default; made when there is none. */
  library(tx: Transaction, kind: LibraryKind): Promise<MediaItemId>;
  movie(tx: Transaction, libraryId: MediaItemId, movie: IncomingMovie): Promise<Taken>;
  series(tx: Transaction, libraryId: MediaItemId, series: IncomingSeries): Promise<Taken>;
  /** Finds or makes a season by its number. */
  season(tx: Transaction, seriesId: MediaItemId, season: IncomingSeason): Promise<MediaItemId>;
  episode(tx: Transaction, seriesId: MediaItemId, episode: IncomingEpisode): Promise<Taken>;
  artist(tx: Transaction, libraryId: MediaItemId, artist: IncomingArtist): Promise<Taken>;
  album(tx: Transaction, artistId: MediaItemId, album: IncomingAlbum): Promise<Taken>;
  track(tx: Transaction, albumId: MediaItemId, track: IncomingTrack): Promise<Taken>;
  /**
   * Brings a known item up to what its source tells now: fills what is empty, changes what differs, takes nothing away.
   * Told the same again it writes nothing.
   * @throws AppError `not_found`
   */
  refresh(tx: Transaction, itemId: MediaItemId, told: Told): Promise<void>;
  /**
   * Fills what is empty of a known item; what is there stays.
   * @throws AppError `not_found`
   */
  fill(tx: Transaction, itemId: MediaItemId, told: Told): Promise<void>;
  /** Retires items with all below them, and their parents where nothing is left below those. */
  retire(tx: Transaction, ids: readonly MediaItemId[], at: Instant): Promise<void>;
  /** Brings retired items back, with their parents and with what was retired below them at the same instant. */
  revive(tx: Transaction, ids: readonly MediaItemId[]): Promise<void>;
}

/** @throws AppError `not_found` by all that take a parent, when it is none of the right kind */
export const createIngest = (context: IngestContext): Ingest => ({
  library: async (tx, kind) => {
    await lockCatalog(tx);
    return defaultLibrary(tx, kind, context.clock.now());
  },
  movie: (tx, libraryId, movie) => takeByTitle(context, tx, 'movie', 'library', libraryId, movie),
  series: (tx, libraryId, series) => takeByTitle(context, tx, 'series', 'library', libraryId, series),
  artist: (tx, libraryId, artist) => takeByTitle(context, tx, 'artist', 'library', libraryId, artist),
  album: (tx, artistId, album) => takeByTitle(context, tx, 'album', 'artist', artistId, album),
  track: (tx, albumId, track) => takeByTitle(context, tx, 'track', 'album', albumId, track),
  season: async (tx, seriesId, season) => {
    await lockCatalog(tx);
    const series = await parentOf(tx, seriesId, 'series');
    const facts = factsOf(season);
    const id = await keepSeason(context, tx, series, facts.season_number ?? 0);
    await applyTo(context, tx, id, facts, 'fill');
    return id;
  },
  episode: async (tx, seriesId, episode) => {
    await lockCatalog(tx);
    return takeEpisode(context, tx, await parentOf(tx, seriesId, 'series'), factsOf(episode));
  },
  refresh: async (tx, itemId, told) => {
    await lockCatalog(tx);
    await applyTo(context, tx, itemId, factsOf(told), 'update');
  },
  fill: async (tx, itemId, told) => {
    await lockCatalog(tx);
    await applyTo(context, tx, itemId, factsOf(told), 'fill');
  },
  retire: async (tx, ids, at) => {
    await lockCatalog(tx);
    await retireItems(context, tx, ids, at);
  },
  revive: async (tx, ids) => {
    await lockCatalog(tx);
    await reviveItems(context, tx, ids);
  },
});

/** A movie, series or artist by its title in the whole catalog; an album or track by its title below its parent. */
const takeByTitle = async (
  context: IngestContext,
  tx: Transaction,
  kind: MediaKind,
  parentKind: 'library' | 'artist' | 'album',
  parentId: MediaItemId,
  told: Told,
): Promise<Taken> => {
  await lockCatalog(tx);
  const parent = await parentOf(tx, parentId, parentKind);
  const facts = factsOf(told);
  if (facts.title === '') return { outcome: 'ambiguous', candidates: [], reason: 'It has no title.' };
  const verdict = decide(
    {
      ids: facts.ids,
      distinct: kind === 'track' ? trackPlace(facts.disc_number, facts.track_number) : (facts.year ?? null),
    },
    await candidatesByIds(tx, kind, facts.ids),
    await candidatesByTitle(tx, kind, facts.title_key, parentKind === 'library' ? null : parentId),
  );
  if (verdict.outcome === 'ambiguous') return verdict;
  if (verdict.outcome === 'none') return { outcome: 'created', itemId: await create(context, tx, kind, parent, facts) };
  const item = await readItem(tx, verdict.itemId);
  if (item) await keepFound(context, tx, item, facts);
  return verdict;
};

const create = async (
  context: IngestContext,
  tx: Transaction,
  kind: MediaKind,
  parent: ItemRecord,
  facts: Facts,
): Promise<MediaItemId> => {
  const now = context.clock.now();
  const below = parent.kind !== 'library';
  if (below && parent.removed_at !== null) await reviveItems(context, tx, [parent.id]);
  const id = await insertItem(tx, {
    kind,
    library_id: parent.library_id,
    parent_id: below ? parent.id : null,
    root_id: below ? (parent.root_id ?? parent.id) : null,
    title: facts.title,
    ...(facts.sort_title === undefined ? {} : { sort_title: facts.sort_title }),
    ...commonOf(facts),
    ...(kind === 'track' ? { disc_number: facts.disc_number ?? null, track_number: facts.track_number ?? null } : {}),
    added_at: Math.min(facts.added_at ?? now, now),
    updated_at: now,
  });
  await insertDetails(tx, { id, kind }, facts);
  await addAttachments(tx, { id, kind }, facts);
  await keepCollection(context, tx, { id, kind, library_id: parent.library_id }, facts, 'fill');
  return id;
};

const applyTo = async (
  context: IngestContext,
  tx: Transaction,
  id: MediaItemId,
  facts: Facts,
  mode: Mode,
): Promise<void> => {
  const item = await readItem(tx, id);
  if (!item) throw notFound('This item');
  await applyFacts(context, tx, item, facts, mode);
};

const parentOf = async (tx: Transaction, id: MediaItemId, kind: MediaKind): Promise<ItemRecord> => {
  const parent = await readItem(tx, id);
  if (parent?.kind !== kind) throw notFound(`The ${kind} into which this was to go`);
  return parent;
};
