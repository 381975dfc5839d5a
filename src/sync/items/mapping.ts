import type { Database, Transaction } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { ClientId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import {
  copiesNamed,
  copiesOf,
  copyById,
  copyNamed,
  forgetStates,
  insertCopy,
  kindOfItem,
  type MappedCopy,
  mappedPage,
  partsOfCopies,
  type SyncClient,
  saveParts,
  setMatch,
} from './mapping-repository.ts';

/** A copy that is to be mapped: how its client names it, and what a person may know it by. */
export interface NewMapping {
  clientId: ClientId;
  clientItemId: string;
  kind: MediaKind;
  title: string;
  year?: number | null;
  path?: string | null;
}

/**
 * Which of our items the entries of a media server are copies of (seed 001). Client item ids name a copy on one client
 * and nothing else: they are never mixed up with external ids. Copies that are away keep their mapping.
 */
export interface Mapping {
  /** The item, or the first of several; null: none. */
  itemByClientId(clientId: ClientId, clientItemId: string): Promise<MediaItemId | null>;
  /** The same, where the copy is of that kind. */
  itemByClientIdAndKind(clientId: ClientId, clientItemId: string, kind: MediaKind): Promise<MediaItemId | null>;
  /** Items by client item id; those that have none are left out. Asks once for a few hundred. */
  itemsByClientIds(clientId: ClientId, clientItemIds: readonly string[]): Promise<Map<string, MediaItemId>>;
  /** All mappings of a client that are there, by client item id. */
  list(
    clientId: ClientId,
    page: PageRequest,
  ): Promise<Page<{ clientItemId: string; itemId: MediaItemId; kind: MediaKind }>>;
  /** The copies of an item that are there, on all clients. */
  copiesOf(itemId: MediaItemId): Promise<SyncClient[]>;
  /** All items that a copy stands for, the first one first; none: it is not matched. */
  itemsOf(copyId: ClientItemId): Promise<MediaItemId[]>;
  /**
   * The item of a copy; where there is none yet, it is made and mapped. Asked twice at once it is made once.
   * @param make finds or makes the item, usually by `ingest`
   * @throws AppError `conflict` where a person left the copy out
   */
  getOrCreate(
    tx: Transaction,
    entry: NewMapping,
    make: (tx: Transaction) => Promise<MediaItemId>,
  ): Promise<MediaItemId>;
  /**
   * Maps a copy, known or not, to an item and to further ones.
   * @throws AppError `not_found` where there is no such item, `invalid` where it is of another kind,
   *   `conflict` where the copy is another item's: that is for {@link move}
   */
  map(tx: Transaction, entry: NewMapping, itemId: MediaItemId, further?: readonly MediaItemId[]): Promise<ClientItemId>;
  /** Takes a copy from its item; it waits to be matched again. What was watched stays with the item. */
  unmap(tx: Transaction, clientId: ClientId, clientItemId: string): Promise<void>;
  /** Gives a copy to another item. What was watched stays with the former; the copy's state is looked at anew. */
  move(tx: Transaction, clientId: ClientId, clientItemId: string, itemId: MediaItemId): Promise<void>;
}

export const createMapping = ({ database, clock }: { database: Database; clock: Clock }): Mapping => {
  const { read: db } = database;
  const make = (tx: Transaction, entry: NewMapping, itemId: MediaItemId | null) =>
    insertCopy(tx, {
      client_id: entry.clientId,
      client_item_id: entry.clientItemId,
      kind: entry.kind,
      item_id: itemId,
      match: 'created',
      title: entry.title,
      year: entry.year ?? null,
      path: entry.path ?? null,
      digest: '',
      doubt: null,
      first_seen_at: clock.now(),
      seen_at: clock.now(),
      removed_at: null,
    });
  return {
    itemByClientId: async (clientId, name) => (await copyNamed(db, clientId, name))?.itemId ?? null,
    itemByClientIdAndKind: async (clientId, name, kind) => {
      const copy = await copyNamed(db, clientId, name);
      return copy?.kind === kind ? copy.itemId : null;
    },
    itemsByClientIds: async (clientId, names) =>
      new Map(
        (await copiesNamed(db, clientId, names)).flatMap(({ clientItemId, itemId }) =>
          itemId === null ? [] : [[clientItemId, itemId]],
        ),
      ),
    list: (clientId, page) => mappedPage(db, clientId, page),
    copiesOf: (itemId) => copiesOf(db, itemId),
    itemsOf: async (copyId) => {
      const copy = await copyById(db, copyId);
      if (!copy || copy.itemId === null) return [];
      return [copy.itemId, ...((await partsOfCopies(db, [copyId])).get(copyId) ?? [])];
    },
    getOrCreate: async (tx, entry, makeItem) => {
      const known = await copyNamed(tx, entry.clientId, entry.clientItemId);
      if (known?.itemId) return known.itemId;
      // The row comes first: who makes it too waits for this unit to end, and then finds the item.
      const fresh = known ? undefined : await make(tx, entry, null);
      const copy = fresh ?? (await copyNamed(tx, entry.clientId, entry.clientItemId));
      if (copy === undefined) throw notFound('This copy');
      if (typeof copy !== 'number') {
        if (copy.itemId !== null) return copy.itemId;
        if (copy.match === 'person') throw leftOut(entry);
      }
      const itemId = await makeItem(tx);
      await setMatch(tx, typeof copy === 'number' ? copy : copy.id, { item_id: itemId, match: 'created', doubt: null });
      return itemId;
    },
    map: async (tx, entry, itemId, further = []) => {
      await requireItem(tx, itemId, entry.kind);
      for (const one of further) await requireItem(tx, one, entry.kind);
      const known = await copyNamed(tx, entry.clientId, entry.clientItemId);
      if (known && known.itemId !== null && known.itemId !== itemId) throw taken(known);
      const id = known?.id ?? (await make(tx, entry, itemId));
      if (id === undefined) throw taken(entry);
      if (known && known.itemId === null) await setMatch(tx, id, { item_id: itemId, match: 'created', doubt: null });
      await saveParts(tx, id, further);
      return id;
    },
    unmap: async (tx, clientId, name) => {
      const copy = await requireCopy(tx, clientId, name);
      if (copy.itemId === null) return;
      await setMatch(tx, copy.id, { item_id: null, match: 'ambiguous', digest: '' });
      await saveParts(tx, copy.id, []);
      await forgetStates(tx, copy.id, clock.now());
    },
    move: async (tx, clientId, name, itemId) => {
      const copy = await requireCopy(tx, clientId, name);
      await requireItem(tx, itemId, copy.kind);
      if (copy.itemId === itemId) return;
      await setMatch(tx, copy.id, { item_id: itemId });
      await saveParts(tx, copy.id, []);
      await forgetStates(tx, copy.id, clock.now());
    },
  };
};

const requireCopy = async (tx: Transaction, clientId: ClientId, name: string): Promise<MappedCopy> => {
  const copy = await copyNamed(tx, clientId, name);
  if (!copy) throw notFound('This copy');
  return copy;
};

const requireItem = async (tx: Transaction, id: MediaItemId, kind: MediaKind): Promise<void> => {
  const found = await kindOfItem(tx, id);
  if (found === undefined) throw notFound('This item');
  if (found !== kind) throw invalid(`A ${kind} cannot be a copy of a ${found}.`);
};

const taken = ({ clientItemId }: Pick<NewMapping, 'clientItemId'>) =>
  conflict(`${clientItemId} is a copy of another item already; move it instead.`);

const leftOut = ({ clientItemId }: NewMapping) =>
  conflict(`${clientItemId} was left out by a person; take that back first.`);
