import type { Transaction } from '#database/database.ts';
import { DAY, type Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { addAttachments } from './attachments.ts';
import { isFree } from './episode-place.ts';
import { episodeTitle, type Facts } from './facts.ts';
import type { Taken } from './incoming.ts';
import type { Batch } from './ingest-batch.ts';
import { findByIds } from './ingest-lookup.ts';
import { type ItemRecord, insertItem, readItem } from './items-repository.ts';
import { commonOf } from './new-item.ts';
import { keepFound } from './refresh.ts';
import { episodeAt, mayHaveUnnumbered, noteEpisode } from './season-places.ts';
import { keepSeason } from './seasons.ts';

type Found = { item: ItemRecord; how: 'external_id' | 'title' };
type Ambiguous = Extract<Taken, { outcome: 'ambiguous' }>;

/**
 * Takes an episode: found by season and number, else by the day it was shown, else by its absolute number, else by an
 * external id. Two different known numbers are two episodes, except where an external id says that it was renumbered.
 */
export const takeEpisode = async (batch: Batch, tx: Transaction, series: ItemRecord, facts: Facts): Promise<Taken> => {
  const known = await find(batch, tx, series.id, facts);
  if (known && 'outcome' in known) return known;
  if (known) {
    await keepFound(batch, tx, known.item, facts);
    return { outcome: known.how, itemId: known.item.id };
  }
  if (facts.season_number === undefined) return ambiguous([], 'Its season is not told.');
  const itemId = await create(batch, tx, series, facts, facts.season_number);
  await batch.observer.leavesChanged(tx, [series.id]);
  return { outcome: 'created', itemId };
};

const find = async (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  facts: Facts,
): Promise<Found | Ambiguous | undefined> =>
  (await byNumber(batch, tx, seriesId, facts)) ??
  (await byPlaceInTime(batch, tx, seriesId, facts)) ??
  (await byExternalId(batch, tx, seriesId, facts));

const byNumber = async (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  facts: Facts,
): Promise<Found | undefined> => {
  if (facts.season_number === undefined || facts.episode_number === undefined) return undefined;
  const item = await episodeAt(batch, tx, seriesId, facts.season_number, facts.episode_number);
  return item && { item, how: 'title' };
};

/** By the day, then by the absolute number, among those whose number does not say otherwise. */
const byPlaceInTime = async (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  facts: Facts,
): Promise<Found | Ambiguous | undefined> => {
  if (facts.released_at === undefined && facts.absolute_number === undefined) return undefined;
  if (facts.episode_number !== undefined && !(await mayHaveUnnumbered(batch, tx, seriesId))) return undefined;
  if (facts.released_at !== undefined) {
    const day = Math.floor(facts.released_at / DAY) * DAY;
    const shown = oneOf(await episodesOn(tx, seriesId, day, facts), facts, 'Several episodes were shown on this day.');
    if (shown) return shown;
  }
  if (facts.absolute_number === undefined) return undefined;
  const numbered = await unplaced(tx, seriesId, facts).where('absolute_number', '=', facts.absolute_number).execute();
  return oneOf(numbered, facts, 'Several episodes have this absolute number.');
};

const byExternalId = async (
  batch: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  facts: Facts,
): Promise<Found | Ambiguous | undefined> => {
  const named = await findByIds(batch, tx, 'episode', facts);
  const [first] = named;
  if (first === undefined) return undefined;
  const item = await readItem(tx, first.id);
  const all = named.map(({ id }) => id);
  if (named.length > 1) return { ...ambiguous(all, 'Its external ids name different episodes.'), conflict: true };
  return item?.root_id === seriesId
    ? { item, how: 'external_id' }
    : { ...ambiguous(all, 'Its external id names an episode of another series.'), conflict: true };
};

/** Episodes of a series of which the number is not known, or all when it is not told. */
const unplaced = (tx: Transaction, seriesId: MediaItemId, facts: Facts) =>
  tx
    .selectFrom('media_items')
    .selectAll()
    .where('root_id', '=', seriesId)
    .where('kind', '=', 'episode')
    .$if(facts.episode_number !== undefined, (query) => query.where('episode_number', 'is', null))
    .orderBy('id')
    .limit(MOST_CANDIDATES);

const MOST_CANDIDATES = 20;

const episodesOn = (tx: Transaction, seriesId: MediaItemId, day: Instant, facts: Facts): Promise<ItemRecord[]> =>
  unplaced(tx, seriesId, facts)
    .where('released_at', '>=', day)
    .where('released_at', '<', day + DAY)
    .execute();

const oneOf = (items: ItemRecord[], facts: Facts, reason: string): Found | Ambiguous | undefined => {
  const titled = items.filter((item) => facts.title_key !== '' && item.title_key === facts.title_key);
  const [only, second] = titled.length === 1 ? titled : items;
  if (only === undefined) return undefined;
  if (second === undefined) return { item: only, how: 'title' };
  return ambiguous(
    items.map(({ id }) => id),
    reason,
  );
};

const ambiguous = (candidates: MediaItemId[], reason: string): Ambiguous => ({
  outcome: 'ambiguous',
  candidates,
  reason,
});

const create = async (
  batch: Batch,
  tx: Transaction,
  series: ItemRecord,
  facts: Facts,
  season: number,
): Promise<MediaItemId> => {
  const now = batch.clock.now();
  const parentId = await keepSeason(batch, tx, series, season);
  const first = facts.episode_number ?? null;
  const last = await freeEnd(tx, series.id, facts, season);
  const id = await insertItem(tx, {
    kind: 'episode',
    library_id: series.library_id,
    parent_id: parentId,
    root_id: series.id,
    title: facts.title === '' ? episodeTitle(facts) : facts.title,
    ...(facts.sort_title === undefined ? {} : { sort_title: facts.sort_title }),
    ...commonOf(facts),
    season_number: season,
    episode_number: first,
    episode_number_end: last,
    absolute_number: facts.absolute_number ?? null,
    added_at: Math.min(facts.added_at ?? now, now),
    updated_at: now,
  });
  noteEpisode(batch, series.id, season, { id, first, last });
  await addAttachments(batch, tx, { id, kind: 'episode', parentId }, facts);
  return id;
};

/** Where single episodes of a double one are known, it starts at the first and the others stay by themselves. */
const freeEnd = async (
  tx: Transaction,
  seriesId: MediaItemId,
  facts: Facts,
  season: number,
): Promise<number | null> => {
  const { episode_number: first, episode_number_end: last } = facts;
  if (first === undefined || last === undefined) return null;
  return (await isFree(tx, seriesId, season, first, last)) ? last : null;
};
