import { type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import type { ExternalId } from '#catalog/incoming.ts';
import type { Reader } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';

/** An item that one of some external ids names. */
export interface NamedItem extends ExternalId {
  itemId: MediaItemId;
}

/** The items of a kind, as far as they may be seen, that these external ids name: a row for each id that names one. */
export const itemsNamed = (
  db: Reader,
  grants: Grants,
  kind: MediaKind,
  ids: readonly ExternalId[],
): Promise<NamedItem[]> =>
  db
    .selectFrom('external_ids as x')
    .innerJoin('media_items as i', 'i.id', 'x.item_id')
    .select(['x.item_id as itemId', 'x.provider', 'x.value'])
    .where('x.kind', '=', kind)
    .where((is) => is.or(ids.map(({ provider, value }) => is.and({ 'x.provider': provider, 'x.value': value }))))
    .where(visibleTo(grants, 'i'))
    .execute();

/** Where an episode stands in its series. */
export type Place = { seasonNumber: number; episodeNumber: number } | { absoluteNumber: number };

/**
 * The episode at a place of a series, if it may be seen: one that is here before one that is retired, one with that very
 * number before the double episode that holds it.
 */
export const episodeAt = async (
  db: Reader,
  grants: Grants,
  series: MediaItemId,
  place: Place,
): Promise<MediaItemId | undefined> => {
  const at =
    'absoluteNumber' in place
      ? sql<SqlBool>`i.absolute_number = ${place.absoluteNumber}`
      : sql<SqlBool>`i.season_number = ${place.seasonNumber} AND i.episode_number <= ${place.episodeNumber}
          AND coalesce(i.episode_number_end, i.episode_number) >= ${place.episodeNumber}`;
  const row = await db
    .selectFrom('media_items as i')
    .select('i.id')
    .where('i.root_id', '=', series)
    .where('i.kind', '=', 'episode')
    .where(at)
    .where(visibleTo(grants, 'i'))
    .orderBy(sql`CASE WHEN i.removed_at IS NULL THEN 0 ELSE 1 END`)
    .orderBy('i.episode_number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
};
