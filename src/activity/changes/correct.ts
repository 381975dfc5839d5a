import type { Mark } from '#activity/marks/watched.ts';
import type { Transaction } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { type Correction, consequences } from './consequences.ts';
import type { Entry, PlayFacts } from './entry.ts';
import { factsOf, type Held, type HeldPlay, loadActivity, loadHeld, loadPlaces, loadPlaysOf } from './held-query.ts';
import { type HeldState, putMarks, putPlay, putStates, takePlays } from './held-repository.ts';
import { difference } from './journal.ts';
import { lockUser, scopeOf, type UserScopes } from './people.ts';
import { type Cause, openSet, type SetWriter } from './set-repository.ts';
import { endCovered, mergeAgain, noteSeries, settle, type TouchedSeries } from './settle.ts';

/** One play and what it is to be; null: out of the history. */
export interface PlayChange {
  play: HeldPlay;
  after: PlayFacts | null;
  /** Whether it was just written, and was not there before. */
  added?: true;
}

/** What was corrected. */
export interface Corrected {
  writer: SetWriter;
  items: MediaItemId[];
  scopes: ScopeId[];
}

/** Corrects plays of one user (a few hundred at most), with all that follows from it, as one change set. */
export const correctPlays = async (
  tx: Transaction,
  viewer: Viewer,
  cause: Cause,
  changes: readonly PlayChange[],
  now: Instant,
): Promise<Corrected> => {
  const people = await lockUser(tx, viewer.userId);
  const writer = await openSet(tx, viewer, cause, now);
  const touched: TouchedSeries = new Map();
  const entries: Entry[] = await writePlays(tx, writer, changes, now);
  const scopes = new Set<ScopeId>();
  for (const [deviceUser, ofDevice] of Map.groupBy(changes, ({ play }) => play.deviceUserId)) {
    const scope = scopeOf(people, deviceUser);
    if (scope === undefined) continue;
    scopes.add(scope);
    entries.push(...(await correctScope(tx, scope, ofDevice, touched)));
  }
  const items = [...new Set(changes.map(({ play }) => play.itemId))];
  await mergeAgain(tx, people, items);
  await settle(tx, people, touched);
  await writer.add(entries);
  await writer.end();
  return { writer, items, scopes: allScopes(people, scopes) };
};

const allScopes = ({ group }: UserScopes, own: Iterable<ScopeId>): ScopeId[] => [...own, group];

const writePlays = async (
  tx: Transaction,
  writer: SetWriter,
  changes: readonly PlayChange[],
  now: Instant,
): Promise<Entry[]> => {
  const taken: PlayId[] = [];
  const entries: Entry[] = [];
  for (const { play, after, added } of changes) {
    if (after === null) taken.push(play.id);
    else {
      if (!added) await putPlay(tx, play.id, after);
      entries.push({ of: 'play', play: play.id, before: added ? null : factsOf(play), after });
    }
  }
  if (taken.length > 0) {
    await takePlays(tx, taken, { set: writer.id, at: now });
    entries.push({ of: 'taken', set: writer.id, plays: taken.length, before: false, after: true });
  }
  return entries;
};

/** The plays are written already. */
const correctScope = async (
  tx: Transaction,
  scope: ScopeId,
  changes: readonly PlayChange[],
  touched: TouchedSeries,
): Promise<Entry[]> => {
  const byItem = Map.groupBy(changes, ({ play }) => play.itemId);
  const items = [...byItem.keys()];
  const [first] = changes;
  const places = await loadPlaces(tx, items);
  const before = await loadHeld(tx, scope, items);
  const left = first ? await loadPlaysOf(tx, first.play.deviceUserId, items) : [];
  const marks = new Map<MediaItemId, Mark | null>();
  const states = new Map<MediaItemId, HeldState>();
  for (const [item, ofItem] of byItem) {
    const after = consequencesFor(before, item, ofItem, left);
    const seriesId = places.get(item)?.seriesId ?? null;
    marks.set(item, after.mark);
    states.set(item, { seriesId, register: before.registers.get(item) ?? null, counts: after.counts });
  }
  await putMarks(tx, scope, marks);
  await putStates(tx, scope, states);
  await endCovered(tx, scope, items);
  const series = new Set([...places.values()].flatMap(({ seriesId }) => seriesId ?? []));
  const after = await loadHeld(tx, scope, items);
  return [
    ...(await seriesEntries(tx, scope, [...series], touched)),
    ...items.flatMap((item) => difference(scope, item, before, after)),
  ];
};

const consequencesFor = (held: Held, item: MediaItemId, changes: readonly PlayChange[], plays: readonly HeldPlay[]) => {
  const known = { mark: held.marks.get(item) ?? null, counts: held.counts.get(item) ?? null };
  const corrections = changes.map(({ play, after, added }): Correction => ({ before: added ? null : play, after }));
  return consequences(
    known,
    corrections,
    plays.filter((play) => play.itemId === item && !play.deleted),
  );
};

/** What the series were before; after, they are what is left in them. */
export const seriesEntries = async (
  tx: Transaction,
  scope: ScopeId,
  series: readonly MediaItemId[],
  touched: TouchedSeries,
): Promise<Entry[]> => {
  const before = await loadActivity(tx, scope, series);
  return series.map((id): Entry => {
    noteSeries(touched, scope, id);
    return { of: 'series', scope, series: id, before: before.get(id) ?? null };
  });
};
