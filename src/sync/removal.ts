import { withoutCopies } from '#catalog/copies.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf, type MediaKind } from '#kernel/media.ts';
import { chunks } from './chunks.ts';
import { suspiciousLoss } from './loss.ts';
import { loadLosses, takeAway } from './removal-repository.ts';
import type { Run } from './run.ts';

/**
 * After a run that saw everything: what the server does not have any more is marked as away, and items of which no copy
 * is left anywhere are retired, with all their history.
 * @returns how many entries went, or why none did
 */
export const removeMissing = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'retire'>,
  run: Run,
  now: Instant,
): Promise<{ removed: number; held?: string }> => {
  const losses = await loadLosses(tx, run);
  const held = suspiciousLoss(losses);
  if (held !== undefined) return { removed: 0, held };
  const gone = await takeAway(tx, run, now);
  await retireLonely(
    tx,
    ingest,
    gone.flatMap((id) => id ?? []),
    now,
  );
  return { removed: gone.length };
};

/**
 * Of items that lost a copy, retires those that have none left. Leaves first, then what they leave empty, from below: a
 * container is retired when it has no copy and nothing in it.
 */
export const retireLonely = async (
  tx: Transaction,
  ingest: Pick<Ingest, 'retire'>,
  items: readonly MediaItemId[],
  now: Instant,
): Promise<void> => {
  const ids = [...new Set(items)];
  const floors: ((kind: MediaKind) => boolean)[] = [
    isLeaf,
    (kind) => kind === 'season' || kind === 'album',
    (kind) => kind === 'series' || kind === 'artist',
  ];
  for (const floor of floors) {
    for (const some of chunks(ids)) {
      const lonely = (await withoutCopies(tx, some)).filter((item) => floor(item.kind)).map((item) => item.id);
      if (lonely.length > 0) await ingest.retire(tx, lonely, now);
    }
  }
};
