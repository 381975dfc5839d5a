import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { addExternalIds } from './attachments-repository.ts';
import type { Mode } from './changes.ts';
import { addMember, readMember } from './collections-repository.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Batch, revive } from './ingest-batch.ts';
import { type ItemRecord, insertItem, readItem } from './items-repository.ts';
import { decide } from './match.ts';
import { candidatesByIds, candidatesByTitle } from './match-query.ts';

/** Puts a movie into the collection it was told to belong to, which is made when there is none; see domain §1. */
export const keepCollection = async (
  batch: Batch,
  tx: Transaction,
  movie: Pick<ItemRecord, 'id' | 'kind' | 'library_id'>,
  facts: Facts,
  mode: Mode,
): Promise<void> => {
  if (movie.kind !== 'movie' || facts.collection === undefined) return;
  const collectionId = await findOrMake(batch, tx, movie, factsOf(facts.collection));
  if (collectionId === undefined) return;
  const { position } = facts.collection;
  const member = await readMember(tx, collectionId, movie.id);
  if (member && (mode === 'fill' || position === undefined || position === member.position)) return;
  await addMember(tx, collectionId, movie.id, position);
  await batch.observer.leavesChanged(tx, [collectionId]);
};

/** undefined: several collections fit, so a person puts the movie where it belongs. */
const findOrMake = async (
  batch: Batch,
  tx: Transaction,
  movie: Pick<ItemRecord, 'library_id'>,
  { title, title_key, ids }: Facts,
): Promise<MediaItemId | undefined> => {
  if (title === '') return undefined;
  const verdict = decide(
    { ids, distinct: null },
    await candidatesByIds(tx, 'collection', ids),
    await candidatesByTitle(tx, 'collection', title_key, null),
  );
  if (verdict.outcome === 'ambiguous') return undefined;
  if (verdict.outcome !== 'none') {
    const known = await readItem(tx, verdict.itemId);
    if (known && known.removed_at !== null) await revive(batch, tx, [known.id]);
    return verdict.itemId;
  }
  const id = await insertItem(tx, {
    kind: 'collection',
    library_id: movie.library_id,
    title,
    added_at: batch.clock.now(),
  });
  await addExternalIds(tx, 'collection', id, ids);
  return id;
};
