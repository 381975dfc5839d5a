import type { IncomingEpisode, Taken } from '#catalog/incoming.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { coversRange, isRange } from './episodes-query.ts';
import { partsOf } from './parts.ts';

/** Where a remote episode stands among ours. */
export interface PlacedEpisode {
  /** Its first, or only, item. */
  taken: Taken;
  /** The further ones of a double episode, in order; see `saveParts`. */
  further: MediaItemId[];
}

/**
 * Finds or makes each episode that a remote one stands for: a double one is several of ours, unless one of ours is the
 * same double episode. Where one of them is in doubt, the whole is.
 */
export const placeEpisode = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'episode'>,
  seriesId: MediaItemId,
  facts: IncomingEpisode,
): Promise<PlacedEpisode> => {
  const [first, ...others] = partsOf(facts);
  if (others.length > 0 && (await coversRange(tx, seriesId, facts))) {
    return { taken: await ingest.episode(tx, seriesId, facts), further: [] };
  }
  const taken = await ingest.episode(tx, seriesId, first);
  if (taken.outcome === 'ambiguous') return { taken, further: [] };
  const further = new Set<MediaItemId>();
  for (const part of others) {
    const one = await ingest.episode(tx, seriesId, part);
    if (one.outcome === 'ambiguous') return { taken: one, further: [] };
    if (one.itemId !== taken.itemId) further.add(one.itemId);
  }
  return { taken, further: [...further] };
};

/** Brings the first, or only, item of a known remote episode up to what is told of it now. */
export const refreshEpisode = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'refresh'>,
  itemId: MediaItemId,
  facts: IncomingEpisode,
): Promise<void> => {
  const [first, ...others] = partsOf(facts);
  const whole = others.length > 0 && (await isRange(tx, itemId, facts));
  await ingest.refresh(tx, itemId, whole ? facts : first);
};
