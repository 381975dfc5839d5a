import type { Reader } from '#database/database.ts';
import { readColumn } from '#database/json.ts';
import { toIso } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { ClientId, ClientItemId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { chunks } from './chunks.ts';
import type { Decision } from './decision.ts';
import type { DecisionView, HeldView } from './views.ts';

/** What a run decided, in the order in which it did. */
export const listDecisions = async (
  db: Reader,
  clientId: ClientId,
  runId: number,
  { phase, ...request }: PageRequest & { phase?: Decision['phase'] | undefined },
): Promise<Page<DecisionView>> => {
  await requireRun(db, clientId, runId);
  const after = request.cursor ? Number(decodeCursor('decisions', 1, request.cursor)[0]) : 0;
  const rows = await db
    .selectFrom('sync_decisions as d')
    .leftJoin('client_accounts as a', 'a.id', 'd.account_id')
    .leftJoin('client_items as c', 'c.id', 'd.client_item_id')
    .selectAll('d')
    .select(['a.remote_name', 'c.client_item_id as remote_id', 'c.title'])
    .where('d.run_id', '=', runId)
    .where('d.id', '>', after)
    .$if(phase !== undefined, (query) => query.where('d.phase', '=', phase ?? 'match'))
    .orderBy('d.id')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, 'decisions', (row) => [row.id]);
  const items = page.items.map((row) => ({
    id: row.id,
    at: toIso(row.at),
    phase: row.phase,
    decision: row.decision,
    why: row.why,
    account: row.remote_name,
    clientItemId: row.remote_id,
    itemId: row.item_id,
    title: row.title ?? titleIn(row.after),
    before: shown(row.before),
    after: shown(row.after),
    receipt: row.receipt,
  }));
  return { items, next: page.next };
};

/** What of a client waits for a person's word. */
export const listHeld = async (db: Reader, clientId: ClientId, request: PageRequest): Promise<Page<HeldView>> => {
  const after = request.cursor ? Number(decodeCursor('held', 1, request.cursor)[0]) : 0;
  const rows = await db
    .selectFrom('held_changes as h')
    .innerJoin('client_items as c', 'c.id', 'h.client_item_id')
    .leftJoin('client_accounts as a', 'a.id', 'h.account_id')
    .select(['h.id', 'h.seen_at', 'h.side', 'h.before', 'h.after'])
    .select(['c.client_item_id as remote_id', 'c.item_id', 'c.title', 'a.remote_name'])
    .where('h.client_id', '=', clientId)
    .where('h.id', '>', after)
    .orderBy('h.id')
    .limit(request.limit + 1)
    .execute();
  const page = pageOf(rows, request.limit, 'held', (row) => [row.id]);
  const items = page.items.map((row) => ({
    id: row.id,
    seenAt: toIso(row.seen_at),
    side: row.side,
    account: row.remote_name,
    clientItemId: row.remote_id,
    itemId: row.item_id,
    title: row.title,
    before: shown(row.before),
    after: withoutWord(shown(row.after)),
  }));
  return { items, next: page.next };
};

const withoutWord = (after: unknown): unknown => {
  if (typeof after !== 'object' || after === null || !('asked' in after)) return after;
  const { asked: _, ...change } = after;
  return change;
};

/** All that a run decided until now. */
export const decisionsOf = async (db: Reader, runId: number): Promise<Decision[]> => {
  const rows = await db.selectFrom('sync_decisions').selectAll().where('run_id', '=', runId).orderBy('id').execute();
  return rows.map((row) => ({
    phase: row.phase,
    accountId: row.account_id,
    copyId: row.client_item_id,
    itemId: row.item_id,
    decision: row.decision as Decision['decision'],
    why: row.why,
    ...(row.before === null ? {} : { before: shown(row.before) }),
    ...(row.after === null ? {} : { after: shown(row.after) }),
    ...(row.receipt === null ? {} : { receipt: row.receipt }),
  }));
};

/** Whether a run decided anything. */
export const hasDecisions = async (db: Reader, runId: number): Promise<boolean> =>
  (await db.selectFrom('sync_decisions').select('id').where('run_id', '=', runId).limit(1).executeTakeFirst()) !==
  undefined;

/** Which of these there are. */
export const idsThere = async (db: Reader, table: 'client_items' | 'media_items', ids: readonly number[]) => {
  const found = new Set<number>();
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += 500) {
    const rows = await db
      .selectFrom(table)
      .select('id')
      .where('id', 'in', unique.slice(from, from + 500) as never[])
      .execute();
    for (const row of rows) found.add(row.id);
  }
  return found;
};

/** What entries are called. */
export const titlesOf = async (db: Reader, ids: readonly ClientItemId[]): Promise<Map<ClientItemId, string>> => {
  const titles = new Map<ClientItemId, string>();
  for (const some of chunks([...new Set(ids)])) {
    const rows = await db.selectFrom('client_items').select(['id', 'title']).where('id', 'in', some).execute();
    for (const row of rows) titles.set(row.id, row.title);
  }
  return titles;
};

const requireRun = async (db: Reader, clientId: ClientId, runId: number): Promise<void> => {
  const run = await db
    .selectFrom('sync_runs')
    .select('id')
    .where('id', '=', runId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (!run) throw notFound('This run');
};

/** Kept by us as JSON, and only shown again. */
export const shown = (text: string | null): unknown => (text === null ? null : readColumn(text, isAnything));

const isAnything = (_value: unknown): _value is unknown => true;

const titleIn = (text: string | null): string | null => {
  const value = shown(text);
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
    ? value.title
    : null;
};
