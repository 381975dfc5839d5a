import { pairOf } from '#activity/marks/covering-sql.ts';
import { refreshStale } from '#activity/series/refresh.ts';
import { deriveStandings, type Standing } from '#activity/series/standing-query.ts';
import type { Database } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import { keyOf, type ListKey } from './list-key.ts';
import { candidatesInBoth, type NextUpRow, nextUpInScope, staleSeries } from './next-up-query.ts';
import { visibleHere } from './visible-query.ts';

const LIST = 'next-up';
/** Series derived anew in one transaction. */
const BATCH = 40;

/** A page of next up: for each series the episode to watch now, newest activity first. */
export const nextUpPage = async (
  database: Database,
  viewer: Viewer,
  request: PageRequest,
  now: Instant,
): Promise<Page<NextUpRow>> => {
  const after = keyOf(LIST, request.cursor);
  const [scope, second] = readScopes(viewer);
  if (scope === undefined) return { items: [], next: null };
  const rows =
    second === undefined
      ? await rowsOfOne(database, viewer, scope, after, request.limit + 1, now)
      : await rowsOfBoth(database, viewer, [scope, second], after, request.limit + 1, now);
  return pageOf(rows, request.limit, LIST, (row) => [row.activityAt, row.seriesId]);
};

/** Reads what is kept; where stale series could stand on the page they are derived first, and it is read again. */
const rowsOfOne = async (
  database: Database,
  viewer: Viewer,
  scope: ScopeId,
  after: ListKey,
  limit: number,
  now: Instant,
): Promise<NextUpRow[]> => {
  for (;;) {
    const rows = await nextUpInScope(database.read, scope, viewer.grants, after, now, limit);
    const floor = rows.length < limit ? 0 : (rows.at(-1)?.activityAt ?? 0);
    const stale = await staleSeries(database.read, scope, after, floor, BATCH);
    if (stale.length === 0) return rows;
    await database.transaction((tx) => refreshStale(tx, scope, stale, now));
  }
};

/** Two scopes have no pointer in common, so it is derived for as many series as the page needs. */
const rowsOfBoth = async (
  database: Database,
  viewer: Viewer,
  scopes: ScopeId[],
  after: ListKey,
  limit: number,
  now: Instant,
): Promise<NextUpRow[]> => {
  const rows: NextUpRow[] = [];
  let from = after;
  while (rows.length < limit) {
    const candidates = await candidatesInBoth(database.read, pairOf(scopes), from, BATCH);
    const last = candidates.at(-1);
    if (!last) break;
    const series = candidates.map((candidate) => candidate.seriesId);
    const standings = await deriveStandings(database.read, scopes, series, now);
    const visible = await visibleHere(database.read, viewer.grants, standings.flatMap(couldShow));
    for (const [index, { activityAt }] of candidates.entries()) {
      const row = shownOf(standings[index], activityAt, visible, now);
      if (row) rows.push(row);
    }
    if (candidates.length < BATCH) break;
    from = { at: last.activityAt, id: last.seriesId };
  }
  return rows.slice(0, limit);
};

const couldShow = (standing: Standing): MediaItemId[] => [
  ...standing.inProgress.map((episode) => episode.itemId),
  ...(standing.next ? [standing.next.id] : []),
];

const shownOf = (
  standing: Standing | undefined,
  activityAt: Instant,
  visible: ReadonlySet<MediaItemId>,
  now: Instant,
): NextUpRow | undefined => {
  if (!standing) return undefined;
  const { seriesId, last, next } = standing;
  const row = { seriesId, activityAt, lastItemId: last?.id ?? null, lastAt: last?.at ?? null };
  const current = standing.inProgress.find((episode) => visible.has(episode.itemId));
  if (current) {
    return { ...row, itemId: current.itemId, positionMs: current.positionMs, durationMs: current.durationMs };
  }
  if (!next || !visible.has(next.id) || (next.airsAt !== null && next.airsAt > now)) return undefined;
  return { ...row, itemId: next.id, positionMs: null, durationMs: null };
};
