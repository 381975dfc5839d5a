import type { Selectable } from 'kysely';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Reader, Transaction } from '#database/database.ts';
import { readColumn } from '#database/json.ts';
import type { SyncRunsTable } from '#database/tables/sync.ts';
import { type Instant, MINUTE } from '#kernel/clock.ts';
import { conflict } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import { noCounts, type Run, type RunCounts } from './run.ts';

export type RunRow = Selectable<SyncRunsTable>;

/** A run that did not go on for this long is dead: no call to a server and no page takes that long. */
const SILENCE = MINUTE;

/** Writes down that a run begins; the database refuses a second one of the same client (unique index). */
export const startRun = async (tx: Transaction, clientId: ClientId, now: Instant): Promise<number> => {
  await endDeadRuns(tx, now);
  const { id } = await tx
    .insertInto('sync_runs')
    .values({
      client_id: clientId,
      started_at: now,
      beat_at: now,
      ended_at: null,
      state: 'running',
      counts: JSON.stringify(noCounts()),
      warnings: '[]',
      error: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

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

/** @throws AppError `conflict` when the run was given up for dead in the meantime, so that two never write at once */
export const beat = async (tx: Transaction, run: Run, now: Instant): Promise<void> => {
  const alive = await tx
    .updateTable('sync_runs')
    .set({ beat_at: now, counts: JSON.stringify(run.counts) })
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  if (!alive) throw conflict('This import was ended from elsewhere.');
};

/** @param error absent: it was done to its end */
export const endRun = async (
  tx: Transaction,
  id: number,
  now: Instant,
  result: { counts: RunCounts; warnings: string[]; error?: string },
): Promise<void> => {
  await tx
    .updateTable('sync_runs')
    .set({
      state: result.error === undefined ? 'done' : 'failed',
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
