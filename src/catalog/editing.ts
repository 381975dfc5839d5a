import type { Transaction } from '#database/database.ts';
import type { StreamsTable } from '#database/tables/catalog.ts';
import type { Instant } from '#kernel/clock.ts';
import { conflict, invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId, StreamSourceId } from '#kernel/ids.ts';
import { type MediaKind, parentKindOf, shelfOf } from '#kernel/media.ts';
import { fold, sortTitleOf } from '#kernel/text.ts';
import { collectionsOf } from './collections-repository.ts';
import { insertDetails } from './details-repository.ts';
import type { IngestContext } from './ingest-context.ts';
import { columnsOf, defined, type ItemPatch, type NewItemInput } from './item-input.ts';
import { changeItem, type ItemChanges, type ItemRecord, insertItem, readItem } from './items-repository.ts';
import { defaultLibrary, libraryKindOf } from './libraries-repository.ts';
import { reviveItems } from './retire.ts';

/**
 * Makes an item by hand, after its input was checked.
 * @throws AppError `invalid` for a parent or library of the wrong kind, `conflict` for a place that is taken
 */
export const makeItem = async (context: IngestContext, tx: Transaction, input: NewItemInput): Promise<MediaItemId> => {
  const now = context.clock.now();
  const place = await placeOf(tx, input, now);
  const { title: _, ...columns } = columnsOf(input);
  const item = { ...columns, ...place.columns };
  await refuseTakenPlace(tx, input.kind, undefined, item);
  if (place.parent && place.parent.removed_at !== null) await reviveItems(context, tx, [place.parent.id]);
  const id = await insertItem(tx, {
    ...item,
    ...(input.sortTitle === undefined ? {} : { sort_title: fold(input.sortTitle) }),
    kind: input.kind,
    title: input.title,
    library_id: place.columns.library_id,
    added_at: now,
  });
  await insertDetails(tx, { id, kind: input.kind }, detailsFor(input));
  if (input.kind === 'stream') await insertStream(tx, id, input);
  if (input.kind === 'episode') await context.observer.leavesChanged(tx, rootsOf(place.columns.root_id));
  return id;
};

/**
 * Changes an item by hand, after its patch was checked.
 * @throws AppError `invalid` for a library that does not fit, `conflict` for a place that is taken
 */
export const patchItem = async (
  context: IngestContext,
  tx: Transaction,
  item: ItemRecord,
  patch: ItemPatch,
): Promise<void> => {
  const now = context.clock.now();
  const columns = { ...columnsOf(patch), ...sortTitleFor(item, patch) };
  await refuseTakenPlace(tx, item.kind, item.id, { ...item, ...columns });
  refuseBackwards({ ...item, ...columns });
  if (Object.keys(columns).length > 0) await changeItem(tx, item.id, columns, now);
  if (item.kind === 'season' && typeof columns.season_number === 'number') {
    await tx
      .updateTable('media_items')
      .set({ season_number: columns.season_number })
      .where('parent_id', '=', item.id)
      .execute();
  }
  await patchDetails(tx, item, patch);
  if (patch.libraryId !== undefined) await move(context, tx, item, patch.libraryId);
  const moved = item.kind === 'season' || item.kind === 'episode';
  if (moved) await context.observer.leavesChanged(tx, rootsOf(item.root_id));
};

interface Place {
  parent: ItemRecord | undefined;
  columns: Pick<ItemRecord, 'library_id' | 'parent_id' | 'root_id'> & { season_number?: number | null };
}

const placeOf = async (tx: Transaction, input: NewItemInput, now: Instant): Promise<Place> => {
  const parentKind = parentKindOf[input.kind];
  if (parentKind === null || input.parentId === undefined) {
    const libraryId = input.libraryId ?? (await defaultLibrary(tx, shelfOf[input.kind], now));
    await refuseOtherShelf(tx, input.kind, libraryId);
    return { parent: undefined, columns: { library_id: libraryId, parent_id: null, root_id: null } };
  }
  const parent = await readItem(tx, input.parentId);
  if (parent?.kind !== parentKind) {
    throw invalid(`The parent of a ${input.kind} must be a ${parentKind}.`, [
      { path: 'parentId', message: `is not the id of a ${parentKind}` },
    ]);
  }
  const columns = { library_id: parent.library_id, parent_id: parent.id, root_id: parent.root_id ?? parent.id };
  return {
    parent,
    columns: input.kind === 'episode' ? { ...columns, season_number: parent.season_number } : columns,
  };
};

const refuseOtherShelf = async (tx: Transaction, kind: MediaKind, libraryId: MediaItemId): Promise<void> => {
  const shelf = await libraryKindOf(tx, libraryId);
  if (kind === 'library' || shelf !== shelfOf[kind]) {
    throw invalid(`A ${kind} cannot stand there.`, [
      {
        path: 'libraryId',
        message: kind === 'library' ? 'is not for a library' : `is not a library of ${shelfOf[kind]}`,
      },
    ]);
  }
};

/** Two seasons of a series cannot have one number, nor two episodes of a season. */
const refuseTakenPlace = async (
  tx: Transaction,
  kind: MediaKind,
  own: MediaItemId | undefined,
  place: ItemChanges,
): Promise<void> => {
  const { root_id: root, season_number: season, episode_number: episode } = place;
  if ((kind !== 'season' && kind !== 'episode') || !root || typeof season !== 'number') return;
  if (kind === 'episode' && typeof episode !== 'number') return;
  const holder = await tx
    .selectFrom('media_items')
    .select(['id', 'title'])
    .where('root_id', '=', root)
    .where('kind', '=', kind)
    .where('season_number', '=', season)
    .$if(kind === 'episode', (query) => query.where('episode_number', '=', episode ?? null))
    .executeTakeFirst();
  if (holder && holder.id !== own) throw conflict(`This number is that of item ${holder.id}, “${holder.title}”.`);
};

/** A sort title that was made of the title follows it. */
const sortTitleFor = (item: ItemRecord, { title, sortTitle }: ItemPatch): { sort_title?: string } => {
  if (sortTitle !== undefined) return { sort_title: fold(sortTitle) };
  return title !== undefined && item.sort_title === sortTitleOf(item.title) ? { sort_title: sortTitleOf(title) } : {};
};

const refuseBackwards = ({ episode_number: first, episode_number_end: last }: ItemChanges): void => {
  if (typeof last === 'number' && (typeof first !== 'number' || last < first)) {
    throw invalid('The last number of a double episode must not be below its first.', [
      { path: 'episodeNumberEnd', message: 'is below episodeNumber' },
    ]);
  }
};

/** Moves a film, series, artist, collection or stream with all below it; what hangs on them stays (domain §1). */
const move = async (
  context: IngestContext,
  tx: Transaction,
  item: ItemRecord,
  libraryId: MediaItemId,
): Promise<void> => {
  if (item.library_id === libraryId) return;
  const parentKind = parentKindOf[item.kind];
  if (parentKind !== null) {
    throw invalid(`A ${item.kind} goes where its ${parentKind} goes; move that.`, [
      { path: 'libraryId', message: `cannot be set on a ${item.kind}` },
    ]);
  }
  await refuseOtherShelf(tx, item.kind, libraryId);
  await tx
    .updateTable('media_items')
    .set({ library_id: libraryId })
    .where((is) => is.or([is('id', '=', item.id), is('root_id', '=', item.id)]))
    .execute();
  const holders = item.kind === 'series' ? [item.id] : await collectionsOf(tx, [item]);
  if (holders.length > 0) await context.observer.leavesChanged(tx, holders);
};

const patchDetails = async (tx: Transaction, item: ItemRecord, patch: ItemPatch): Promise<void> => {
  const { tagline, budget, revenue, status, address, streamSourceId } = patch;
  const movie = defined({ tagline, budget, revenue });
  if (Object.keys(movie).length > 0) {
    await tx.updateTable('movies').set(movie).where('item_id', '=', item.id).execute();
  }
  if (status !== undefined) await tx.updateTable('series').set({ status }).where('item_id', '=', item.id).execute();
  if (streamSourceId !== undefined) await requireSource(tx, streamSourceId);
  const stream = defined<Partial<StreamsTable>>({ address, stream_source_id: streamSourceId });
  if (Object.keys(stream).length > 0) {
    await tx.updateTable('streams').set(stream).where('item_id', '=', item.id).execute();
  }
};

const detailsFor = ({ tagline, budget, revenue, status }: NewItemInput) => ({
  tagline: tagline ?? undefined,
  budget: budget ?? undefined,
  revenue: revenue ?? undefined,
  status: status ?? undefined,
});

const insertStream = async (tx: Transaction, id: MediaItemId, input: NewItemInput): Promise<void> => {
  const { streamSourceId, address } = input;
  if (streamSourceId === undefined || address === undefined) throw invalid('A stream needs its source and address.');
  await requireSource(tx, streamSourceId);
  await tx.insertInto('streams').values({ item_id: id, stream_source_id: streamSourceId, address }).execute();
};

const requireSource = async (tx: Transaction, id: StreamSourceId): Promise<void> => {
  const source = await tx.selectFrom('stream_sources').select('id').where('id', '=', id).executeTakeFirst();
  if (!source) throw notFound('This stream source');
};

const rootsOf = (root: MediaItemId | null): MediaItemId[] => (root === null ? [] : [root]);
