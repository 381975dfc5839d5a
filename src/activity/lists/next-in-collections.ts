import { openCollections } from '#activity/collections/open-query.ts';
import { type StandingInCollection, standingsIn } from '#activity/collections/standing-query.ts';
import { closeCollections, lockCollections } from '#activity/collections/state-repository.ts';
import { pairOf } from '#activity/marks/covering-sql.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { playedOn } from '#activity/series/played-on-query.ts';
import { loadShown } from '#catalog/shown-item.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { ListKey } from './list-key.ts';
import { type Asked, couldShow, type NextUpRow, type StepFacts, shownOf } from './next-up-rows.ts';

/** Collections looked at together at first, for mostly a few stand on a page, and at the most. */
const FEW = 5;
const BATCH = 40;

/** Which part of the list is read: so many rows after a key, together with those of series. */
interface Part {
  start: ListKey;
  wanted: number;
  /** What series have there, newest activity first; as many rows as are wanted, if there are. */
  ofSeries: readonly NextUpRow[];
}

/**
 * The next movies of collections, newest activity first; one movie stands for all collections in which it is next. What is
 * found to be gone through is closed, so that it is not looked at again.
 */
export const nextInCollections = async (
  asked: Asked,
  scopes: readonly ScopeId[],
  { start, wanted, ofSeries }: Part,
  known: StepFacts,
): Promise<NextUpRow[]> => {
  const { database, viewer, now } = asked;
  const rows: NextUpRow[] = [];
  const shown = new Set<MediaItemId>();
  const floor = ofSeries[wanted - 1]?.activityAt ?? 0;
  const missing = (at: Instant) => wanted - rows.length - ofSeries.filter((row) => row.activityAt > at).length;
  let limit = FEW;
  for (let from: ListKey | null = start; from !== null && missing(from.at) > 0; limit = Math.min(BATCH, 2 * limit)) {
    const values = { user: viewer.userId, ...pairOf(scopes), ...from, floor, now, limit };
    const open = await openCollections(database.read, values);
    const ids = open.map((row) => row.collection_id);
    const standings = await standingsIn(database.read, viewer, scopes, ids, now);
    const activity = new Map(open.map((row) => [row.collection_id, row.activity_at]));
    const found = await rowsOf(asked, scopes, standings, activity, known);
    for (const row of found) {
      if (!shown.has(row.item.id)) rows.push(row);
      shown.add(row.item.id);
    }
    await closeDone(asked, scopes, standings);
    const last = open.at(-1);
    from = last === undefined || open.length < limit ? null : { at: last.activity_at, id: last.collection_id };
  }
  return rows;
};

const rowsOf = async (
  { database: { read }, viewer, now }: Asked,
  scopes: readonly ScopeId[],
  standings: readonly StandingInCollection[],
  activity: ReadonlyMap<MediaItemId, Instant>,
  { devices, version }: StepFacts,
): Promise<NextUpRow[]> => {
  const going = standings.filter(({ next, inProgress }) => next !== null || inProgress.length > 0);
  if (going.length === 0) return [];
  const watched = going.flatMap(({ last }) => last ?? []);
  const on = await playedOn(read, scopes, watched);
  const ids = going.flatMap((standing) => [standing.collectionId, ...couldShow(standing)]);
  const items = await loadShown(read, viewer.grants, [...new Set(ids)], version);
  return going.flatMap((standing) => {
    const collection = items.get(standing.collectionId);
    if (collection === undefined || collection.removedAt !== null) return [];
    const { id, title } = collection;
    const last = standing.last && { ...standing.last, on: on.get(standing.last.id) ?? null };
    const row = shownOf({ ...standing, last, seriesId: id }, activity.get(id) ?? 0, { items, devices, now });
    return row ? [{ ...row, collection: { id, title } }] : [];
  });
};

/** Looks again under the scope's lock: a mark may have come between. Two merged scopes keep nothing together. */
const closeDone = async (
  { database, viewer, now }: Asked,
  scopes: readonly ScopeId[],
  standings: readonly StandingInCollection[],
): Promise<void> => {
  const [scope] = scopes;
  const done = standings.filter((standing) => standing.done).map((standing) => standing.collectionId);
  if (done.length === 0 || scope === undefined || scopes.length > 1) return;
  await database.transaction(async (tx) => {
    await lockScopes(tx, [scope]);
    await lockCollections(tx, scope, done);
    const still = (await standingsIn(tx, viewer, [scope], done, now)).filter((standing) => standing.done);
    await closeCollections(
      tx,
      scope,
      still.map((standing) => standing.collectionId),
    );
  });
};
