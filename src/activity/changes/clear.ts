import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { heardDevices } from '#activity/lists/history-devices.ts';
import { checkPeriod } from '#activity/marks/instants.ts';
import { libraryKindFor } from '#activity/playing/library-query.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { DeviceUserId, MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type ClearRequest, type ItemQuery, markedItems, stateItems } from './clear-query.ts';
import { consequences } from './consequences.ts';
import { type Corrected, seriesEntries } from './correct.ts';
import type { Counts } from './entry.ts';
import { type Held, type HeldPlay, loadHeld, loadPlaces, loadPlaysOf } from './held-query.ts';
import { type HeldState, putMarks, putStates } from './held-repository.ts';
import { difference } from './journal.ts';
import { lockUser, scopeOf, type UserScopes } from './people.ts';
import { openSet, type SetWriter } from './set-repository.ts';
import { mergeAgain, settle, type TouchedLibrary, type TouchedSeries } from './settle.ts';

interface Clearing {
  tx: Transaction;
  request: ClearRequest;
  people: UserScopes;
  writer: SetWriter;
  touched: TouchedSeries;
  /** Whose marks go. */
  libraries: TouchedLibrary[];
}

/**
 * Clears the history that a viewer may know of: plays, counts and positions, and marks where that is asked for. Plays are
 * taken away in one statement; the rest goes in parts of a few hundred rows, each remembered, so that all of it can come
 * back.
 */
export const clearHistory = async (
  tx: Transaction,
  viewer: Viewer,
  request: ClearRequest,
  now: Instant,
): Promise<Corrected & { plays: number; kept: boolean }> => {
  await check(tx, viewer, request);
  const { ids: devices } = await heardDevices(tx, viewer);
  const people = await lockUser(tx, viewer.userId);
  const cause = { kind: 'clear' as const, ...(request.libraryId === undefined ? {} : { itemId: request.libraryId }) };
  const writer = await openSet(tx, viewer, cause, now);
  const clearing: Clearing = { tx, request, people, writer, touched: new Map(), libraries: [] };
  const plays = await takeAll(clearing, viewer, devices, now);
  const scopes = devices.flatMap((device) => scopeOf(people, device) ?? []);
  for (const [index, scope] of scopes.entries()) {
    const device = devices[index];
    if (device === undefined) continue;
    await eachPart(stateItems(tx, request, scope), (items) => clearStates(clearing, scope, device, items));
    if (request.marks) await eachPart(markedItems(tx, request, scope), (items) => clearMarks(clearing, scope, items));
  }
  await settle(tx, people, clearing.touched, clearing.libraries);
  const kept = await writer.end();
  return { writer, plays, kept, items: [], scopes: [...scopes, people.group] };
};

const check = async (tx: Transaction, { grants }: Viewer, { libraryId, from, to }: ClearRequest): Promise<void> => {
  checkPeriod(from, to);
  if (libraryId !== undefined && !(await libraryKindFor(tx, grants, libraryId))) throw notFound('This library');
};

const takeAll = async (
  { tx, request, writer }: Clearing,
  viewer: Viewer,
  devices: DeviceUserId[],
  now: Instant,
): Promise<number> => {
  const { kind, libraryId, from, to } = request;
  const { numUpdatedRows } = await tx
    .updateTable('plays')
    .set({ deleted_at: now, deleted_in: writer.id, unsettled: 1 })
    .where('user_id', '=', viewer.userId)
    .where('device_user_id', 'in', devices)
    // As it stands in the partial index: SQLite does not use one for a parameter.
    .where(sql<SqlBool>`confirmed = 1 AND deleted_at IS NULL`)
    .$if(from !== undefined, (query) => query.where('started_at', '>=', from as Instant))
    .$if(to !== undefined, (query) => query.where('started_at', '<', to as Instant))
    .$if(kind !== undefined, (query) => query.where(ofItem(sql`i.kind = ${kind}`)))
    .$if(libraryId !== undefined, (query) => query.where(ofItem(sql`i.library_id = ${libraryId}`)))
    .executeTakeFirstOrThrow();
  const plays = Number(numUpdatedRows);
  if (plays > 0) await writer.add([{ of: 'taken', set: writer.id, plays, before: false, after: true }]);
  return plays;
};

/** Looked up play by play: a person has played less than there is. */
const ofItem = (is: RawBuilder<unknown>) =>
  sql<SqlBool>`EXISTS (SELECT 1 FROM media_items AS i WHERE i.id = plays.item_id AND ${is})`;

const eachPart = async (next: ItemQuery, work: (items: MediaItemId[]) => Promise<void>): Promise<void> => {
  let after = 0 as MediaItemId;
  for (;;) {
    const items = await next(after);
    const last = items.at(-1);
    if (last === undefined) return;
    await work(items);
    after = last;
  }
};

const clearStates = async (
  clearing: Clearing,
  scope: ScopeId,
  device: DeviceUserId,
  items: MediaItemId[],
): Promise<void> => {
  const { tx, request } = clearing;
  const places = await loadPlaces(tx, items);
  const held = await loadHeld(tx, scope, items);
  const whole = request.from === undefined && request.to === undefined;
  const plays = whole ? [] : await loadPlaysOf(tx, device, items);
  const byItem = Map.groupBy(plays, (play) => play.itemId);
  const states = new Map<MediaItemId, HeldState>();
  for (const item of items) {
    const left = whole ? NOTHING : stateLeft(clearing, held, item, byItem.get(item) ?? []);
    states.set(item, { seriesId: places.get(item)?.seriesId ?? null, ...left });
  }
  await finishPart(clearing, scope, items, held, () => putStates(tx, scope, states));
};

const NOTHING = { register: null, counts: null };

/** What stays of a leaf of which only one period is cleared. */
const stateLeft = (
  { request: { from, to }, writer }: Clearing,
  held: Held,
  item: MediaItemId,
  plays: readonly HeldPlay[],
): Omit<HeldState, 'seriesId'> => {
  const register = held.registers.get(item);
  const at = register?.reportedAt ?? 0;
  const cleared = (from === undefined || at >= from) && (to === undefined || at < to);
  return {
    register: register ? { ...register, positionMs: cleared ? null : register.positionMs } : null,
    counts: countsLeft(held.counts.get(item) ?? null, plays, writer),
  };
};

const countsLeft = (counts: Counts | null, plays: readonly HeldPlay[], { id }: SetWriter): Counts | null => {
  const taken = plays.filter((play) => play.deleted && play.deletedIn === id);
  const corrections = taken.map((play) => ({ before: play, after: null }));
  const left = plays.filter((play) => !play.deleted);
  return taken.length === 0 ? counts : consequences({ mark: null, counts }, corrections, left).counts;
};

const clearMarks = async (clearing: Clearing, scope: ScopeId, items: MediaItemId[]): Promise<void> => {
  const { tx, libraries } = clearing;
  const held = await loadHeld(tx, scope, items);
  const places = await loadPlaces(tx, items);
  for (const [item, mark] of held.marks) {
    if (places.get(item)?.kind === 'library') libraries.push({ scope, library: item, gone: mark.at });
  }
  await finishPart(clearing, scope, items, held, () => putMarks(tx, scope, new Map(items.map((item) => [item, null]))));
};

/** Remembers what the series were, writes, and remembers what became of the items. */
const finishPart = async (
  { tx, people, writer, touched }: Clearing,
  scope: ScopeId,
  items: readonly MediaItemId[],
  before: Held,
  write: () => Promise<void>,
): Promise<void> => {
  const places = await loadPlaces(tx, items);
  const series = new Set([...places.values()].flatMap(({ seriesId }) => seriesId ?? []));
  const fresh = [...series].filter((id) => !touched.get(scope)?.has(id));
  const entries = await seriesEntries(tx, scope, fresh, touched);
  await write();
  const after = await loadHeld(tx, scope, items);
  await writer.add([...entries, ...items.flatMap((item) => difference(scope, item, before, after))]);
  await mergeAgain(tx, people, items);
};
