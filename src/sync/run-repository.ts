import type { Selectable } from 'kysely';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Reader, Transaction } from '#database/database.ts';
import { readColumn } from '#database/json.ts';
import type { SyncRunsTable } from '#database/tables/sync.ts';
import { HOUR, type Instant, MINUTE } from '#kernel/clock.ts';
import { conflict } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import { noCounts, type Run, type RunCounts } from './run.ts';

export type RunRow = Selectable<SyncRunsTable>;

/** A run that did not go on for this long is dead: no call to a server and no page takes that long. */
const SILENCE = MINUTE;

/** How far a run is, so that the next can go on where it was broken off. */
export interface RunCursor {
  /** When it first began: what marks entries as seen in it. */
  startedAt: Instant;
  /** Whether every list was read whole so far. */
  complete: boolean;
  /** Which of the accounts, in their order, and which kind is being read; after the last account: all is read. */
  account: number;
  kind: number;
  /** Entries of the kind that were given. */
  done: number;
  total: number | null;
}

/** A run that was broken off is gone on with for this long; then the library is no longer what it was. */
const RESUMABLE = HOUR;

/**
 * Writes down that a run begins; the database refuses a second one of the same client (unique index).
 * @returns `cursor`: the last one of its sort was broken off here
 */
export const startRun = async (
  tx: Transaction,
  clientId: ClientId,
  kind: SyncRunsTable['kind'],
  now: Instant,
): Promise<{ id: number; cursor: RunCursor | undefined }> => {
  await endDeadRuns(tx, now);
  const cursor = await brokenAt(tx, clientId, kind, now);
  const { id } = await tx
    .insertInto('sync_runs')
    .values({
      client_id: clientId,
      kind,
      started_at: now,
      beat_at: now,
      ended_at: null,
      state: 'running',
      cursor: cursor === undefined ? null : JSON.stringify(cursor),
      counts: JSON.stringify(noCounts()),
      warnings: '[]',
      error: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, cursor };
};

const brokenAt = async (db: Reader, clientId: ClientId, kind: SyncRunsTable['kind'], now: Instant) => {
  const last = await db
    .selectFrom('sync_runs')
    .select(['kind', 'state', 'cursor'])
    .where('client_id', '=', clientId)
    .where('kind', 'in', ['import', 'sync'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.state !== 'failed' || last.kind !== kind || last.cursor === null) return undefined;
  const cursor = readColumn(last.cursor, (value): value is RunCursor => CursorShape.Check(value));
  return cursor !== undefined && cursor.startedAt > now - RESUMABLE ? cursor : undefined;
};

const CursorShape = Compile(
  Type.Object({
    startedAt: Type.Number(),
    complete: Type.Boolean(),
    account: Type.Integer(),
    kind: Type.Integer(),
    done: Type.Integer(),
    total: Type.Union([Type.Integer(), Type.Null()]),
  }),
);

/** Marks runs as failed whose program ended in the middle of them. Nothing of them is lost; the next run goes over all. */
export const endDeadRuns = async (tx: Transaction, now: Instant): Promise<void> => {
  await tx
    .updateTable('sync_runs')
    .set((row) => ({
      state: 'failed',
      ended_at: row.ref('beat_at'),
      error: 'It was broken off: the program ended in the middle of it.',
    }))
    .where('state', '=', 'running')
    .where('beat_at', '<', now - SILENCE)
    .execute();
};

/**
 * Notes that a run goes on, and how far it is.
 * @throws AppError `conflict` when the run was given up for dead in the meantime, so that two never write at once
 */
export const beat = async (
  tx: Transaction,
  run: Pick<Run, 'id' | 'counts'>,
  now: Instant,
  cursor?: RunCursor,
): Promise<void> => {
  const alive = await tx
    .updateTable('sync_runs')
    .set({
      beat_at: now,
      counts: JSON.stringify(run.counts),
      ...(cursor === undefined ? {} : { cursor: JSON.stringify(cursor) }),
    })
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  if (!alive) throw conflict('This run was ended from elsewhere.');
};

/** @param error absent: it was done to its end */
export const endRun = async (
  tx: Transaction,
  id: number,
  now: Instant,
  result: { counts: RunCounts; warnings: string[]; error?: string; held?: boolean },
): Promise<void> => {
  await tx
    .updateTable('sync_runs')
    .set({
      state: result.error !== undefined ? 'failed' : result.held ? 'held' : 'done',
      beat_at: now,
      ended_at: now,
      counts: JSON.stringify(result.counts),
      warnings: JSON.stringify(result.warnings),
      error: result.error ?? null,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
};

export const runById = (db: Reader, id: number): Promise<RunRow | undefined> =>
  db.selectFrom('sync_runs').selectAll().where('id', '=', id).executeTakeFirst();

/** Newest first. */
export const runsOf = (db: Reader, clientId: ClientId, limit: number, before: number | null): Promise<RunRow[]> =>
  db
    .selectFrom('sync_runs')
    .selectAll()
    .where('client_id', '=', clientId)
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

const Numbers = Compile(Type.Record(Type.String(), Type.Integer()));
const Texts = Compile(Type.Array(Type.String()));

/** Counts as kept; numbers that an older program did not write are 0. */
export const readCounts = (text: string): RunCounts => ({
  ...noCounts(),
  ...readColumn(text, (value) => Numbers.Check(value)),
});

export const readWarnings = (text: string): string[] => readColumn(text, (value) => Texts.Check(value)) ?? [];

/** Forgets a run in which nothing was to be done. */
export const dropRun = async (tx: Transaction, id: number): Promise<void> => {
  await tx.deleteFrom('sync_runs').where('id', '=', id).execute();
};

/** Nothing of a client is held any more. */
export const settleRuns = async (tx: Transaction, clientId: ClientId): Promise<void> => {
  await tx
    .updateTable('sync_runs')
    .set({ state: 'done' })
    .where('client_id', '=', clientId)
    .where('state', '=', 'held')
    .execute();
};
