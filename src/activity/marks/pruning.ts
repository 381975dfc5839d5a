import { sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';

/** Marks looked at in one step. */
const BATCH = 500;

/**
 * Takes away marks of a scope that no reading can tell from none: one on their series or artist overrules each and covers
 * all that it covers. What a season's or a library's mark dominates stays: an episode may come to another season and a
 * series to another library, and keeps then what was its own. One step looks at a few hundred marks; the caller goes on
 * from `next` until it is null.
 * @param olderThan only what a mark from before then dominates: what may still be undone leaves what it dominates
 */
export const pruneDominated = async (
  tx: Transaction,
  scope: ScopeId,
  olderThan: Instant,
  after: MediaItemId | null = null,
): Promise<{ pruned: number; next: MediaItemId | null }> => {
  const from = after ?? (0 as MediaItemId);
  const [end] = await endOfStep(tx, { scope, from });
  const to = end?.item_id ?? (Number.MAX_SAFE_INTEGER as MediaItemId);
  const pruned = await prune(tx, { scope, from, to, olderThan });
  return { pruned: pruned.length, next: end?.item_id ?? null };
};

const endOfStep = prepare<{ scope: ScopeId; from: MediaItemId }>()((db, value) =>
  db
    .selectFrom('marks')
    .select('item_id')
    .where('scope_id', '=', value('scope'))
    .where('item_id', '>', value('from'))
    .orderBy('item_id')
    .limit(1)
    .offset(BATCH - 1),
);

/**
 * A container's mark covers what was added before it, and all that a newer mark above it covers as well. A leaf's mark
 * covers the leaf whenever that was added, so the one above must be at least as new as the leaf.
 */
const prune = prepare<{ scope: ScopeId; from: MediaItemId; to: MediaItemId; olderThan: Instant }>()((db, value) => ({
  compile: () =>
    sql<{ item_id: MediaItemId }>`DELETE FROM marks
      WHERE scope_id = ${value('scope')} AND item_id > ${value('from')} AND item_id <= ${value('to')}
        AND EXISTS (SELECT 1 FROM media_items AS i JOIN marks AS above
            ON above.scope_id = marks.scope_id AND above.item_id = i.root_id
          WHERE i.id = marks.item_id AND above.at < ${value('olderThan')}
            AND (above.at > marks.at OR (above.at = marks.at AND above.watched >= marks.watched))
            AND (above.at >= i.added_at OR i.kind NOT IN ('movie', 'episode', 'track', 'stream')))
      RETURNING item_id`.compile(db),
}));
