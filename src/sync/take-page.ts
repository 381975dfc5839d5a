import type { Insertable } from 'kysely';
import type { Activity } from '#activity/service.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { ClientItemsTable, ShadowsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import {
  type CopyRow,
  dropShadows,
  insertCopies,
  loadCopies,
  loadExternalIds,
  markSeen,
  saveShadows,
  updateCopy,
} from './copy-repository.ts';
import type { RemoteItem, RemoteKind } from './media-server.ts';
import { type Pulled, pull, type RemoteEvent } from './merge.ts';
import { digestOf, type Placed, parentOf, place } from './place.ts';
import { addCounts, noCounts, type Run, type RunCounts, readsState } from './run.ts';
import { sameCopy } from './same-copy.ts';

export interface PageTools {
  ingest: Ingest;
  activity: Pick<Activity, 'recordRun'>;
}

/** One entry of a page on its way. */
interface Entry {
  told: RemoteItem;
  digest: string;
  /** What was kept of it; absent: it is new. */
  known: CopyRow | undefined;
  itemId: MediaItemId | null;
  /** Whether what was kept is of the same work; else its state begins anew. */
  stands: boolean;
}

/** What a page brought, for the run to remember once it is saved. */
export interface PageResult {
  counts: RunCounts;
  /** Entries that were not known before, by kind. */
  added: Map<RemoteKind, number>;
  /** The change set of the run so far; null: it has changed nothing. */
  changeSet: ChangeSetId | null;
}

/**
 * Takes over one page of a server's items: places each among ours, keeps the mapping, and records what people did there
 * since the last time. An entry that tells nothing new costs no write but the note that it was seen.
 */
export const takePage = async (
  tx: Transaction,
  tools: PageTools,
  run: Run,
  items: readonly RemoteItem[],
  now: Instant,
): Promise<PageResult> => {
  const told = [...new Map(items.map((item) => [item.remoteId, item])).values()];
  const copies = await loadCopies(
    tx,
    run.clientId,
    run.accountId,
    told.map(({ remoteId }) => remoteId),
  );
  const entries = told.map((item) => entryOf(item, copies.get(item.remoteId)));
  const externalIds = await loadExternalIds(
    tx,
    entries.flatMap(({ known, digest }) => (known?.digest !== digest && known?.item_id) || []),
  );
  const fresh: Insertable<ClientItemsTable>[] = [];
  let counts: RunCounts = { ...noCounts(), seen: told.length };
  for (const entry of entries) {
    entry.stands = standsFor(run, entry, externalIds);
    counts = addCounts(counts, await settle(tx, tools.ingest, run, entry, fresh));
    if (entry.itemId !== null && !('state' in entry.told)) run.placed.set(entry.told.remoteId, entry.itemId);
  }
  const ids = await insertCopies(tx, fresh);
  await markSeen(
    tx,
    entries.flatMap(({ known }) => known?.id ?? []),
    run.startedAt,
  );
  await reviveAll(tx, tools.ingest, entries);
  const added = countKinds(entries);
  if (!readsState(run.actor)) return { counts, added, changeSet: run.changeSet };
  const { events, changeSet } = await takeStates(tx, tools.activity, run, entries, ids, now);
  return { counts: { ...counts, events }, added, changeSet };
};

const entryOf = (told: RemoteItem, known: CopyRow | undefined): Entry => ({
  told,
  digest: digestOf(told),
  known,
  itemId: known?.item_id ?? null,
  stands: false,
});

const standsFor = (
  run: Run,
  { told, digest, known }: Entry,
  externalIds: Awaited<ReturnType<typeof loadExternalIds>>,
): boolean => {
  if (!known?.item_id) return false;
  if (known.digest === digest) return true;
  const item = {
    parentId: known.parent_id,
    rootId: known.root_id,
    seasonNumber: known.season_number,
    episodeNumber: known.episode_number,
    externalIds: externalIds.get(known.item_id) ?? [],
  };
  return sameCopy({ ...known, decided: known.match === 'person', item }, told, parentOf(run, told));
};

/** Places one entry; what is new is only collected, to be written together. */
const settle = async (
  tx: Transaction,
  ingest: Ingest,
  run: Run,
  entry: Entry,
  fresh: Insertable<ClientItemsTable>[],
): Promise<RunCounts> => {
  const { told, digest, known } = entry;
  if (known?.item_id && entry.stands) {
    if (known.digest === digest) return noCounts();
    await ingest.refresh(tx, known.item_id, told.facts);
    await updateCopy(tx, known.id, { ...describe(told), digest });
    return { ...noCounts(), updated: 1 };
  }
  const placed = await place(tx, ingest, run, told);
  entry.itemId = placed.itemId;
  const values = { ...describe(told), digest, item_id: placed.itemId, match: placed.match, doubt: placed.doubt };
  if (!known) fresh.push({ ...values, ...keyOf(run, told) });
  else await settleAnew(tx, entry, known, values);
  return countPlaced(placed, known);
};

/** What was kept is not trusted any more, or never had an item. */
const settleAnew = async (tx: Transaction, entry: Entry, known: CopyRow, values: CopyValues): Promise<void> => {
  const unchanged = known.digest === values.digest && known.item_id === values.item_id && known.doubt === values.doubt;
  if (!unchanged) await updateCopy(tx, known.id, values);
  entry.stands = known.item_id !== null && known.item_id === values.item_id;
  if (known.shadow && !entry.stands) await dropShadows(tx, known.id);
};

/** Items that were away come back with all that hangs on them. */
const reviveAll = async (tx: Transaction, ingest: Ingest, entries: Entry[]): Promise<void> => {
  const away = entries.flatMap(({ known, stands }) => (stands && known?.item_removed_at && known.item_id) || []);
  if (away.length > 0) await ingest.revive(tx, [...new Set(away)]);
};

type CopyValues = ReturnType<typeof describe> & Pick<CopyRow, 'digest' | 'item_id' | 'match' | 'doubt'>;

const describe = (told: RemoteItem) => ({
  kind: told.kind,
  title: told.facts.title,
  year: told.facts.year ?? null,
  path: told.path,
});

const keyOf = (run: Run, told: RemoteItem) => ({
  client_id: run.clientId,
  client_item_id: told.remoteId,
  seen_at: run.startedAt,
  removed_at: null,
});

const countPlaced = ({ match, itemId }: Placed, known: CopyRow | undefined): RunCounts => ({
  ...noCounts(),
  created: match === 'created' ? 1 : 0,
  matched: match === 'external_id' || match === 'title' ? 1 : 0,
  ambiguous: match === 'ambiguous' ? 1 : 0,
  rematched: known?.item_id && known.item_id !== itemId ? 1 : 0,
});

const takeStates = async (
  tx: Transaction,
  activity: PageTools['activity'],
  run: Run,
  entries: Entry[],
  ids: Map<string, ClientItemId>,
  now: Instant,
): Promise<{ events: number; changeSet: ChangeSetId | null }> => {
  const shadows: Insertable<ShadowsTable>[] = [];
  const events: { itemId: MediaItemId; event: ReturnType<typeof named> }[] = [];
  for (const entry of entries) {
    const copyId = entry.known?.id ?? ids.get(entry.told.remoteId);
    if (entry.itemId === null || copyId === undefined) continue;
    const { event, shadow } = pulled(run, entry, now);
    if (event) events.push({ itemId: entry.itemId, event: named(event, entry.itemId) });
    if (shadow) shadows.push(shadowRow(run, copyId, shadow, now));
  }
  const into = { runId: run.id, set: run.changeSet };
  const changeSet = events.length === 0 ? into.set : await activity.recordRun(tx, run.actor, into, events);
  await saveShadows(tx, shadows);
  return { events: events.length, changeSet };
};

const pulled = (run: Run, { told, known, stands }: Entry, now: Instant): Pulled => {
  if (!('state' in told)) return {};
  if (!known || !stands) return pull(told.state, undefined, undefined, now);
  // What imports saw since that did not look at the state tells nothing of when it changed.
  const looked = run.stateReadAt !== null && known.seen_at <= run.stateReadAt;
  return pull(told.state, known.shadow, looked ? known.seen_at : undefined, now);
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

const shadowRow = (run: Run, copyId: ClientItemId, shadow: NonNullable<Pulled['shadow']>, now: Instant) => ({
  account_id: run.accountId,
  client_item_id: copyId,
  watched: shadow.watched ? (1 as const) : (0 as const),
  play_count: shadow.playCount,
  position_ms: shadow.positionMs,
  last_played_at: shadow.lastPlayedAt,
  rating: null,
  seen_at: now,
});

const countKinds = (entries: Entry[]): Map<RemoteKind, number> => {
  const kinds = new Map<RemoteKind, number>();
  for (const { told, known } of entries) if (!known) kinds.set(told.kind, (kinds.get(told.kind) ?? 0) + 1);
  return kinds;
};
