import type { PlacedLeaf } from '#activity/states/leaf-query.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';

/** What a user thinks of an item, as far as media servers know of such things. */
export interface LocalOpinion {
  favourite: boolean;
  /** When it was last said or taken back; null: never. */
  favouriteAt: Instant | null;
  /** 0.5 to 10, in halves; null: none. */
  rating: number | null;
  ratedAt: Instant | null;
}

/** An item where it is, with what a user thinks of it. */
export interface PlacedOpinion extends PlacedLeaf {
  kind: MediaKind;
  opinion: LocalOpinion;
}

/** Where items are and what a user thinks of them, in one statement. */
export const opinionsAt = async (db: Reader, user: UserId, ids: readonly MediaItemId[]): Promise<PlacedOpinion[]> =>
  (await opinions(db, { user, ids: idList(dialectOf(db), ids) })).map(placedOf);

const opinions = prepare<{ user: UserId; ids: string }>()((db, value, dialect) =>
  db
    .selectFrom('media_items as i')
    .leftJoin('opinions as o', (join) => join.on('o.user_id', '=', value('user')).onRef('o.item_id', '=', 'i.id'))
    .select(['i.id', 'i.kind', 'i.parent_id', 'i.root_id', 'i.library_id', 'i.added_at'])
    .select(['o.favourite', 'o.favourite_at', 'o.rating', 'o.rated_at'])
    .where(idIn(dialect, 'i.id', value('ids'))),
);

type Row = Awaited<ReturnType<typeof opinions>>[number];

const placedOf = (row: Row): PlacedOpinion => ({
  id: row.id,
  kind: row.kind,
  parentId: row.parent_id,
  rootId: row.root_id,
  // A library is its own.
  libraryId: row.library_id ?? row.id,
  addedAt: row.added_at,
  opinion: row.favourite === null ? none : opinionOf(row),
});

/** Of most items. */
const none: LocalOpinion = Object.freeze({ favourite: false, favouriteAt: null, rating: null, ratedAt: null });

const opinionOf = ({ favourite, favourite_at, rating, rated_at }: Row): LocalOpinion => ({
  favourite: favourite === 1,
  favouriteAt: favourite_at,
  rating: rating === null ? null : rating / 2,
  ratedAt: rated_at,
});
