import { type LocalStanding, standingsOf } from '#activity/standings/standings.ts';
import type { Database, Reader } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { ClientItemId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';
import { countShown, dropHeld, holdChanges } from './held-repository.ts';
import { partsOfCopy } from './items/episodes-query.ts';
import { gather, type LeafStanding } from './items/parts.ts';
import { suspiciousStates } from './loss.ts';
import { type Capabilities, type RemoteKind, remoteKinds } from './media-server.ts';
import { BLANK } from './merge.ts';
import { type PushPlan, planPush, takesAway } from './push-plan.ts';
import { type PushRow, pushPage } from './push-query.ts';
import { addCounts, noCounts, type Run, type RunAccount, readsState } from './run.ts';
import { saveShadows, shadowRow } from './shadow-repository.ts';

/** An entry that is to be written, or looked at because nobody knows whether it was: then its change may be empty. */
export interface Candidate {
  row: PushRow;
  plan: PushPlan & { change: NonNullable<PushPlan['change']> };
}

/** How many entries are compared in one go. */
const COMPARED_AT_ONCE = 500;
/** What there is to do for an account, without doing any of it. */
export const planAccount = async (
  db: Reader,
  run: Run,
  account: RunAccount,
  only?: ClientItemId[],
): Promise<{ candidates: Candidate[]; settled: { row: PushRow; asked: string }[] }> => {
  const candidates: Candidate[] = [];
  const settled: { row: PushRow; asked: string }[] = [];
  for await (const all of pushRows(db, run, account, only)) {
    const rows = all.filter((row) => isKnown(account, row));
    const locals = await localStandings(db, account, rows);
    for (const row of rows) {
      const local = locals.get(row.id);
      const plan = local && planPush(local, row, run.capabilities);
      if (plan && (plan.change || row.unsure)) candidates.push({ row, plan: { ...plan, change: plan.change ?? {} } });
      else if (plan) settled.push({ row, asked: plan.asked });
    }
  }
  return { candidates, settled };
};

/** What an account shows that is read, and was not yet, nobody knows: the next whole run looks at it before anything is written. */
const isKnown = (account: RunAccount, { shadow, firstSeenAt }: PushRow): boolean =>
  shadow !== undefined ||
  account.read ||
  (account.stateReadAt !== null && firstSeenAt <= account.stateReadAt) ||
  !readsState(account.actor);

/** How entries should stand for an account, from how the items do that each stands for. */
export const localStandings = async (
  db: Reader,
  account: RunAccount,
  rows: readonly Pick<PushRow, 'id' | 'kind' | 'itemId' | 'shadow'>[],
): Promise<Map<ClientItemId, LocalStanding>> => {
  const parts = await partsOfCopy(
    db,
    rows.flatMap((row) => (row.kind === 'episode' ? [row.id] : [])),
  );
  const items = new Set(rows.flatMap((row) => parts.get(row.id)?.itemIds ?? [row.itemId]));
  const locals = await standingsOf(db, account.actor, [...items]);
  const found = new Map<ClientItemId, LocalStanding>();
  for (const { id, itemId, shadow } of rows) {
    const several = parts.get(id);
    const leaves = several?.itemIds.flatMap((item) => leafOf(locals.get(item)) ?? []);
    const local = several && leaves && leaves.length > 1 ? gather(leaves, several, shadow) : locals.get(itemId);
    if (local) found.set(id, local);
  }
  return found;
};

const leafOf = (standing: LocalStanding | undefined): LeafStanding | undefined =>
  standing?.state ? { state: standing.state, opinion: standing.opinion } : undefined;

/** What an account may be written, part by part. */
const pushRows = async function* (
  db: Reader,
  run: Run,
  account: RunAccount,
  only: readonly ClientItemId[] | undefined,
): AsyncGenerator<PushRow[]> {
  const of = { kinds: pushedKinds(run.capabilities), limit: COMPARED_AT_ONCE };
  if (only) {
    for (const some of chunks(only)) {
      yield (await pushPage(db, run.clientId, account.id, { ...of, after: 0, only: some })).rows;
    }
    return;
  }
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof pushPage>> = await pushPage(db, run.clientId, account.id, { ...of, after });
    yield page.rows;
    after = page.last;
  }
};

const pushedKinds = ({ kinds, opinionKinds }: Capabilities): RemoteKind[] =>
  remoteKinds.filter((kind) => kinds.includes(kind) && (LEAVES.includes(kind) || opinionKinds.includes(kind)));

const LEAVES: readonly RemoteKind[] = ['movie', 'episode', 'track'];

/** Both sides show the same: only to be remembered. */
export const settle = async (
  { database }: { database: Database },
  run: Run,
  account: RunAccount,
  settled: readonly { row: PushRow; asked: string }[],
): Promise<void> => {
  for (let from = 0; from < settled.length; from += COMPARED_AT_ONCE) {
    const some = settled.slice(from, from + COMPARED_AT_ONCE);
    await database.transaction((tx) =>
      saveShadows(
        tx,
        some.map(({ row, asked }) =>
          shadowRow(account.id, row.id, row.shadow ?? BLANK, { asked, intent: null }, run.startedAt),
        ),
      ),
    );
  }
};

/** What would take much of what an account shows is not written before someone agrees. */
export const withoutHeld = async (
  { database, clock }: { database: Database; clock: Clock },
  run: Run,
  account: RunAccount,
  candidates: readonly Candidate[],
): Promise<Candidate[]> => {
  const losses = candidates.filter(({ row, plan }) => takesAway(plan.change, row.shadow));
  const shown = losses.length === 0 || run.agreed ? 0 : await countShown(database.read, account.id);
  if (losses.length === 0 || run.agreed || !suspiciousStates(losses.length, shown)) return [...candidates];
  const now = clock.now();
  await database.transaction(async (tx) => {
    await dropHeld(tx, run.clientId, 'ours');
    await holdChanges(
      tx,
      losses.map(({ row, plan }) => ({
        run_id: run.id,
        client_id: run.clientId,
        account_id: account.id,
        client_item_id: row.id,
        side: 'ours' as const,
        before: JSON.stringify(row.shadow ?? BLANK),
        after: JSON.stringify({ ...plan.change, asked: plan.asked }),
        seen_at: now,
      })),
    );
  });
  run.counts = addCounts(run.counts, { ...noCounts(), held: losses.length });
  run.warnings.push(
    `${losses.length} of ${shown} entries of ${account.name} on ${run.clientName} would be set unwatched or unrated there. That many are not written without asking: approve or reject it.`,
  );
  return candidates.filter((candidate) => !losses.includes(candidate));
};
