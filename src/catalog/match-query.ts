import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { ExternalId } from './incoming.ts';
import type { Candidate } from './match.ts';

/** More items of one title than this tell nothing more: it is ambiguous anyway. */
const MOST_CANDIDATES = 100;

/** The items of a kind that have one of these external ids, retired ones too. */
export const candidatesByIds = async (
  db: Reader,
  kind: MediaKind,
  ids: readonly ExternalId[],
): Promise<Candidate[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('external_ids as x')
    .innerJoin('media_items as i', 'i.id', 'x.item_id')
    .select(columns)
    .distinct()
    .where('x.kind', '=', kind)
    .where((is) => is.or(ids.map(({ provider, value }) => is.and({ 'x.provider': provider, 'x.value': value }))))
    .execute();
  return withIds(db, rows);
};

/** The items of a kind, and below a parent where one is given, that have this folded title; retired ones too. */
export const candidatesByTitle = async (
  db: Reader,
  kind: MediaKind,
  titleKey: string,
  parentId: MediaItemId | null,
): Promise<Candidate[]> => {
  const rows = await db
    .selectFrom('media_items as i')
    .select(columns)
    .where('i.title_key', '=', titleKey)
    .where('i.kind', '=', kind)
    .$if(parentId !== null, (query) => query.where('i.parent_id', '=', parentId))
    .orderBy('i.id')
    .limit(MOST_CANDIDATES)
    .execute();
  return withIds(db, rows);
};

/** What tells tracks of one title apart: disc and number; null where there is no number. */
export const trackPlace = (disc: number | null | undefined, track: number | null | undefined): number | null =>
  track === null || track === undefined ? null : (disc ?? 1) * 100_000 + track;

const columns = ['i.id', 'i.kind', 'i.year', 'i.disc_number', 'i.track_number'] as const;

interface Row {
  id: MediaItemId;
  kind: MediaKind;
  year: number | null;
  disc_number: number | null;
  track_number: number | null;
}

const withIds = async (db: Reader, rows: Row[]): Promise<Candidate[]> => {
  if (rows.length === 0) return [];
  const ids = await db
    .selectFrom('external_ids')
    .select(['item_id', 'provider', 'value'])
    .where(
      'item_id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  return rows.map((row) => ({
    id: row.id,
    distinct: row.kind === 'track' ? trackPlace(row.disc_number, row.track_number) : row.year,
    ids: ids.filter((id) => id.item_id === row.id),
  }));
};
