import type { Transaction } from '#database/database.ts';
import { keepAttachments } from './attachments.ts';
import { changesOf, type Mode } from './changes.ts';
import { keepCollection } from './collections.ts';
import { keepDetails } from './details-repository.ts';
import { coversAsFurther, placeChanges } from './episode-place.ts';
import type { Facts } from './facts.ts';
import type { IngestContext } from './ingest-context.ts';
import { changeItem, type ItemRecord } from './items-repository.ts';
import { reviveItems } from './retire.ts';

/** Brings an item up to what was told of it; see {@link Mode}. Writes nothing where it is so already. */
export const applyFacts = async (
  context: IngestContext,
  tx: Transaction,
  item: ItemRecord,
  facts: Facts,
  told: Mode,
): Promise<void> => {
  // What is told of the second half of a double episode says nothing of the whole.
  const mode = coversAsFurther(item, facts) ? 'fill' : told;
  const place = item.kind === 'episode' ? await placeChanges(context, tx, item, facts, mode) : {};
  const changes = { ...changesOf(item, facts, mode), ...place };
  if (Object.keys(changes).length > 0) await changeItem(tx, item.id, changes, context.clock.now());
  const moved = 'released_at' in changes || Object.keys(place).length > 0;
  if (item.kind === 'episode' && item.root_id !== null && moved) {
    await context.observer.leavesChanged(tx, [item.root_id]);
  }
  await keepDetails(tx, item, facts, mode);
  await keepAttachments(tx, item, facts, mode);
  await keepCollection(context, tx, item, facts, mode);
};

/** What happens to an item that was found: it comes back, and gets what it lacked. */
export const keepFound = async (
  context: IngestContext,
  tx: Transaction,
  item: ItemRecord,
  facts: Facts,
): Promise<void> => {
  if (item.removed_at !== null) await reviveItems(context, tx, [item.id]);
  await applyFacts(context, tx, item, facts, 'fill');
};
