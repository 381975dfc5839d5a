import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind, MediaKind } from '#kernel/media.ts';
import { addAttachments } from './attachments.ts';
import type { Mode } from './changes.ts';
import { keepCollection } from './collections.ts';
import { takeEpisode } from './episodes.ts';
import type { Facts, Told } from './facts.ts';
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
import { type Batch, createBatches, readParent, revive } from './ingest-batch.ts';
import type { IngestContext } from './ingest-context.ts';
import { forgetPresence } from './ingest-known.ts';
import { type Expected, findByIds, findByTitle, lookAhead } from './ingest-lookup.ts';
import { type ItemRecord, insertItem, readItem } from './items-repository.ts';
import { defaultLibrary } from './libraries-repository.ts';
import { decide } from './match.ts';
import { trackPlace } from './match-query.ts';
import { commonOf } from './new-item.ts';
import { applyFacts, keepFound } from './refresh.ts';
import { retireItems } from './retire.ts';
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
   * Makes an item whatever is there already: a person said that it is another work. External ids that another item has
   * stay with that one.
   */
  make(
    tx: Transaction,
    kind: 'movie' | 'series' | 'artist' | 'album' | 'track',
    parentId: MediaItemId,
    told: Told,
  ): Promise<MediaItemId>;
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
  /**
   * Has all that `work` does with this unit of work's transaction be one batch: the result is the same, but what it asks,
   * writes, and tells the observer is put together. What hangs on new items may be
   * written only when it ends, so a unit of work in which it throws is to be given up.
   * @param expected what `work` will take in, to be looked for at once; what is not among it is looked for by itself
   */
  batch<T>(tx: Transaction, expected: readonly Expected[], work: () => Promise<T>): Promise<T>;
}

/** @throws AppError `not_found` by all that take a parent, when it is none of the right kind */
export const createIngest = (context: IngestContext): Ingest => {
  const { join, open } = createBatches(context);
  const byTitle =
    (kind: MediaKind, parentKind: 'library' | 'artist' | 'album') =>
    (tx: Transaction, parentId: MediaItemId, told: Told): Promise<Taken> =>
      join(tx, (batch) => takeByTitle(batch, tx, kind, parentKind, parentId, told));
  return {
    library: (tx, kind) => join(tx, (batch) => libraryOf(batch, tx, kind)),
    movie: byTitle('movie', 'library'),
    series: byTitle('series', 'library'),
    artist: byTitle('artist', 'library'),
    album: byTitle('album', 'artist'),
    track: byTitle('track', 'album'),
    season: (tx, seriesId, season) => join(tx, (batch) => takeSeason(batch, tx, seriesId, season)),
    episode: (tx, seriesId, episode) =>
      join(tx, async (batch) =>
        takeEpisode(batch, tx, await parentOf(batch, tx, seriesId, 'series'), batch.factsOf(episode)),
      ),
    make: (tx, kind, parentId, told) => join(tx, (batch) => make(batch, tx, kind, parentId, told)),
    refresh: (tx, itemId, told) => join(tx, (batch) => applyTo(batch, tx, itemId, batch.factsOf(told), 'update')),
    fill: (tx, itemId, told) => join(tx, (batch) => applyTo(batch, tx, itemId, batch.factsOf(told), 'fill')),
    retire: (tx, ids, at) =>
      join(tx, async (batch) => {
        await retireItems(batch, tx, ids, at);
        forgetPresence(batch.known);
      }),
    revive: (tx, ids) => join(tx, (batch) => revive(batch, tx, ids)),
    batch: (tx, expected, work) =>
      open(tx, async (batch) => {
        await lookAhead(batch, tx, expected);
        return work();
      }),
  };
};

const libraryOf = async ({ known, clock }: Batch, tx: Transaction, kind: LibraryKind): Promise<MediaItemId> => {
  const id = known.libraries.get(kind) ?? (await defaultLibrary(tx, kind, clock.now()));
  known.libraries.set(kind, id);
  return id;
};

const takeSeason = async (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  season: IncomingSeason,
): Promise<MediaItemId> => {
  const series = await parentOf(batch, tx, seriesId, 'series');
  const facts = batch.factsOf(season);
  const id = await keepSeason(batch, tx, series, facts.season_number ?? 0);
  await applyTo(batch, tx, id, facts, 'fill');
  return id;
};

const make = async (
  batch: Batch,
  tx: Transaction,
  kind: MediaKind,
  parentId: MediaItemId,
  told: Told,
): Promise<MediaItemId> => {
  const parent = await parentOf(
    batch,
    tx,
    parentId,
    kind === 'album' ? 'artist' : kind === 'track' ? 'album' : 'library',
  );
  const facts = batch.factsOf(told);
  if (facts.title === '') throw invalid('An item needs a title.');
  return create(batch, tx, kind, parent, facts);
};

/** A movie, series or artist by its title in the whole catalog; an album or track by its title below its parent. */
const takeByTitle = async (
  batch: Batch,
  tx: Transaction,
  kind: MediaKind,
  parentKind: 'library' | 'artist' | 'album',
  parentId: MediaItemId,
  told: Told,
): Promise<Taken> => {
  const parent = await parentOf(batch, tx, parentId, parentKind);
  const facts = batch.factsOf(told);
  if (facts.title === '') return { outcome: 'ambiguous', candidates: [], reason: 'It has no title.' };
  const verdict = decide(
    {
      ids: facts.ids,
      distinct: kind === 'track' ? trackPlace(facts.disc_number, facts.track_number) : (facts.year ?? null),
    },
    await findByIds(batch, tx, kind, facts),
    await findByTitle(batch, tx, kind, facts, parentKind === 'library' ? null : parentId),
  );
  if (verdict.outcome === 'ambiguous') return verdict;
  if (verdict.outcome === 'none') return { outcome: 'created', itemId: await create(batch, tx, kind, parent, facts) };
  const item = await readItem(tx, verdict.itemId);
  if (item) await keepFound(batch, tx, item, facts);
  return verdict;
};

const create = async (
  batch: Batch,
  tx: Transaction,
  kind: MediaKind,
  parent: ItemRecord,
  facts: Facts,
): Promise<MediaItemId> => {
  const now = batch.clock.now();
  const below = parent.kind !== 'library';
  const parentId = below ? parent.id : null;
  if (below && parent.removed_at !== null) await revive(batch, tx, [parent.id]);
  const id = await insertItem(tx, {
    kind,
    library_id: parent.library_id,
    parent_id: parentId,
    root_id: below ? (parent.root_id ?? parent.id) : null,
    title: facts.title,
    ...(facts.sort_title === undefined ? {} : { sort_title: facts.sort_title }),
    ...commonOf(facts),
    ...(kind === 'track' ? { disc_number: facts.disc_number ?? null, track_number: facts.track_number ?? null } : {}),
    added_at: Math.min(facts.added_at ?? now, now),
    updated_at: now,
  });
  await addAttachments(batch, tx, { id, kind, parentId }, facts);
  await keepCollection(batch, tx, { id, kind, library_id: parent.library_id }, facts, 'fill');
  return id;
};

const applyTo = async (batch: Batch, tx: Transaction, id: MediaItemId, facts: Facts, mode: Mode): Promise<void> => {
  const item = await readItem(tx, id);
  if (!item) throw notFound('This item');
  await applyFacts(batch, tx, item, facts, mode);
};

const parentOf = async (batch: Batch, tx: Transaction, id: MediaItemId, kind: MediaKind): Promise<ItemRecord> => {
  const parent = await readParent(batch, tx, id);
  if (parent?.kind !== kind) throw notFound(`The ${kind} into which this was to go`);
  return parent;
};
