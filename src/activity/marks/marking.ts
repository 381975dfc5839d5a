import { noteMembersMarked, noteMovie, reopenCollections } from '#activity/collections/state-repository.ts';
import { advance, libraryMarked, touch } from '#activity/series/state-repository.ts';
import {
  doubtShelves,
  doubtShelvesOfMembers,
  markShelves,
  type Shift,
  shiftShelves,
} from '#activity/states/shelf-repository.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { DeviceUserId, ScopeId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { type Actor, type Grants, writeScopes } from '#kernel/viewer.ts';
import { markMembers, saveMark } from './mark-repository.ts';
import { endPosition, endPositionsBelow, endPositionsOfMembers } from './position-repository.ts';
import type { ScopeState, Subject, SubjectItem } from './subject-query.ts';
import { decidingMark, isWatched, type Mark, overrules, positionLives } from './watched.ts';

/**
 * Sets a mark on an item of any kind, wherever its actor writes, with what follows from it: positions end, pointers move.
 * One that is overruled already changes nothing. The subject is brought up to date.
 * @param grants which movies of a collection are marked
 * @param how `lazily`: leaves pointers to be derived when they are read, for imports, where many marks come at once;
 *   `on`: by which device user it was just played to its end, absent: marked by hand
 */
export const setMark = async (
  tx: Transaction,
  actor: Actor,
  grants: Grants | null,
  subject: Subject,
  mark: Mark,
  how: { now: Instant; lazily?: boolean; on?: DeviceUserId },
): Promise<void> => {
  const { item } = subject;
  if (item.kind === 'collection') return markCollection(tx, writeScopes(actor), grants, subject, mark);
  const states = writtenStates(actor, subject).filter((state) => overrules(mark, state.own));
  const scopes = states.map((state) => state.scopeId);
  if (scopes.length === 0) return;
  await saveMark(tx, scopes, item.id, mark);
  await endCovered(tx, states, subject, mark.at);
  if (item.kind === 'library') {
    await libraryMarked(tx, scopes, item.id, mark);
    await reopenCollections(tx, scopes);
  }
  if (item.collected) await noteMovie(tx, scopes, item.id, mark.at);
  await countOnShelf(tx, states, item, mark);
  if (item.seriesId !== null) await movePointers(tx, states, subject, mark, how);
  for (const state of states) state.own = mark;
};

/** What an actor's writes go to: its own scope, and where it is heard by the group, the group's. */
export const writtenStates = (actor: Actor, subject: Subject): ScopeState[] => {
  const written = writeScopes(actor);
  return subject.scopes.filter((state) => written.includes(state.scopeId));
};

const markCollection = async (
  tx: Transaction,
  scopes: ScopeId[],
  grants: Grants | null,
  { item }: Subject,
  mark: Mark,
): Promise<void> => {
  await markMembers(tx, scopes, grants, item.id, mark);
  await endPositionsOfMembers(tx, scopes, grants, item.id, mark.at);
  await doubtShelvesOfMembers(tx, scopes, item.id, mark.at);
  await noteMembersMarked(tx, scopes, item.id, mark.at);
};

/** @param states as they were before the mark, which overrules the item's own in all of them */
const countOnShelf = async (tx: Transaction, states: ScopeState[], item: SubjectItem, mark: Mark): Promise<void> => {
  const scopes = states.map((state) => state.scopeId);
  if (item.kind === 'library') await markShelves(tx, scopes, item.id, mark);
  else if (isLeaf(item.kind)) await shiftShelves(tx, shiftsBy(states, item, mark), item.libraryId, mark.at);
  else await doubtShelves(tx, scopes, item.libraryId, mark.at);
};

const shiftsBy = (states: ScopeState[], item: SubjectItem, mark: Mark): Shift[] =>
  states.map(({ scopeId, own, above }) => {
    const before = isWatched(decidingMark(item.addedAt, [own], above));
    const after = isWatched(decidingMark(item.addedAt, [mark], above));
    return { scopeId, by: !item.here || before === after ? 0 : after ? -1 : 1 };
  });

/** Clears positions that the mark ends. Those below a library are left: its mark ends them when they are read. */
const endCovered = async (tx: Transaction, states: ScopeState[], { item }: Subject, at: Instant): Promise<void> => {
  const scopes = (of: ScopeState[]) => of.map((state) => state.scopeId);
  if (!isLeaf(item.kind)) return endPositionsBelow(tx, scopes(states), item, at);
  const ended = states.filter(({ play }) => play && play.positionMs !== null && play.reportedAt <= at);
  if (ended.length === 0) return;
  await endPosition(tx, scopes(ended), item.id, at);
  for (const { play } of ended) if (play) play.positionMs = null;
};

const movePointers = async (
  tx: Transaction,
  states: ScopeState[],
  { item }: Subject,
  mark: Mark,
  { now, lazily = false, on = null }: { now: Instant; lazily?: boolean; on?: DeviceUserId | null },
): Promise<void> => {
  if (item.seriesId === null) return;
  const place = { series: item.seriesId, library: item.libraryId };
  const scopes = states.map((state) => state.scopeId);
  const walks = !lazily && item.kind === 'episode' && mark.watched && states.every((state) => isNewest(state, mark.at));
  const newly = (state: ScopeState) => item.here && !isWatched(decidingMark(item.addedAt, [state.own], state.above));
  if (walks) {
    const watched = states.map((state) => ({ scopeId: state.scopeId, newly: newly(state) }));
    await advance(tx, watched, place, { episode: item.id, at: mark.at, on }, now);
  } else {
    const known = states.every(({ series }) => series !== undefined);
    const at = activityAt(states, item, mark.at);
    await touch(tx, scopes, place, { at, stale: true, unmarked: !mark.watched, known });
  }
};

/**
 * Whether a scope may keep a position of a report: no mark on the leaf, its season or album, its series or artist is as
 * new. What none may keep is saved as no position. The mark on a library is heeded when positions are read.
 */
export const keepsPosition = ({ own, above }: ScopeState, item: SubjectItem, reportedAt: Instant): boolean =>
  positionLives(reportedAt, decidingMark(item.addedAt, [own], above.slice(0, -1)));

/**
 * When something done to an item counts as activity. A newer mark on the library overrules all that is older in a series,
 * but not what was done to an episode that it does not cover: that is taken to be as new as the mark.
 */
export const activityAt = (states: readonly ScopeState[], item: SubjectItem, at: Instant): Instant => {
  if (!isLeaf(item.kind)) return at;
  const passed = states.flatMap(({ library }) => (library && library.at < item.addedAt ? [library.at] : []));
  return Math.max(at, ...passed);
};

/** Whether nothing that is known of the series is as new: then the episode is the one watched last. */
const isNewest = ({ series, library }: ScopeState, at: Instant): boolean =>
  (series === undefined || (!series.stale && series.activityAt < at)) && (library === undefined || library.at < at);
