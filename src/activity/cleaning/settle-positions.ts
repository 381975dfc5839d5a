import { loadActivity, loadHeld } from '#activity/changes/held-query.ts';
import { type HeldState, putMarks, putStates, stateIn } from '#activity/changes/held-repository.ts';
import { lockUser } from '#activity/changes/people.ts';
import { mergeAgain, noteSeries, settle, type TouchedSeries } from '#activity/changes/settle.ts';
import { type Mark, overrules } from '#activity/marks/watched.ts';
import type { Transaction } from '#database/database.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import type { OpenPosition } from './position-query.ts';

/** A position that does not count any more, and what it means: nothing, or the end. */
export interface Judged extends OpenPosition {
  outcome: 'noise' | 'complete';
}

/** Ends positions of one user (a few hundred at most); at the end of a leaf it is watched, and its play completed. */
export const settlePositions = async (tx: Transaction, user: UserId, judged: readonly Judged[]): Promise<void> => {
  const people = await lockUser(tx, user);
  const touched: TouchedSeries = new Map();
  for (const [scope, ofScope] of Map.groupBy(judged, (position) => position.scope)) {
    if (people.own.has(scope)) await settleScope(tx, scope, ofScope, touched);
  }
  await mergeAgain(
    tx,
    people,
    judged.map((position) => position.item),
  );
  await settle(tx, people, touched);
};

const settleScope = async (
  tx: Transaction,
  scope: ScopeId,
  judged: readonly Judged[],
  touched: TouchedSeries,
): Promise<void> => {
  const held = await loadHeld(
    tx,
    scope,
    judged.map((position) => position.item),
  );
  const series = [...new Set(judged.flatMap((position) => position.series ?? []))];
  for (const [id, at] of await loadActivity(tx, scope, series)) noteSeries(touched, scope, id, at);
  const marks = new Map<MediaItemId, Mark>();
  const states = new Map<MediaItemId, HeldState>();
  for (const position of judged) {
    const state = stateIn(held, position.item, position.series);
    // It may have moved on while this was decided.
    if (state.register?.reportedAt !== position.reportedAt || state.register.positionMs === null) continue;
    const register = { ...state.register, positionMs: null };
    const more = position.outcome === 'complete' ? await completePlay(tx, position) : 0;
    const counts = state.counts && { ...state.counts, count: state.counts.count + more };
    states.set(position.item, { ...state, register, counts });
    const mark = { watched: true, at: position.reportedAt };
    if (position.outcome === 'complete' && overrules(mark, held.marks.get(position.item))) {
      marks.set(position.item, mark);
    }
  }
  await putMarks(tx, scope, marks);
  await putStates(tx, scope, states);
};

/** The play in which the position was reported. @returns how many there are: what other programs told may have none */
const completePlay = async (tx: Transaction, { deviceUser, item, reportedAt }: Judged): Promise<number> => {
  const play = await tx
    .selectFrom('plays')
    .select('id')
    .where('item_id', '=', item)
    .where('device_user_id', '=', deviceUser)
    .where('started_at', '<=', reportedAt)
    .where('last_at', '>=', reportedAt)
    .where('completed', '=', 0)
    .where('deleted_at', 'is', null)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!play) return 0;
  const done = { completed: 1 as const, confirmed: 1 as const, unsettled: 1 as const };
  await tx.updateTable('plays').set(done).where('id', '=', play.id).execute();
  return 1;
};
