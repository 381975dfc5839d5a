import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { fold } from '#kernel/text.ts';
import { chunks } from '../chunks.ts';
import type { Possible } from './score.ts';

/** A copy as the workbench shows it. */
export interface WorkbenchCopy {
  id: ClientItemId;
  clientItemId: string;
  kind: MediaKind;
  title: string;
  year: number | null;
  path: string | null;
  itemId: MediaItemId | null;
  match: ClientItemsTable['match'];
  doubt: string | null;
  removedAt: number | null;
}

/** An item that a copy is, or may be. */
export interface CandidateItem extends Possible {
  kind: MediaKind;
  /** What it hangs from: its series, artist or album. */
  parentTitle: string | null;
}

/** How {@link writeDoubt} begins where there is no candidate, and what it holds where ids contradict each other. */
const NO_CANDIDATES = '%"candidates":[]%';
const CONFLICT = '%"conflict":true%';

export const copyOfClient = (
  db: Reader,
  clientId: ClientId,
  copyId: ClientItemId,
): Promise<WorkbenchCopy | undefined> =>
  copies(db).where('client_id', '=', clientId).where('id', '=', copyId).executeTakeFirst();

/** Entries without an item that nobody decided on: those that may be nothing of ours, something, or contradict it. */
export const undecided = (
  db: Reader,
  clientId: ClientId,
  state: 'unmatched' | 'ambiguous' | 'conflicting',
  after: number,
  limit: number,
): Promise<WorkbenchCopy[]> =>
  copies(db)
    .where('client_id', '=', clientId)
    .where('item_id', 'is', null)
    .where('removed_at', 'is', null)
    .where('match', '<>', 'person')
    .where('id', '>', after as ClientItemId)
    .$if(state === 'unmatched', (query) =>
      query.where((is) => is.or([is('doubt', 'is', null), is('doubt', 'like', NO_CANDIDATES)])),
    )
    .$if(state === 'ambiguous', (query) =>
      query.where('doubt', 'not like', NO_CANDIDATES).where('doubt', 'not like', CONFLICT),
    )
    .$if(state === 'conflicting', (query) =>
      query.where('doubt', 'not like', NO_CANDIDATES).where('doubt', 'like', CONFLICT),
    )
    .orderBy('id')
    .limit(limit)
    .execute();

/** Entries that a person decided on, also those that are away. */
export const decided = (db: Reader, clientId: ClientId, after: number, limit: number): Promise<WorkbenchCopy[]> =>
  copies(db)
    .where('client_id', '=', clientId)
    .where(sql<boolean>`match = 'person'`)
    .where('id', '>', after as ClientItemId)
    .orderBy('id')
    .limit(limit)
    .execute();

/** Kinds of which two copies of one item have one title. Seasons and episodes are told apart by their numbers. */
const titledKinds: MediaKind[] = ['movie', 'series', 'artist', 'album', 'track'];

/**
 * Items of which one client has several copies by different titles, by item: they may be different works. Copies that a
 * person decided on are settled, and those that are all known by their external ids are versions.
 */
export const shared = async (
  db: Reader,
  clientId: ClientId,
  after: number,
  limit: number,
): Promise<{ itemId: MediaItemId; copies: WorkbenchCopy[] }[]> => {
  const groups = await db
    .selectFrom('client_items')
    .select('item_id')
    .where('client_id', '=', clientId)
    .where('removed_at', 'is', null)
    .where('match', '<>', 'person')
    .where('kind', 'in', titledKinds)
    .where('item_id', '>', after as MediaItemId)
    .groupBy('item_id')
    .having(sql<boolean>`min(title) <> max(title) AND max(CASE WHEN match = 'external_id' THEN 0 ELSE 1 END) = 1`)
    .orderBy('item_id')
    .limit(limit)
    .execute();
  const ids = groups.flatMap((row) => row.item_id ?? []);
  if (ids.length === 0) return [];
  const rows = await copies(db)
    .where('client_id', '=', clientId)
    .where('item_id', 'in', ids)
    .where('removed_at', 'is', null)
    .where('match', '<>', 'person')
    .orderBy('id')
    .execute();
  return ids.map((itemId) => ({ itemId, copies: differing(rows.filter((row) => row.itemId === itemId)) }));
};

/** None, where the titles differ only in how they are written. */
const differing = (rows: WorkbenchCopy[]): WorkbenchCopy[] =>
  new Set(rows.map((row) => fold(row.title))).size > 1 ? rows : [];

/** Items as they are scored, with where they are; those that do not exist are left out. */
export const candidateItems = async (
  db: Reader,
  ids: readonly MediaItemId[],
): Promise<Map<MediaItemId, CandidateItem>> => {
  const found = new Map<MediaItemId, CandidateItem>();
  for (const some of chunks([...new Set(ids)])) {
    const [rows, names, paths] = [await itemRows(db, some), await namesOf(db, some), await pathsOf(db, some)];
    for (const { parent_title, root_title, ...row } of rows) {
      const ofItem = <T extends { item_id: MediaItemId | null }>(list: T[]) => list.filter((x) => x.item_id === row.id);
      found.set(row.id, {
        ...row,
        parentTitle: row.kind === 'season' || row.kind === 'episode' ? root_title : parent_title,
        externalIds: ofItem(names).map(({ provider, value }) => ({ provider, value })),
        paths: ofItem(paths).flatMap(({ path }) => path ?? []),
      });
    }
  }
  return found;
};

/** The items that may stand at a place below a parent: episodes of that season, tracks of that album. */
export const itemsBelow = async (
  db: Reader,
  parentId: MediaItemId,
  kind: MediaKind,
  seasonNumber: number | null | undefined,
): Promise<MediaItemId[]> => {
  const rows = await db
    .selectFrom('media_items')
    .select('id')
    .where(kind === 'season' || kind === 'episode' ? 'root_id' : 'parent_id', '=', parentId)
    .where('kind', '=', kind)
    .where('removed_at', 'is', null)
    .$if(kind === 'episode' && seasonNumber != null, (query) => query.where('season_number', '=', seasonNumber ?? 0))
    .orderBy('id')
    .limit(MOST_BELOW)
    .execute();
  return rows.map((row) => row.id);
};

const MOST_BELOW = 100;

const copies = (db: Reader) =>
  db
    .selectFrom('client_items')
    .select([
      'id',
      'client_item_id as clientItemId',
      'kind',
      'title',
      'year',
      'path',
      'item_id as itemId',
      'match',
      'doubt',
      'removed_at as removedAt',
    ]);

const itemRows = (db: Reader, ids: MediaItemId[]) =>
  db
    .selectFrom('media_items as i')
    .leftJoin('media_items as parent', 'parent.id', 'i.parent_id')
    .leftJoin('media_items as root', 'root.id', 'i.root_id')
    .select([
      'i.id',
      'i.kind',
      'i.title',
      'i.original_title as originalTitle',
      'i.year',
      'i.runtime_ms as runtimeMs',
      'i.season_number as seasonNumber',
      'i.episode_number as episodeNumber',
      'i.disc_number as discNumber',
      'i.track_number as trackNumber',
      'i.parent_id as parentId',
      'i.root_id as rootId',
      'parent.title as parent_title',
      'root.title as root_title',
    ])
    .where('i.id', 'in', ids)
    .execute();

const namesOf = (db: Reader, ids: MediaItemId[]) =>
  db.selectFrom('external_ids').select(['item_id', 'provider', 'value']).where('item_id', 'in', ids).execute();

const pathsOf = async (db: Reader, ids: MediaItemId[]) => [
  ...(await db
    .selectFrom('item_locations')
    .select(['item_id', 'path'])
    .where('item_id', 'in', ids)
    .where('removed_at', 'is', null)
    .execute()),
  ...(await db
    .selectFrom('client_items')
    .select(['item_id', 'path'])
    .where('item_id', 'in', ids)
    .where('path', 'is not', null)
    .where('removed_at', 'is', null)
    .execute()),
];
