import { seesEverything, visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { type Prepared, prepare } from '#database/prepared.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { hangingOf } from './hanging.ts';
import type { ExternalId } from './incoming.ts';
import { itemCacheOf } from './item-cache.ts';
import type { ItemView } from './item-schema.ts';
import { type ItemRow, selectItems } from './item-select.ts';
import type { KindDetails } from './types.ts';

export { ItemSchema, type ItemView } from './item-schema.ts';

/** Items loaded by one statement at the most. */
const MOST_AT_ONCE = 500;

/**
 * Loads items as the API shows them, retired ones too. One statement for up to 500 ids, one more for those of them that
 * are not kept from before. They are shared: not to be changed.
 * @returns those that these grants let be seen, by id; ids that are missing there are not to be seen or do not exist
 */
export const loadItems = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
): Promise<Map<MediaItemId, ItemView>> => {
  const items = new Map<MediaItemId, ItemView>();
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
    await loadSome(db, grants, ids.slice(start, start + MOST_AT_ONCE), items);
  }
  return items;
};

/** Loads one item; undefined where there is none that may be seen. It is shared: not to be changed. */
export const loadItem = async (db: Reader, grants: Grants, id: MediaItemId): Promise<ItemView | undefined> => {
  const kept = await keptItem(db, grants, id);
  if (kept) return kept;
  const [row] = await queriesFor(grants).one(db, { id });
  return row && viewOf(row);
};

/**
 * An item that a list left in the cache, as people mostly open what they saw listed: 3 µs instead of 17. What is not there
 * is not put there either: it would cost a statement more, and drive out what lists ask for again.
 */
const keptItem = async (db: Reader, grants: Grants, id: MediaItemId): Promise<ItemView | undefined> => {
  const cache = itemCacheOf(db);
  return cache?.has(id) && seesEverything(grants) ? cache.get(id, await versionOf(db)) : undefined;
};

/** The item that a provider's id names; undefined where there is none that may be seen. */
export const itemByExternalId = async (
  db: Reader,
  grants: Grants,
  kind: MediaKind,
  { provider, value }: ExternalId,
): Promise<ItemView | undefined> => {
  const named = await db
    .selectFrom('external_ids')
    .select('item_id')
    .where('kind', '=', kind)
    .where('provider', '=', provider)
    .where('value', '=', value)
    .executeTakeFirst();
  return named && loadItem(db, grants, named.item_id);
};

const loadSome = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
  items: Map<MediaItemId, ItemView>,
): Promise<void> => {
  const cache = itemCacheOf(db);
  if (!cache || ids.length === 0) {
    for (const row of await rowsOf(db, grants, ids)) items.set(row.id, viewOf(row));
    return;
  }
  const version = await versionOf(db);
  const seen = seesEverything(grants) ? ids : await seenOf(db, grants, ids);
  const missing: MediaItemId[] = [];
  for (const id of seen) {
    const kept = cache.get(id, version);
    if (kept) items.set(id, kept);
    else missing.push(id);
  }
  if (missing.length === 0) return;
  // Read after the version was: what changed between is shown as it is now, and read again next time.
  for (const row of await rowsOf(db, grants, missing)) {
    const item = viewOf(row);
    items.set(row.id, item);
    cache.set(row.id, version, item);
  }
};

const versionOf = async (db: Reader): Promise<number> => (await catalogVersion(db, {}))[0]?.version ?? 0;

const catalogVersion = prepare<object>()((db) => db.selectFrom('catalog_version').select('version'));

const seenOf = async (db: Reader, grants: Grants, ids: readonly MediaItemId[]): Promise<MediaItemId[]> =>
  (await queriesFor(grants).seen(db, { ids: idList(dialectOf(db), ids) })).map((row) => row.id);

const rowsOf = (db: Reader, grants: Grants, ids: readonly MediaItemId[]): Promise<ItemRow[]> => {
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? queriesFor(grants).one(db, { id: only })
    : queriesFor(grants).many(db, { ids: idList(dialectOf(db), ids) });
};

interface Queries {
  one: Prepared<{ id: MediaItemId }, ItemRow>;
  many: Prepared<{ ids: string }, ItemRow>;
  /** Which of these may be seen. */
  seen: Prepared<{ ids: string }, { id: MediaItemId }>;
}

/** The access rule is part of the compiled text, so each viewer's grants have their own; they go when the grants go. */
const queries = new WeakMap<Grants, Queries>();

const queriesFor = (grants: Grants): Queries => {
  const known = queries.get(grants);
  if (known) return known;
  const made: Queries = {
    one: prepare<{ id: MediaItemId }>()((db, value, dialect) =>
      selectItems(db, dialect, grants).where('i.id', '=', value('id')),
    ),
    many: prepare<{ ids: string }>()((db, value, dialect) =>
      selectItems(db, dialect, grants).where(idIn(dialect, 'i.id', value('ids'))),
    ),
    seen: prepare<{ ids: string }>()((db, value, dialect) =>
      db
        .selectFrom('media_items as i')
        .select('i.id')
        .where(idIn(dialect, 'i.id', value('ids')))
        .where(visibleTo(grants, 'i')),
    ),
  };
  queries.set(grants, made);
  return made;
};

const viewOf = (row: ItemRow): ItemView => {
  const addedAt = toIso(row.added_at);
  const { externalIds, tags, genres, images, syncClients } = hangingOf(row.hanging);
  return {
    id: row.id,
    kind: row.kind,
    libraryId: row.library_id ?? row.id,
    parentId: row.parent_id,
    rootId: row.root_id,
    seasonNumber: row.season_number,
    episodeNumber: row.episode_number,
    episodeNumberEnd: row.episode_number_end,
    absoluteNumber: row.absolute_number,
    discNumber: row.disc_number,
    trackNumber: row.track_number,
    title: row.title,
    originalTitle: row.original_title,
    sortTitle: row.sort_title,
    overview: row.overview,
    year: row.year,
    releaseDate: row.released_at === null ? null : toIso(row.released_at).slice(0, 10),
    runtimeMs: row.runtime_ms,
    contentRating: row.content_rating,
    ratingLevel: row.rating_level,
    addedAt,
    updatedAt: row.updated_at === row.added_at ? addedAt : toIso(row.updated_at),
    removedAt: toIsoOrNull(row.removed_at),
    seriesTitle: row.kind === 'season' || row.kind === 'episode' ? row.root_title : null,
    artistTitle: row.kind === 'album' || row.kind === 'track' ? row.root_title : null,
    albumTitle: row.kind === 'track' ? row.parent_title : null,
    externalIds,
    tags,
    genres,
    images,
    syncClients,
    details: detailsOf(row),
  };
};

const detailsOf = (row: ItemRow): ItemView['details'] => {
  switch (row.kind) {
    case 'library':
      return { libraryKind: row.library_kind ?? 'movies' } satisfies KindDetails['library'];
    case 'movie':
      return { tagline: row.tagline, budget: row.budget, revenue: row.revenue } satisfies KindDetails['movie'];
    case 'series':
      return { status: row.status } satisfies KindDetails['series'];
    case 'stream':
      return row.stream_source_id === null || row.address === null
        ? {}
        : ({ streamSourceId: row.stream_source_id, address: row.address } satisfies KindDetails['stream']);
    default:
      return {};
  }
};
