import type { Transaction } from '#database/database.ts';
import { keepAttachments } from './attachments.ts';
import { changesOf, type Mode } from './changes.ts';
import { keepCollection } from './collections.ts';
import { keepDetails } from './details-repository.ts';
import { coversAsFurther, placeChanges } from './episode-place.ts';
import type { Facts } from './facts.ts';
import { type Batch, revive } from './ingest-batch.ts';
import { namesOf } from './ingest-known.ts';
import { changeItem, type ItemRecord } from './items-repository.ts';

/** Brings an item up to what was told of it; see {@link Mode}. Writes nothing where it is so already. */
export const applyFacts = async (
  batch: Batch,
  tx: Transaction,
  item: ItemRecord,
  facts: Facts,
  told: Mode,
): Promise<void> => {
  await expose(batch, tx, item, facts);
  // What is told of the second half of a double episode says nothing of the whole.
  const mode = coversAsFurther(item, facts) ? 'fill' : told;
  const place = item.kind === 'episode' ? await placeChanges(batch, tx, item, facts, mode) : {};
  const changes = { ...changesOf(item, facts, mode), ...place };
  if (Object.keys(changes).length > 0) await changeItem(tx, item.id, changes, batch.clock.now());
  if (Object.keys(place).length > 0) batch.known.places.clear();
  const moved = 'released_at' in changes || Object.keys(place).length > 0;
  if (item.kind === 'episode' && item.root_id !== null && moved) {
    await batch.observer.leavesChanged(tx, [item.root_id]);
  }
  await keepDetails(tx, item, facts, mode);
  await keepAttachments(tx, item, facts, mode);
  await keepCollection(batch, tx, item, facts, mode);
};

/**
 * What hangs on the item is about to be looked at, and it may be given ids that others have: what waits is written. From
 * now on some item may have these names.
 */
const expose = async ({ known, later }: Batch, tx: Transaction, item: ItemRecord, facts: Facts): Promise<void> => {
  const names = namesOf(item.kind, item.parent_id, facts);
  if (later.holds(item.id) || names.some((name) => later.names(name))) await later.write(tx);
  for (const name of names) known.absent.delete(name);
};

/** What happens to an item that was found: it comes back, and gets what it lacked. */
export const keepFound = async (batch: Batch, tx: Transaction, item: ItemRecord, facts: Facts): Promise<void> => {
  if (item.removed_at !== null) await revive(batch, tx, [item.id]);
  await applyFacts(batch, tx, item, facts, 'fill');
};
