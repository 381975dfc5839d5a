import { type Audit, type Changes, changesBetween } from '#audit/audit.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { ImageRole } from '#database/tables/catalog.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LibraryKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import {
  addExternalIds,
  addImages,
  addTags,
  removeExternalIds,
  removeImages,
  removeTags,
} from './attachments-repository.ts';
import { addMember, removeMember } from './collections-repository.ts';
import { makeItem, patchItem } from './editing.ts';
import { normaliseExternalId } from './external-id.ts';
import { tagsOf } from './facts.ts';
import { addGenres, removeGenres } from './genres-repository.ts';
import type { ExternalId } from './incoming.ts';
import type { IngestContext } from './ingest-context.ts';
import { checkNewItem, checkPatch, type ItemPatch, type NewItemInput } from './item-input.ts';
import type { ItemView } from './item-schema.ts';
import { loadItem } from './item-view.ts';
import { changeItem, type ItemRecord, lockCatalog, readItem } from './items-repository.ts';
import { insertLibrary } from './libraries-repository.ts';
import { candidatesByIds } from './match-query.ts';
import { retireItems, reviveItems } from './retire.ts';
import { makeStreamSource, type NewStreamSource, type StreamSource } from './stream-sources.ts';

/** What an admin keeps by hand. Every change is in the audit log; an item that may not be seen is not found. */
export interface Editor {
  createLibrary(viewer: Viewer, library: { title: string; kind: LibraryKind }): Promise<ItemView>;
  /** @throws AppError `not_found` for what is no library */
  renameLibrary(viewer: Viewer, id: MediaItemId, title: string): Promise<ItemView>;
  /** Retires a library with all that stands in it. @throws AppError `not_found` for what is no library */
  retireLibrary(viewer: Viewer, id: MediaItemId): Promise<void>;
  /** @throws AppError `invalid` with each fault, `conflict` for a number that another season or episode has */
  create(viewer: Viewer, input: NewItemInput): Promise<ItemView>;
  /** @throws AppError `invalid`, `not_found`, `conflict` */
  update(viewer: Viewer, id: MediaItemId, patch: ItemPatch): Promise<ItemView>;
  /** Retires an item and all below it; a second time it changes nothing. */
  retire(viewer: Viewer, id: MediaItemId): Promise<void>;
  /** Brings it back, with what was retired together with it. */
  restore(viewer: Viewer, id: MediaItemId): Promise<ItemView>;
  /** Exactly these. */
  setTags(viewer: Viewer, id: MediaItemId, names: string[]): Promise<ItemView>;
  /** Exactly these. */
  setGenres(viewer: Viewer, id: MediaItemId, names: string[]): Promise<ItemView>;
  /** Exactly these. @throws AppError `conflict` naming the item that has one of them */
  setExternalIds(viewer: Viewer, id: MediaItemId, ids: ExternalId[]): Promise<ItemView>;
  /** Exactly these. @throws AppError `invalid` for an address that is no http or https URL and is not there already */
  setImages(viewer: Viewer, id: MediaItemId, images: { role: ImageRole; address: string }[]): Promise<ItemView>;
  /** Puts a movie into a collection, at a position or after the last. */
  putMember(viewer: Viewer, collectionId: MediaItemId, itemId: MediaItemId, position?: number): Promise<void>;
  removeMember(viewer: Viewer, collectionId: MediaItemId, itemId: MediaItemId): Promise<void>;
  /** @throws AppError `conflict` for a name that is taken */
  createStreamSource(viewer: Viewer, source: NewStreamSource): Promise<StreamSource>;
}

export interface EditorDependencies extends IngestContext {
  database: Database;
  audit: Audit;
}

export const createEditor = (dependencies: EditorDependencies): Editor => {
  const { database, clock } = dependencies;
  const unit = <T>(act: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(async (tx) => {
      await lockCatalog(tx);
      return act(tx);
    });
  const create = (viewer: Viewer, make: (tx: Transaction) => Promise<MediaItemId>): Promise<ItemView> =>
    unit(async (tx) => recordNew(dependencies, tx, viewer, await make(tx)));
  const edit = (viewer: Viewer, id: MediaItemId, act: Edit): Promise<ItemView> =>
    unit((tx) => recordEdit(dependencies, tx, viewer, id, act));
  return {
    createLibrary: (viewer, { kind, title }) => create(viewer, (tx) => insertLibrary(tx, kind, title, clock.now())),
    renameLibrary: (viewer, id, title) =>
      edit(viewer, id, async (tx, item) => {
        requireLibrary(item);
        await patchItem(dependencies, tx, item, { title });
      }),
    retireLibrary: async (viewer, id) => {
      await edit(viewer, id, async (tx, item) => {
        requireLibrary(item);
        await retireItems(dependencies, tx, [id], clock.now());
      });
    },
    create: async (viewer, input) => {
      checkNewItem(input);
      return create(viewer, (tx) => makeItem(dependencies, tx, input));
    },
    update: (viewer, id, patch) =>
      edit(viewer, id, async (tx, item) => {
        checkPatch(item.kind, patch);
        await patchItem(dependencies, tx, item, patch);
      }),
    retire: async (viewer, id) => {
      await edit(viewer, id, (tx) => retireItems(dependencies, tx, [id], clock.now()));
    },
    restore: (viewer, id) => edit(viewer, id, (tx) => reviveItems(dependencies, tx, [id])),
    setTags: (viewer, id, names) =>
      edit(viewer, id, async (tx) => {
        await removeTags(tx, id);
        await addTags(tx, id, tagsOf(names));
      }),
    setGenres: (viewer, id, names) =>
      edit(viewer, id, async (tx) => {
        await removeGenres(tx, id);
        await addGenres(tx, id, tagsOf(names));
      }),
    setExternalIds: (viewer, id, ids) => edit(viewer, id, (tx, item) => exchangeExternalIds(tx, item, ids)),
    setImages: (viewer, id, images) =>
      edit(viewer, id, async (tx, _item, before) => {
        refuseOtherAddresses(images, before);
        await removeImages(tx, id);
        await addImages(tx, id, images);
      }),
    putMember: (viewer, collectionId, itemId, position) =>
      unit(async (tx) => {
        await requireKinds(tx, viewer, collectionId, itemId);
        await addMember(tx, collectionId, itemId, position);
        await dependencies.observer.leavesChanged(tx, [collectionId]);
        await recordMember(dependencies, tx, viewer, collectionId, {
          [`member ${itemId}`]: [null, position ?? 'last'],
        });
      }),
    removeMember: (viewer, collectionId, itemId) =>
      unit(async (tx) => {
        await requireKinds(tx, viewer, collectionId, itemId);
        if (!(await removeMember(tx, collectionId, itemId))) throw notFound('This item of the collection');
        await dependencies.observer.leavesChanged(tx, [collectionId]);
        await recordMember(dependencies, tx, viewer, collectionId, { [`member ${itemId}`]: ['member', null] });
      }),
    createStreamSource: (viewer, source) =>
      unit(async (tx) => {
        const made = await makeStreamSource(tx, source);
        const changes = changesBetween({}, { ...source });
        const { audit } = dependencies;
        await audit.record(tx, {
          actor: viewer,
          entityType: 'streamSource',
          entityId: made.id,
          action: 'create',
          changes,
        });
        return made;
      }),
  };
};

type Edit = (tx: Transaction, item: ItemRecord, before: ItemView) => Promise<void>;

const recordNew = async (
  { audit }: EditorDependencies,
  tx: Transaction,
  viewer: Viewer,
  id: MediaItemId,
): Promise<ItemView> => {
  const made = await requireItem(tx, viewer, id);
  await audit.record(tx, {
    actor: viewer,
    entityType: 'item',
    entityId: id,
    action: 'create',
    changes: changesBetween({}, { kind: made.kind, title: made.title, libraryId: made.libraryId }),
  });
  return made;
};

/** Runs an edit and notes what it changed, told in the API's own words; where nothing changed nothing is noted. */
const recordEdit = async (
  { audit, clock }: EditorDependencies,
  tx: Transaction,
  viewer: Viewer,
  id: MediaItemId,
  act: Edit,
): Promise<ItemView> => {
  const before = await requireItem(tx, viewer, id);
  const item = await readItem(tx, id);
  if (!item) throw notFound('This item');
  await act(tx, item, before);
  const changes = withoutTimes(changesBetween({ ...before }, { ...(await requireAfter(tx, viewer, id)) }));
  if (Object.keys(changes).length === 0) return before;
  await changeItem(tx, id, {}, clock.now());
  const gone = 'removedAt' in changes && changes.removedAt?.[1] !== null;
  const action = gone ? 'delete' : 'update';
  await audit.record(tx, { actor: viewer, entityType: 'item', entityId: id, action, changes });
  return requireAfter(tx, viewer, id);
};

const withoutTimes = ({ updatedAt: _, ...changes }: Changes): Changes => changes;

const requireItem = async (tx: Transaction, viewer: Viewer, id: MediaItemId): Promise<ItemView> => {
  const item = await loadItem(tx, viewer.grants, id);
  if (!item) throw notFound('This item');
  return item;
};

const requireLibrary = (item: ItemRecord): void => {
  if (item.kind !== 'library') throw notFound('This library');
};

/** Seen by its admin still, even where the edit hid it from them. */
const requireAfter = async (tx: Transaction, viewer: Viewer, id: MediaItemId): Promise<ItemView> =>
  (await loadItem(tx, viewer.grants, id)) ??
  (await loadItem(tx, everything, id)) ??
  Promise.reject(notFound('This item'));

const everything: Viewer['grants'] = {
  libraries: null,
  streamSources: null,
  maxRatingLevel: null,
  allowUnrated: true,
  allowedTags: null,
  blockedTags: [],
};

const exchangeExternalIds = async (tx: Transaction, item: ItemRecord, told: ExternalId[]): Promise<void> => {
  const ids = told.map((id, n) => {
    const normal = normaliseExternalId(id);
    if (normal) return normal;
    throw invalid(`“${id.value}” is no id of ${id.provider}.`, [
      { path: `externalIds.${n}`, message: 'is not an id of this provider' },
    ]);
  });
  const [holder] = (await candidatesByIds(tx, item.kind, ids)).filter((candidate) => candidate.id !== item.id);
  if (holder) {
    const shared = holder.ids.find((id) => ids.some((own) => own.provider === id.provider && own.value === id.value));
    throw conflict(`Item ${holder.id} has ${shared?.provider} ${shared?.value} already. Take it away there first.`);
  }
  await removeExternalIds(tx, item.id);
  await addExternalIds(tx, item.kind, item.id, ids);
};

const refuseOtherAddresses = (images: { address: string }[], before: ItemView): void => {
  const faults = images.flatMap(({ address }, n) =>
    /^https?:\/\/[^\s/]+/i.test(address) || before.images.some((known) => known.address === address)
      ? []
      : [{ path: `images.${n}.address`, message: 'must be an http or https URL' }],
  );
  if (faults.length > 0) throw invalid('An image must be given by its web address.', faults);
};

const requireKinds = async (
  tx: Transaction,
  viewer: Viewer,
  collectionId: MediaItemId,
  itemId: MediaItemId,
): Promise<void> => {
  const collection = await requireItem(tx, viewer, collectionId);
  const member = await requireItem(tx, viewer, itemId);
  if (collection.kind !== 'collection') throw notFound('This collection');
  if (member.kind !== 'movie') {
    throw invalid('A collection holds movies.', [{ path: 'itemId', message: `is the id of a ${member.kind}` }]);
  }
};

const recordMember = async (
  { audit }: EditorDependencies,
  tx: Transaction,
  viewer: Viewer,
  collectionId: MediaItemId,
  changes: Changes,
): Promise<void> =>
  audit.record(tx, { actor: viewer, entityType: 'item', entityId: collectionId, action: 'update', changes });
