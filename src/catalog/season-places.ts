import { type SqlBool, sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Batch } from './ingest-batch.ts';
import { type SeasonPlaces, seasonKey } from './ingest-known.ts';
import { type ItemRecord, readItem } from './items-repository.ts';

/**
 * The episode at a place of a series: the one with that number, else the double episode that holds it. A season is gone
 * through once, when something is not found.
 */
export const episodeAt = async (
  { known }: Batch,
  tx: Transaction,
  seriesId: MediaItemId,
  season: number,
  number: number,
): Promise<ItemRecord | undefined> => {
  const key = seasonKey(seriesId, season);
  if (!known.places.has(key)) {
    const [exact] = await numbered(tx, { seriesId, season, number });
    if (exact) return exact;
  }
  const places = known.places.get(key) ?? (await readPlaces(tx, seriesId, season));
  known.places.set(key, places);
  const id = heldBy(places, number);
  return id === undefined ? undefined : readItem(tx, id);
};

/** Notes an episode that was just made. */
export const noteEpisode = (
  { known }: Batch,
  seriesId: MediaItemId,
  season: number,
  { id, first, last }: { id: MediaItemId; first: number | null; last: number | null },
): void => {
  if (first === null) known.unnumbered.set(seriesId, true);
  else addPlace(known.places.get(seasonKey(seriesId, season)), id, first, last);
};

/** Whether a series may have episodes without a number; where not, nothing need be looked for by day or absolute number. */
export const mayHaveUnnumbered = async ({ known }: Batch, tx: Transaction, seriesId: MediaItemId): Promise<boolean> => {
  const before = known.unnumbered.get(seriesId);
  if (before !== undefined) return before;
  const may = (await oneUnnumbered(tx, { seriesId })).length > 0;
  known.unnumbered.set(seriesId, may);
  return may;
};

const isEpisode = sql<SqlBool>`kind = 'episode'`;

const numbered = prepare<{ seriesId: MediaItemId; season: number; number: number }>()((db, value) =>
  db
    .selectFrom('media_items')
    .selectAll()
    .where('root_id', '=', value('seriesId'))
    .where('season_number', '=', value('season'))
    .where('episode_number', '=', value('number'))
    .where(isEpisode),
);

const allNumbered = prepare<{ seriesId: MediaItemId; season: number }>()((db, value) =>
  db
    .selectFrom('media_items')
    .select(['id', 'episode_number', 'episode_number_end'])
    .where('root_id', '=', value('seriesId'))
    .where('season_number', '=', value('season'))
    .where('episode_number', 'is not', null)
    .where(isEpisode),
);

const oneUnnumbered = prepare<{ seriesId: MediaItemId }>()((db, value) =>
  db
    .selectFrom('media_items')
    .select('id')
    .where('root_id', '=', value('seriesId'))
    .where('episode_number', 'is', null)
    .where(isEpisode)
    .limit(1),
);

const readPlaces = async (db: Reader, seriesId: MediaItemId, season: number): Promise<SeasonPlaces> => {
  const places: SeasonPlaces = { numbers: new Map(), doubles: [] };
  for (const row of await allNumbered(db, { seriesId, season })) {
    if (row.episode_number !== null) addPlace(places, row.id, row.episode_number, row.episode_number_end);
  }
  return places;
};

const addPlace = (places: SeasonPlaces | undefined, id: MediaItemId, first: number, last: number | null): void => {
  places?.numbers.set(first, id);
  if (last !== null) places?.doubles.push({ first, last, id });
};

/** Of several double episodes that hold a number, the one that begins last. */
const heldBy = ({ numbers, doubles }: SeasonPlaces, number: number): MediaItemId | undefined =>
  numbers.get(number) ??
  doubles
    .filter(({ first, last }) => first <= number && number <= last)
    .reduce<SeasonPlaces['doubles'][number] | undefined>(
      (latest, double) => (latest && latest.first > double.first ? latest : double),
      undefined,
    )?.id;
