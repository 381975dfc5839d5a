import type { Insertable } from 'kysely';
import type { Activity } from '#activity/service.ts';
import type { Transaction } from '#database/database.ts';
import type { HeldChangesTable, ShadowsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import type { CopyRow } from './copy-repository.ts';
import type { Decision } from './decision.ts';
import { holdChanges } from './held-repository.ts';
import { partsOfCopy } from './items/episodes-query.ts';
import { spread } from './items/parts.ts';
import type { Standing } from './media-server.ts';
import { BLANK, type Pulled, pull, type RemoteEvent, type Shadow } from './merge.ts';
import { newestOf, unsureOf } from './push-plan.ts';
import { noCounts, type Run, type RunAccount, type RunCounts } from './run.ts';
import { countsOf, saveShadows, shadowRow } from './shadow-repository.ts';

/** How an entry stands for the account, as it is told now. */
export interface ToldState {
  copyId: ClientItemId;
  itemId: MediaItemId;
  told: Standing;
  /** What is kept of it; absent: nothing, or of another work. */
  known: Pick<CopyRow, 'shadow' | 'asked' | 'intent' | 'first_seen_at'> | undefined;
}

export interface Taken {
  counts: RunCounts;
  changeSet: ChangeSetId | null;
  decisions: Decision[];
}

/**
 * Records what people did on a server since the last time, as its account's device user, and remembers what was seen.
 * Losses are held: see `settle-losses.ts`.
 * @param believe also losses are taken at once: it was told of just this entry, or someone agreed
 */
export const takeStates = async (
  tx: Transaction,
  activity: Pick<Activity, 'recordRun'>,
  run: Run,
  account: RunAccount,
  states: readonly ToldState[],
  now: Instant,
  believe = false,
): Promise<Taken> => {
  const shadows: Insertable<ShadowsTable>[] = [];
  const held: Insertable<HeldChangesTable>[] = [];
  const pulls: Taking[] = [];
  const decisions: Decision[] = [];
  for (const state of states) {
    const { event, shadow, loss } = pulled(run, account, state, now);
    if (loss && event && !believe) {
      held.push(heldRow(run, account, state, now));
      continue;
    }
    if (event) {
      pulls.push({ state, event });
      decisions.push(taken(account, state, shadow));
    }
    if (shadow || state.known?.intent) {
      const asked = askedOf(account, state, event);
      const keep = shadow ?? state.known?.shadow ?? BLANK;
      shadows.push(shadowRow(account.id, state.copyId, keep, { asked, intent: null }, now));
    }
  }
  const events = await eventsOf(tx, await withCounts(tx, account, pulls));
  const into = { runId: run.id, set: account.changeSet };
  const changeSet = events.length === 0 ? into.set : await activity.recordRun(tx, account.actor, into, events);
  await saveShadows(tx, shadows);
  await holdChanges(tx, held);
  return { counts: { ...noCounts(), events: pulls.length }, changeSet, decisions };
};

const pulled = (run: Run, account: RunAccount, { told, known }: ToldState, now: Instant): Pulled => {
  const before = {
    shadow: known?.shadow,
    intent: known?.intent ?? null,
    lastSeenAt: lastSeenAt(account, known),
  };
  const pulled = pull(told, before, now, { ...run.capabilities, logsPlays: run.logsPlays });
  return pulled.event?.playCount !== undefined && account.known
    ? { ...pulled, event: mirrored(run, pulled.event) }
    : pulled;
};

/** When the entry was looked at last; undefined: never. */
const lastSeenAt = ({ stateReadAt }: RunAccount, known: ToldState['known']): Instant | undefined =>
  known && stateReadAt !== null && known.first_seen_at <= stateReadAt ? stateReadAt : undefined;

/** What they did before our newest act and was seen only now does not win: what we want is to be told again. */
const askedOf = (account: RunAccount, { known }: ToldState, event: RemoteEvent | undefined): string | null => {
  if (!known?.asked) return null;
  const done = Math.max(event?.watched?.at ?? 0, event?.position?.at ?? 0);
  const before = done > 0 && done < newestOf(known.asked);
  return before || lastSeenAt(account, known) === undefined ? unsureOf(known.asked, known.asked) : known.asked;
};

/**
 * An entry that an account shows for the first time, though it was synced before: the server was set up anew, or gave it
 * another id. What it counts was written there by us as well; where a count cannot be told, each writing was counted.
 */
const mirrored = ({ capabilities }: Run, event: RemoteEvent): RemoteEvent => {
  if (capabilities.writes.includes('playCount')) return { ...event, mirrored: true };
  const { playCount: _, plays: __, ...rest } = event;
  return rest;
};

interface Taking {
  state: ToldState;
  event: RemoteEvent;
}

/** Of what was synced before under another id, how often it was played as that showed last. */
const withCounts = async (tx: Transaction, account: RunAccount, pulls: readonly Taking[]): Promise<Taking[]> => {
  const again = pulls.flatMap(({ state, event }) => (event.mirrored ? [state.itemId] : []));
  if (again.length === 0) return [...pulls];
  const counts = await countsOf(tx, account.id, again);
  return pulls.map(({ state, event }) => {
    const countedBefore = event.mirrored ? counts.get(state.itemId) : undefined;
    return { state, event: countedBefore === undefined ? event : { ...event, countedBefore } };
  });
};

/** Of each item that an entry stands for: a double episode is several. */
const eventsOf = async (tx: Transaction, pulls: readonly Taking[]) => {
  const parts = await partsOfCopy(
    tx,
    pulls.map(({ state }) => state.copyId),
  );
  return pulls.flatMap(({ state: { copyId, itemId }, event }) => {
    const several = parts.get(copyId);
    if (!several) return [{ itemId, event: named(event, itemId) }];
    return spread(event, several).flatMap((one, index) => {
      const item = several.itemIds[index];
      return item === undefined ? [] : [{ itemId: item, event: named(one, item) }];
    });
  });
};

/**
 * Names the plays of a device user for good, so that none is taken twice: by our item and the instant. The server's own
 * ids start anew when it is rebuilt, ours of it when it is connected again, and two copies of one film are often marked
 * together.
 */
const named = (event: RemoteEvent, itemId: MediaItemId) => {
  const { plays, ...rest } = event;
  if (!plays) return rest;
  return {
    ...rest,
    plays: plays.map((play) => ({ ...play, sourceKey: `${itemId}:${play.at}` })),
  };
};

const heldRow = (
  run: Run,
  account: RunAccount,
  { copyId, told, known }: ToldState,
  now: Instant,
): Insertable<HeldChangesTable> => ({
  run_id: run.id,
  client_id: run.clientId,
  account_id: account.id,
  client_item_id: copyId,
  side: 'theirs',
  before: JSON.stringify(known?.shadow ?? BLANK),
  after: JSON.stringify(told),
  seen_at: now,
});

const taken = (account: RunAccount, { copyId, itemId, known }: ToldState, after: Shadow | undefined): Decision => ({
  phase: 'pull',
  accountId: account.id,
  copyId,
  itemId,
  decision: 'taken',
  why: known?.shadow
    ? 'It changed there since it was looked at last; only they changed it, or the newest wins.'
    : 'It is looked at for the first time, or was blank there before.',
  before: known?.shadow ?? BLANK,
  after: after ?? known?.shadow ?? BLANK,
});
