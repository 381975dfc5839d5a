import type { Mark } from '#activity/marks/watched.ts';
import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';
import type { Counts, PlayFacts, Register } from './entry.ts';
import type { Held } from './held-query.ts';

/** Before every report: what has counts and was never in progress. */
const NEVER: Register = { positionMs: null, durationMs: null, reportedAt: 0 };
const NOT_PLAYED: Counts = { count: 0, firstAt: null, lastAt: null };

/** Puts these marks in place of what a scope holds of the items, whatever is newer; null: none. */
export const putMarks = async (
  tx: Transaction,
  scope: ScopeId,
  marks: ReadonlyMap<MediaItemId, Mark | null>,
): Promise<void> => {
  if (marks.size === 0) return;
  await dropMarks(tx, scope, [...marks.keys()]);
  const rows = [...marks].flatMap(([item_id, mark]) =>
    mark ? [{ scope_id: scope, item_id, watched: mark.watched ? (1 as const) : (0 as const), at: mark.at }] : [],
  );
  if (rows.length > 0) await tx.insertInto('marks').values(rows).execute();
};

/** A play state of a leaf; both null: none. */
export interface HeldState {
  seriesId: MediaItemId | null;
  register: Register | null;
  counts: Counts | null;
}

/** What is held of an item, as a play state. */
export const stateIn = (held: Held, item: MediaItemId, seriesId: MediaItemId | null): HeldState => ({
  seriesId,
  register: held.registers.get(item) ?? null,
  counts: held.counts.get(item) ?? null,
});

/** The same for play states. */
export const putStates = async (
  tx: Transaction,
  scope: ScopeId,
  states: ReadonlyMap<MediaItemId, HeldState>,
): Promise<void> => {
  if (states.size === 0) return;
  await dropStates(tx, scope, [...states.keys()]);
  const rows = [...states].flatMap(([item, state]) =>
    state.register || state.counts ? [rowOf(scope, item, state)] : [],
  );
  if (rows.length > 0) await tx.insertInto('play_states').values(rows).execute();
};

const rowOf = (scope_id: ScopeId, item_id: MediaItemId, { seriesId, register, counts }: HeldState) => {
  const { positionMs, durationMs, reportedAt } = register ?? NEVER;
  const { count, firstAt, lastAt } = counts ?? NOT_PLAYED;
  return {
    scope_id,
    item_id,
    series_id: seriesId,
    position_ms: positionMs,
    duration_ms: durationMs,
    reported_at: reportedAt,
    play_count: count,
    first_played_at: firstAt,
    last_played_at: lastAt,
  };
};

/** Drops all that a scope holds of some items, a few hundred at most: marks … */
export const dropMarks = async (tx: Transaction, scope: ScopeId, items: readonly MediaItemId[]): Promise<void> => {
  await marksOf(tx, { scope, items: idList(dialectOf(tx), items) });
};

/** … and play states. */
export const dropStates = async (tx: Transaction, scope: ScopeId, items: readonly MediaItemId[]): Promise<void> => {
  await statesOf(tx, { scope, items: idList(dialectOf(tx), items) });
};

const dropping = (table: 'marks' | 'play_states') =>
  prepare<{ scope: ScopeId; items: string }>()((db, value, dialect) =>
    db
      .deleteFrom(table)
      .where('scope_id', '=', value('scope'))
      .where(idIn(dialect, 'item_id', value('items'))),
  );
const marksOf = dropping('marks');
const statesOf = dropping('play_states');

/** Takes plays out of the history. They can be brought back by the set that is named. */
export const takePlays = async (
  tx: Transaction,
  ids: readonly PlayId[],
  by: { set: ChangeSetId; at: Instant },
): Promise<void> => {
  if (ids.length > 0) await take(tx, { ids: idList(dialectOf(tx), ids), ...by });
};

const take = prepare<{ ids: string; set: ChangeSetId; at: Instant }>()((db, value, dialect) =>
  db
    .updateTable('plays')
    .set({ deleted_at: value('at'), deleted_in: value('set'), unsettled: 1 })
    .where(idIn(dialect, 'id', value('ids'))),
);

/** Writes what was corrected of a play, which is in the history after that. */
export const putPlay = async (tx: Transaction, id: PlayId, facts: PlayFacts): Promise<void> => {
  await put(tx, { id, ...facts, completed: facts.completed ? 1 : 0 });
};

const put = prepare<Omit<PlayFacts, 'completed'> & { id: PlayId; completed: 0 | 1 }>()((db, value) =>
  db
    .updateTable('plays')
    .set({
      started_at: value('startedAt'),
      last_at: value('lastAt'),
      ended_at: value('endedAt'),
      completed: value('completed'),
      watched_ms: value('watchedMs'),
      date_precision: value('precision'),
      deleted_at: null,
      confirmed: 1,
      unsettled: 1,
    })
    .where('id', '=', value('id')),
);

/**
 * Takes away, or brings back, all plays that a set took away. What another set took away since is its affair.
 * @returns how many
 */
export const turnTaken = async (tx: Transaction, set: ChangeSetId, away: boolean, now: Instant): Promise<number> => {
  const { numUpdatedRows } = await tx
    .updateTable('plays')
    .set({ deleted_at: away ? now : null, unsettled: 1 })
    .where('deleted_in', '=', set)
    .where('deleted_at', away ? 'is' : 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
};
