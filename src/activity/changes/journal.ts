import { isDeepStrictEqual } from 'node:util';
import { setMark } from '#activity/marks/marking.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { type ScopeState, type Subject, touchedScopes } from '#activity/marks/subject-query.ts';
import type { Mark } from '#activity/marks/watched.ts';
import type { Reader, Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Actor, Viewer } from '#kernel/viewer.ts';
import { type Entry, PART } from './entry.ts';
import { factsOf, type Held, type HeldPlay, loadActivity, loadHeld, loadPlaces, loadPlaysOf } from './held-query.ts';
import { appendToSet, type Cause, keepSet } from './set-repository.ts';
import { touchedByMark } from './touched-query.ts';

/**
 * Sets a mark that a person made, and keeps it as a change set.
 * @returns the set; null when nothing changed
 */
export const markAndKeep = async (
  tx: Transaction,
  viewer: Viewer,
  subject: Subject,
  mark: Mark,
  now: Instant,
): Promise<ChangeSetId | null> => {
  const { kind, id: itemId } = subject.item;
  const cause: Cause = { kind: 'mark', itemId, watched: mark.watched };
  const write = () => setMark(tx, viewer, viewer.grants, subject, mark, { now });
  const items = isLeaf(kind) || kind === 'library' ? [itemId] : await touchedByMark(tx, viewer, subject.item, mark.at);
  if (items.length > 1 || items[0] !== itemId) {
    return keepAround(tx, viewer, cause, items, now, async () => {
      await write();
      return [];
    });
  }
  const own = subject.scopes.find((state) => state.scopeId === viewer.ownScope);
  const before = own && { ...own, play: own.play && { ...own.play } };
  await write();
  const entries = before && own ? entriesOfMark(subject, before, own) : [];
  return entries.length === 0 ? null : keepSet(tx, viewer, cause, now, entries);
};

/** What a mark on one item changed, by its subject before and after: nothing need be read for it. */
const entriesOfMark = ({ item }: Subject, before: ScopeState, after: ScopeState): Entry[] => {
  if (before.own === after.own) return [];
  const scope = after.scopeId;
  const entries: Entry[] = [];
  if (item.seriesId !== null) {
    entries.push({ of: 'series', scope, series: item.seriesId, before: before.series?.activityAt ?? null });
  }
  if (before.play && after.play && before.play.positionMs !== after.play.positionMs) {
    entries.push({
      of: 'register',
      scope,
      item: item.id,
      before: registerOf(before.play),
      after: registerOf(after.play),
    });
  }
  return [...entries, { of: 'mark', scope, item: item.id, before: before.own ?? null, after: after.own ?? null }];
};

const registerOf = ({ positionMs, durationMs, reportedAt }: NonNullable<ScopeState['play']>) => ({
  positionMs,
  durationMs,
  reportedAt,
});

/**
 * Runs `work`, which writes what an actor knows of some items, and keeps all that it changed in the actor's own scope,
 * with what it gives back: what it changed besides.
 * @param items all that it may change
 * @param into a set of the same actor to add to; absent: a new one is made for it
 * @returns the set; null when there is none, for nothing changed
 */
export const keepAround = async (
  tx: Transaction,
  actor: Actor,
  cause: Cause,
  items: readonly MediaItemId[],
  now: Instant,
  work: () => Promise<readonly Entry[]>,
  into: ChangeSetId | null = null,
): Promise<ChangeSetId | null> => {
  await lockScopes(tx, touchedScopes(actor));
  const parts: Snapshot[] = [];
  const unique = [...new Set(items)];
  for (let from = 0; from < unique.length; from += PART) {
    parts.push(await snapshot(tx, actor, unique.slice(from, from + PART)));
  }
  const besides = await work();
  const entries: Entry[] = [];
  for (const part of parts) entries.push(...(await changedSince(tx, actor, part)));
  entries.push(...besides);
  if (entries.length === 0) return into;
  if (into === null) return keepSet(tx, actor, cause, now, entries);
  await appendToSet(tx, into, entries);
  return into;
};

interface Snapshot {
  items: readonly MediaItemId[];
  held: Held;
  plays: ReadonlyMap<PlayId, HeldPlay>;
  /** With when each was newly active. */
  series: ReadonlyMap<MediaItemId, Instant>;
  seriesOf: ReadonlyMap<MediaItemId, MediaItemId>;
}

const snapshot = async (db: Reader, actor: Actor, items: readonly MediaItemId[]): Promise<Snapshot> => {
  const places = await loadPlaces(db, items);
  const seriesOf = new Map([...places].flatMap(([id, { seriesId }]) => (seriesId === null ? [] : [[id, seriesId]])));
  return {
    items,
    held: await loadHeld(db, actor.ownScope, items),
    plays: new Map((await loadPlaysOf(db, actor.deviceUserId, items)).map((play) => [play.id, play])),
    series: await loadActivity(db, actor.ownScope, [...new Set(seriesOf.values())]),
    seriesOf,
  };
};

const changedSince = async (db: Reader, actor: Actor, before: Snapshot): Promise<Entry[]> => {
  const after = await loadHeld(db, actor.ownScope, before.items);
  const plays = await loadPlaysOf(db, actor.deviceUserId, before.items);
  const changed = before.items.flatMap((item) => difference(actor.ownScope, item, before.held, after));
  const series = new Set(changed.flatMap((entry) => ('item' in entry ? (before.seriesOf.get(entry.item) ?? []) : [])));
  return [
    ...[...series].map((id) => seriesEntry(actor.ownScope, id, before.series.get(id) ?? null)),
    ...plays.flatMap((play) => playDifference(before.plays.get(play.id), play)),
    ...changed,
  ];
};

/** A play that was added, or one that is known and went on. */
const playDifference = (before: HeldPlay | undefined, play: HeldPlay): Entry[] => {
  const facts = { before: before ? factsOf(before) : null, after: factsOf(play) };
  return isDeepStrictEqual(facts.before, facts.after) ? [] : [{ of: 'play', play: play.id, ...facts }];
};

const seriesEntry = (scope: ScopeId, series: MediaItemId, before: Instant | null): Entry => ({
  of: 'series',
  scope,
  series,
  before,
});

/** What became different of an item in a scope. */
export const difference = (scope: ScopeId, item: MediaItemId, before: Held, after: Held): Entry[] => {
  const entries: Entry[] = [];
  const add = <Of extends 'mark' | 'register' | 'counts'>(of: Of, one: unknown, other: unknown) => {
    if (isDeepStrictEqual(one, other)) return;
    entries.push({ of, scope, item, before: one ?? null, after: other ?? null } as Entry);
  };
  add('mark', before.marks.get(item), after.marks.get(item));
  add('register', before.registers.get(item), after.registers.get(item));
  add('counts', before.counts.get(item), after.counts.get(item));
  return entries;
};
