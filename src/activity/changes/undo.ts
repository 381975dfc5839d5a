import type { Mark } from '#activity/marks/watched.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, PlayId, ScopeId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { Entry, EntryOf } from './entry.ts';
import { factsOf, type Held, loadActivity, loadHeld, loadPlaces, loadPlays, type Place } from './held-query.ts';
import { type HeldState, putMarks, putPlay, putStates, stateIn, takePlays, turnTaken } from './held-repository.ts';
import { difference } from './journal.ts';
import { lockUser, type UserScopes } from './people.ts';
import { reverseCounts, reverseMark, reversePlay, reverseRegister } from './reversal.ts';
import { undoSaid } from './said.ts';
import { partsBackwards, type SetRow } from './set-query.ts';
import { noteUndone, openSet, type SetWriter } from './set-repository.ts';
import { endCovered, mergeAgain, noteSeries, settle, type TouchedLibrary, type TouchedSeries } from './settle.ts';

/** What an undo did. */
export interface Undone {
  /** Single facts that are again as they were … */
  restored: number;
  /** … and those that something changed since, which stay. */
  kept: number;
  /** Items whose state may be another now, up to a few. */
  items: Set<MediaItemId>;
  /** Items of which something else is thought now, up to a few. */
  opinions: Set<MediaItemId>;
  scopes: ScopeId[];
  writer: SetWriter;
}

/** Items told of one by one: past that readers look at everything anew. */
const TOLD = 20;

interface Undoing extends Undone {
  tx: Transaction;
  userId: UserId;
  people: UserScopes;
  touched: TouchedSeries;
  /** Whose marks changed. */
  libraries: TouchedLibrary[];
  now: Instant;
}

/** Takes back all that a set changed and nothing has changed since, part by part. It is a set itself. */
export const undoSet = async (tx: Transaction, viewer: Viewer, set: SetRow, now: Instant): Promise<Undone> => {
  const people = await lockUser(tx, viewer.userId);
  const cause = { kind: 'undo' as const, undoes: set.id, ...(set.itemId === null ? {} : { itemId: set.itemId }) };
  const undoing: Undoing = {
    tx,
    userId: viewer.userId,
    people,
    now,
    touched: new Map(),
    libraries: [],
    restored: 0,
    kept: 0,
    items: new Set(),
    opinions: new Set(),
    scopes: [people.group],
    writer: await openSet(tx, viewer, cause, now),
  };
  for await (const part of partsBackwards(tx, set.id)) await undoPart(undoing, part.toReversed());
  await settle(tx, people, undoing.touched, undoing.libraries);
  await undoing.writer.end();
  await noteUndone(tx, set.id, { at: now, by: undoing.writer.id });
  if (set.undoes !== null) await noteUndone(tx, set.undoes, null);
  return undoing;
};

/** @param entries the latest first */
const undoPart = async (undoing: Undoing, entries: readonly Entry[]): Promise<void> => {
  const inScopes = entries.filter(isInScope);
  const items = [...new Set(inScopes.map((entry) => entry.item))];
  const places = await loadPlaces(undoing.tx, items);
  const made: Entry[] = [
    ...(await undoSeries(undoing, entries)),
    ...(await undoPlays(undoing, entries)),
    ...(await undoOpinions(undoing, entries)),
  ];
  for (const [scope, ofScope] of Map.groupBy(inScopes, (entry) => entry.scope)) {
    if (undoing.people.own.has(scope)) made.push(...(await undoScope(undoing, scope, ofScope, places)));
    else undoing.kept += ofScope.length;
  }
  await mergeAgain(undoing.tx, undoing.people, items);
  for (const item of items) if (undoing.items.size <= TOLD) undoing.items.add(item);
  await undoing.writer.add(made);
};

const undoSeries = async (undoing: Undoing, entries: readonly Entry[]): Promise<Entry[]> => {
  const made: Entry[] = [];
  const told = entries.filter((entry) => entry.of === 'series').filter(({ scope }) => undoing.people.own.has(scope));
  for (const [scope, ofScope] of Map.groupBy(told, (entry) => entry.scope)) {
    const series = [...new Set(ofScope.map((entry) => entry.series))];
    const now = await loadActivity(undoing.tx, scope, series);
    for (const id of series) made.push({ of: 'series', scope, series: id, before: now.get(id) ?? null });
    // The latest come first, so that what was before the first is what stays.
    for (const entry of ofScope) {
      const ofSeries = undoing.touched.get(scope) ?? new Map<MediaItemId, Instant | null>();
      undoing.touched.set(scope, ofSeries.set(entry.series, entry.before));
    }
  }
  return made;
};

type InScope = EntryOf<'mark'> | EntryOf<'register'> | EntryOf<'counts'>;

const isInScope = (entry: Entry): entry is InScope =>
  entry.of === 'mark' || entry.of === 'register' || entry.of === 'counts';

/** Decides on all entries of a scope in memory, then writes what becomes different. */
const undoScope = async (
  undoing: Undoing,
  scope: ScopeId,
  entries: readonly InScope[],
  places: ReadonlyMap<MediaItemId, Place>,
): Promise<Entry[]> => {
  const { tx } = undoing;
  const items = [...new Set(entries.map((entry) => entry.item))];
  const before = await loadHeld(tx, scope, items);
  const held = { marks: new Map(before.marks), registers: new Map(before.registers), counts: new Map(before.counts) };
  for (const entry of entries) {
    const restored = places.has(entry.item) && reverseIn(held, entry);
    undoing[restored ? 'restored' : 'kept']++;
  }
  const meant = items.flatMap((item) => difference(scope, item, before, held));
  await write(tx, scope, meant, held, places);
  await endCovered(tx, scope, items);
  noteTouched(undoing, scope, meant, places);
  const after = await loadHeld(tx, scope, items);
  return items.flatMap((item) => difference(scope, item, before, after));
};

const reverseIn = (held: Held, entry: InScope): boolean => {
  switch (entry.of) {
    case 'mark':
      return put(held.marks, entry.item, reverseMark(entry, held.marks.get(entry.item) ?? null));
    case 'register':
      return put(held.registers, entry.item, reverseRegister(entry, held.registers.get(entry.item) ?? null));
    case 'counts':
      return put(held.counts, entry.item, reverseCounts(entry, held.counts.get(entry.item) ?? null));
  }
};

const put = <T>(
  into: Map<MediaItemId, T>,
  item: MediaItemId,
  { value, restored }: { value: T | null; restored: boolean },
): boolean => {
  if (value === null) into.delete(item);
  else into.set(item, value);
  return restored;
};

const write = async (
  tx: Transaction,
  scope: ScopeId,
  meant: readonly Entry[],
  held: Held,
  places: ReadonlyMap<MediaItemId, Place>,
): Promise<void> => {
  const marks = new Map<MediaItemId, Mark | null>();
  const states = new Map<MediaItemId, HeldState>();
  for (const entry of meant) {
    if (entry.of === 'mark') marks.set(entry.item, held.marks.get(entry.item) ?? null);
    if (entry.of !== 'register' && entry.of !== 'counts') continue;
    states.set(entry.item, stateIn(held, entry.item, places.get(entry.item)?.seriesId ?? null));
  }
  await putMarks(tx, scope, marks);
  await putStates(tx, scope, states);
};

const noteTouched = (
  undoing: Undoing,
  scope: ScopeId,
  meant: readonly Entry[],
  places: ReadonlyMap<MediaItemId, Place>,
): void => {
  if (!undoing.scopes.includes(scope)) undoing.scopes.push(scope);
  for (const entry of meant) {
    if (!isInScope(entry)) continue;
    const { kind, seriesId = null } = places.get(entry.item) ?? {};
    if (seriesId !== null && !undoing.touched.get(scope)?.has(seriesId)) noteSeries(undoing.touched, scope, seriesId);
    if (entry.of === 'mark' && kind === 'library') {
      undoing.libraries.push({ scope, library: entry.item, gone: entry.before?.at ?? null });
    }
  }
};

const undoOpinions = async (undoing: Undoing, entries: readonly Entry[]): Promise<Entry[]> => {
  const told = entries.filter((entry) => entry.of === 'said');
  const places = await loadPlaces(undoing.tx, [...new Set(told.map((entry) => entry.item))]);
  // What was said of an item that is gone went with it.
  const here = told.filter((entry) => places.has(entry.item));
  const { made, restored } = await undoSaid(undoing.tx, undoing.userId, here);
  undoing.restored += restored;
  undoing.kept += told.length - restored;
  for (const { item } of made) if (undoing.opinions.size <= TOLD) undoing.opinions.add(item);
  return made;
};

const undoPlays = async (undoing: Undoing, entries: readonly Entry[]): Promise<Entry[]> => {
  const { tx, now, writer } = undoing;
  const made: Entry[] = [];
  for (const entry of entries) {
    if (entry.of !== 'taken') continue;
    undoing.restored += await turnTaken(tx, entry.set, entry.before, now);
    made.push({ ...entry, before: entry.after, after: entry.before });
  }
  const told = entries.filter((entry) => entry.of === 'play');
  const plays = await loadPlays(
    tx,
    told.map((entry) => entry.play),
  );
  const gone: PlayId[] = [];
  for (const entry of told) {
    const play = plays.get(entry.play);
    const here = play && !play.deleted ? factsOf(play) : null;
    const { value, restored } = reversePlay(entry, here);
    undoing[play && restored ? 'restored' : 'kept']++;
    if (!play || !restored) continue;
    if (value === null) gone.push(play.id);
    else await putPlay(tx, play.id, value);
    made.push({ ...entry, before: here, after: value });
  }
  await takePlays(tx, gone, { set: writer.id, at: now });
  return made;
};
