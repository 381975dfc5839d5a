import { pairOf } from '#activity/marks/covering-sql.ts';
import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Reader } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';
import { type LeftRow, positionsInOne, positionsInTwo } from './continue-query.ts';
import { factsOf, type ListFacts } from './facts-query.ts';
import { keyOf, type ListKey, START } from './list-key.ts';
import { type PositionRow, positionsOf, stands } from './position-query.ts';

const LIST = 'continue-watching';
/** Rows read beyond the page: in most series one episode is in progress, in some two. */
const SLACK = 4;
const LARGEST_STEP = 500;

/** A leaf in progress, and where it was left. */
export interface ContinueEntry {
  item: ShownItem;
  positionMs: Millis;
  durationMs: Millis | null;
  reportedAt: Instant;
}

/** Leaves in progress, newest report first; of one series only the newest, and nothing where that is hidden. */
export const continueWatching = async (
  db: Reader,
  viewer: Viewer,
  request: PageRequest,
  now: Instant,
): Promise<Page<ContinueEntry>> => {
  const scopes = readScopes(viewer);
  const common = { user: viewer.userId, ...pairOf(scopes), now };
  const after = keyOf(LIST, request.cursor);
  const read = async (from: ListKey, limit: number): Promise<LeftRows> => {
    const values = { ...common, ...from, limit };
    if (scopes.length > 1) return { rows: await positionsInTwo(viewer.grants)(db, values), facts: nothingMarked };
    const { rows, facts } = await positionsInOne(db, values);
    return { rows, facts: factsOf(facts) };
  };
  const left: Left = { db, viewer, after, read, scope: scopes.length === 1 ? common.first : null };
  const entries = await entriesOf(left, request.limit + 1);
  return pageOf(entries, request.limit, LIST, (entry) => [entry.reportedAt, entry.item.id]);
};

/** What is in progress, after a key. */
interface Left {
  db: Reader;
  viewer: Viewer;
  after: ListKey;
  read(from: ListKey, limit: number): Promise<LeftRows>;
  /** null: of each series only the newest is read. */
  scope: ScopeId | null;
}

interface LeftRows {
  rows: LeftRow[];
  facts: Known;
}

type Known = Pick<ListFacts, 'markedAt'> & Partial<ListFacts>;

/** What two scopes merged keep is looked through by its query already. */
const nothingMarked: Known = { markedAt: () => undefined };

/** Reads on, in longer and longer steps, until there are as many entries as wanted. */
const entriesOf = async (left: Left, wanted: number): Promise<ContinueEntry[]> => {
  const { db, viewer } = left;
  const entries: ContinueEntry[] = [];
  const shown = new Set<MediaItemId>();
  let from = left.after;
  for (let step = wanted + SLACK; ; step = Math.min(LARGEST_STEP, step * 2)) {
    const { rows, facts } = await left.read(from, step);
    const ids = rows.map((row) => row.item_id);
    const items = await loadShown(db, viewer.grants, ids, facts.version);
    for (const series of await shownBefore(left, rows, facts)) shown.add(series);
    for (const row of rows) {
      const item = items.get(row.item_id);
      if (!stands(item, row.reported_at, facts) || !isNew(row.series_id, shown)) continue;
      if (row.hidden !== 1) entries.push(entryOf(row, item));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < step || entries.length >= wanted) return entries.slice(0, wanted);
    from = { at: last.reported_at, id: last.item_id };
  }
};

/** Series of these rows that stand on former pages, with a newer episode. */
const shownBefore = async (
  { db, viewer, after, scope }: Left,
  rows: readonly PositionRow[],
  facts: Known,
): Promise<MediaItemId[]> => {
  if (scope === null || after === START) return [];
  const series = rows.flatMap((row) => row.series_id ?? []);
  const newer = (await positionsOf(db, scope, [...new Set(series)], after.at)).filter(
    (row) => row.reported_at > after.at || row.item_id >= after.id,
  );
  const ids = newer.map((row) => row.item_id);
  const items = await loadShown(db, viewer.grants, ids);
  return newer
    .filter((row) => stands(items.get(row.item_id), row.reported_at, facts))
    .flatMap((row) => row.series_id ?? []);
};

const isNew = (series: MediaItemId | null, shown: Set<MediaItemId>): boolean => {
  if (series === null) return true;
  if (shown.has(series)) return false;
  shown.add(series);
  return true;
};

const entryOf = (row: PositionRow, item: ShownItem): ContinueEntry => ({
  item,
  positionMs: row.position_ms,
  durationMs: row.duration_ms,
  reportedAt: row.reported_at,
});
