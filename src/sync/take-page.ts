import type { Insertable } from 'kysely';
import type { Activity } from '#activity/service.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Transaction } from '#database/database.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { loadPlaced, ofSeveralCopies } from './copy-query.ts';
import { type CopyRow, insertCopies, loadCopies, loadExternalIds, markSeen, updateCopy } from './copy-repository.ts';
import type { Decision } from './decision.ts';
import { stillDecided } from './items/doubt.ts';
import { refreshEpisode } from './items/episodes.ts';
import { partsOfCopies, saveParts } from './items/mapping-repository.ts';
import { partsOf } from './items/parts.ts';
import { matchDecision } from './match-decision.ts';
import type { RemoteItem, RemoteKind } from './media-server.ts';
import { digestOf, type Placed, parentOf, place } from './place.ts';
import { addCounts, noCounts, type Run, type RunAccount, type RunCounts, readsState } from './run.ts';
import { sameCopy } from './same-copy.ts';
import { dropShadows } from './shadow-repository.ts';
import { takeStates } from './take-states.ts';

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
  placed: Placed;
  /** Whether what was kept is of the same work; else its state begins anew. */
  stands: boolean;
}

/** What a page brought, for the run to remember once it is saved. */
export interface PageResult {
  counts: RunCounts;
  /** Entries that were not known before, by kind. */
  added: Map<RemoteKind, number>;
  /** The account's change set so far; null: the run has changed nothing. */
  changeSet: ChangeSetId | null;
  decisions: Decision[];
}

/**
 * Takes over one page of a server's items as one of its accounts sees them: places each among ours, keeps the mapping,
 * and records what people did there since the last time. An entry that tells nothing new costs no write but the note
 * that it was seen. What was lost there waits in `held_changes` until the run knows how much it is.
 */
export const takePage = async (
  tx: Transaction,
  tools: PageTools,
  run: Run,
  account: RunAccount | null,
  items: readonly RemoteItem[],
  now: Instant,
): Promise<PageResult> => {
  const told = [...new Map(items.map((item) => [item.remoteId, item])).values()];
  const names = told.map(({ remoteId }) => remoteId);
  const copies = await loadCopies(tx, run.clientId, account?.id ?? null, names);
  await rememberParents(tx, run, told);
  const entries = told.map((item) => entryOf(item, copies.get(item.remoteId)));
  const changed = entries.filter(({ stands }) => !stands);
  const externalIds = await loadExternalIds(tx, changed.flatMap(itemOf));
  const several = await ofSeveralCopies(tx, run.clientId, changed.filter(isElsewhere).flatMap(itemOf));
  const fresh: Insertable<ClientItemsTable>[] = [];
  const result: PageResult = {
    counts: { ...noCounts(), seen: told.length },
    added: countKinds(entries),
    changeSet: account?.changeSet ?? null,
    decisions: [],
  };
  const parts = await partsOfCopies(
    tx,
    changed.flatMap(({ told: { kind }, known }) => (kind === 'episode' && known ? [known.id] : [])),
  );
  for (const entry of entries) if (entry.stands) rememberContainer(run, entry);
  await tools.ingest.batch(tx, expectedOf(run, changed), async () => {
    for (const entry of changed) {
      entry.placed.further = (entry.known && parts.get(entry.known.id)) ?? [];
      entry.stands = standsFor(run, entry, externalIds);
      result.counts = addCounts(result.counts, await settle(tx, tools.ingest, run, entry, fresh));
      if (entry.known && isAnother(entry, entry.known, several)) await beginAnew(tx, run, entry, entry.known);
      rememberContainer(run, entry);
    }
  });
  const ids = await insertCopies(tx, fresh);
  await keepParts(tx, changed, ids, parts);
  await markSeen(tx, run.startedAt, seenAgain(entries, run));
  await reviveAll(tx, tools.ingest, entries);
  for (const { told, known, placed } of changed) {
    const decision = matchDecision(told, known, placed, known?.id ?? ids.get(told.remoteId) ?? null);
    if (decision) result.decisions.push(decision);
  }
  if (account === null || !readsState(account.actor)) return result;
  const taken = await takeStates(tx, tools.activity, run, account, statesOf(entries, ids), now);
  return {
    ...result,
    counts: addCounts(result.counts, taken.counts),
    changeSet: taken.changeSet,
    decisions: [...result.decisions, ...taken.decisions],
  };
};

/** What entries hang from was placed in a former page, or in a run that was broken off. */
const rememberParents = async (tx: Transaction, run: Run, told: readonly RemoteItem[]): Promise<void> => {
  const missing = told.flatMap((item) =>
    'parentRemoteId' in item && !run.placed.has(item.parentRemoteId) ? [item.parentRemoteId] : [],
  );
  if (missing.length === 0) return;
  for (const [remoteId, itemId] of await loadPlaced(tx, run.clientId, [...new Set(missing)], run.startedAt)) {
    run.placed.set(remoteId, itemId);
  }
};

const entryOf = (told: RemoteItem, known: CopyRow | undefined): Entry => {
  const digest = digestOf(told);
  const { item_id: itemId = null, match = 'ambiguous', doubt = null } = known ?? {};
  return { told, digest, known, placed: { itemId, further: [], match, doubt }, stands: isSame(digest, known) };
};

/** Nothing of the work is told differently: there is nothing to do but to look at its state. */
const isSame = (digest: string, known: CopyRow | undefined): boolean =>
  known !== undefined &&
  known.digest === digest &&
  known.removed_at === null &&
  (known.item_id !== null || known.match === 'person');

const rememberContainer = ({ placed }: Run, { told, placed: { itemId } }: Entry): void => {
  if (itemId !== null && !('state' in told)) placed.set(told.remoteId, itemId);
};

const standsFor = (
  run: Run,
  { told, digest, known }: Entry,
  externalIds: Awaited<ReturnType<typeof loadExternalIds>>,
): boolean => {
  if (known?.match === 'person')
    return known.digest === digest || stillDecided(decidedOf(known), told, parentOf(run, told));
  if (!known?.item_id) return false;
  if (known.digest === digest) return true;
  const item = {
    parentId: known.parent_id,
    rootId: known.root_id,
    seasonNumber: known.season_number,
    episodeNumber: known.episode_number,
    externalIds: externalIds.get(known.item_id) ?? [],
  };
  return sameCopy({ ...known, decided: false, item }, told, parentOf(run, told));
};

/** Those that have no item yet and will be looked for. */
const expectedOf = (run: Run, entries: readonly Entry[]) =>
  entries.flatMap(({ told, known }) =>
    known?.item_id ? [] : [{ kind: told.kind, parentId: parentOf(run, told) ?? null, told: told.facts }],
  );

const decidedOf = (known: CopyRow) => ({
  ...known,
  item: known.item_id === null ? null : { parentId: known.parent_id, rootId: known.root_id },
});

/** Places one entry; what is new is only collected, to be written together. */
const settle = async (
  tx: Transaction,
  ingest: Ingest,
  run: Run,
  entry: Entry,
  fresh: Insertable<ClientItemsTable>[],
): Promise<RunCounts> => {
  const { told, digest, known } = entry;
  if (known && entry.stands && !isDivided(entry)) {
    if (known.digest === digest) return noCounts();
    if (known.item_id !== null) await refresh(tx, ingest, known.item_id, told);
    await updateCopy(tx, known.id, { ...describe(told), digest });
    return { ...noCounts(), updated: 1 };
  }
  const placed = await place(tx, ingest, run, told);
  entry.placed = placed;
  const values = { ...describe(told), digest, item_id: placed.itemId, match: placed.match, doubt: placed.doubt };
  if (!known) fresh.push({ ...values, ...keyOf(run, told) });
  else await settleAnew(tx, entry, known, values);
  return countPlaced(placed, known);
};

/** An episode that is told as another number of episodes than before; whoever decided on it knew why. */
const isDivided = ({ told, digest, known, placed }: Entry): boolean =>
  told.kind === 'episode' &&
  known?.match !== 'person' &&
  known?.digest !== digest &&
  partsOf(told.facts).length !== placed.further.length + 1 &&
  (placed.further.length > 0 || told.facts.episodeNumberEnd !== undefined);

const refresh = (tx: Transaction, ingest: Ingest, itemId: MediaItemId, told: RemoteItem): Promise<void> =>
  told.kind === 'episode' ? refreshEpisode(tx, ingest, itemId, told.facts) : ingest.refresh(tx, itemId, told.facts);

/** Of double episodes, all that each stands for. */
const keepParts = async (
  tx: Transaction,
  entries: readonly Entry[],
  ids: ReadonlyMap<string, ClientItemId>,
  before: ReadonlyMap<ClientItemId, MediaItemId[]>,
): Promise<void> => {
  for (const { told, known, placed } of entries) {
    const id = known?.id ?? ids.get(told.remoteId);
    if (id === undefined) continue;
    if ((before.get(id) ?? []).join() !== placed.further.join()) await saveParts(tx, id, placed.further);
  }
};

/** What was kept is not trusted any more, or never had an item. */
const settleAnew = async (tx: Transaction, entry: Entry, known: CopyRow, values: CopyValues): Promise<void> => {
  const unchanged = known.digest === values.digest && known.item_id === values.item_id && known.doubt === values.doubt;
  if (!unchanged) await updateCopy(tx, known.id, values);
  entry.stands = known.item_id !== null && known.item_id === values.item_id;
};

const itemOf = ({ known }: Entry): MediaItemId[] => (known?.item_id == null ? [] : [known.item_id]);

/** Its file is another than before. */
const isElsewhere = ({ told, known }: Entry): boolean =>
  known !== undefined && known.path !== null && told.path !== null && known.path !== told.path;

/** @param several items of which the server has several copies: there an id with another file may be that of another copy */
const isAnother = (entry: Entry, known: CopyRow, several: ReadonlySet<MediaItemId>): boolean =>
  known.removed_at !== null ||
  (!entry.stands && (known.item_id !== null || entry.placed.itemId !== null)) ||
  (known.item_id !== null && several.has(known.item_id) && isElsewhere(entry));

/**
 * What was seen of an entry that stands for another work now is not of that work; and of one that was away nobody knows
 * what became of it meanwhile. Both are looked at as if for the first time.
 */
const beginAnew = async (tx: Transaction, run: Run, entry: Entry, known: CopyRow): Promise<void> => {
  await dropShadows(tx, known.id);
  await updateCopy(tx, known.id, { first_seen_at: run.startedAt });
  entry.known = { ...known, shadow: undefined, asked: null, intent: null, first_seen_at: run.startedAt };
};

/** Those that the run has not noted yet: each account tells of them again. */
const seenAgain = (entries: readonly Entry[], run: Run): ClientItemId[] =>
  entries.flatMap(({ known }) =>
    known && (known.seen_at !== run.startedAt || known.removed_at !== null) ? [known.id] : [],
  );

/** Items that were away come back with all that hangs on them. */
const reviveAll = async (tx: Transaction, ingest: Ingest, entries: readonly Entry[]): Promise<void> => {
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
  first_seen_at: run.startedAt,
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

const statesOf = (entries: readonly Entry[], ids: ReadonlyMap<string, ClientItemId>) =>
  entries.flatMap(({ told, known, placed, stands }) => {
    const copyId = known?.id ?? ids.get(told.remoteId);
    if (placed.itemId === null || copyId === undefined) return [];
    if (!('state' in told) && told.opinion === undefined) return [];
    const standing = {
      ...('state' in told ? { state: told.state } : {}),
      ...(told.opinion ? { opinion: told.opinion } : {}),
    };
    return [{ copyId, itemId: placed.itemId, told: standing, known: stands ? known : undefined }];
  });

const countKinds = (entries: Entry[]): Map<RemoteKind, number> => {
  const kinds = new Map<RemoteKind, number>();
  for (const { told, known } of entries) if (!known) kinds.set(told.kind, (kinds.get(told.kind) ?? 0) + 1);
  return kinds;
};
