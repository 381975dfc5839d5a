import { type RawBuilder, sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { PlayId, UserId } from '#kernel/ids.ts';
import type { Change, Changes, CountedPlay, Share } from './counting.ts';
import { numberRows } from './number-rows.ts';

/** Plays that were written since they were counted. On PostgreSQL they are held, so that none is written meanwhile. */
export const takeUnsettled = async (tx: Transaction, user: UserId, limit: number): Promise<CountedPlay[]> =>
  (await unsettled(tx, { user, limit })).map(playOf);

/** Plays that count, in the order of their start and id, after this one. */
export const takeAfter = async (
  tx: Transaction,
  user: UserId,
  { at, id }: { at: Instant; id: number },
  limit: number,
): Promise<CountedPlay[]> => (await after(tx, { user, at, id, limit })).map(playOf);

/** Notes what is counted of plays now; they are settled by that. */
export const saveShares = async (tx: Transaction, plays: readonly { id: PlayId; now: Share | null }[]) => {
  const rows = plays.map(({ id, now }) =>
    now ? [id, now.day, now.hour, now.libraryId, now.rootId, now.ms, now.completed ? 1 : 0] : nothing(id),
  );
  await updatePlays(tx, { rows: JSON.stringify(rows) });
};

/** Changes the counters; those that come to nothing go. */
export const changeCounters = async (tx: Transaction, { days, hours, roots }: Changes): Promise<void> => {
  await change(tx, counters.days, days);
  await change(tx, counters.hours, hours);
  await change(tx, counters.roots, roots);
};

const nothing = (id: PlayId) => [id, null, null, null, null, 0, 0];

const select = (db: Reader, { lock }: { lock: boolean }) => {
  const plays = db
    .selectFrom('plays as p')
    .innerJoin('media_items as i', 'i.id', 'p.item_id')
    .select(['p.id', 'p.device_user_id', 'p.started_at', 'p.date_precision', 'p.watched_ms', 'p.duration_ms'])
    .select(['p.completed', 'p.confirmed', 'p.deleted_at', 'p.counted_day', 'p.counted_hour', 'p.counted_library'])
    .select(['p.counted_root', 'p.counted_ms', 'p.counted_completed', 'i.id as item_id', 'i.root_id'])
    .select(['i.library_id', 'i.runtime_ms']);
  return lock ? plays.forUpdate('p') : plays;
};

const unsettled = prepare<{ user: UserId; limit: number }>()((db, value, dialect) =>
  select(db, { lock: dialect.name === 'postgres' })
    .where('p.user_id', '=', value('user'))
    .where(sql<boolean>`p.unsettled = 1`)
    .orderBy('p.id')
    .limit(value('limit')),
);

const after = prepare<{ user: UserId; at: Instant; id: number; limit: number }>()((db, value, dialect) =>
  select(db, { lock: dialect.name === 'postgres' })
    .where('p.user_id', '=', value('user'))
    .where(sql<boolean>`p.confirmed = 1 AND p.deleted_at IS NULL`)
    .where(sql<boolean>`(p.started_at, p.id) > (${value('at')}, ${value('id')})`)
    .orderBy('p.started_at')
    .orderBy('p.id')
    .limit(value('limit')),
);

type Row = Awaited<ReturnType<typeof unsettled>>[number];

const playOf = (row: Row): CountedPlay => ({
  id: row.id,
  deviceUserId: row.device_user_id,
  startedAt: row.started_at,
  precision: row.date_precision,
  watchedMs: row.watched_ms,
  durationMs: row.duration_ms,
  runtimeMs: row.runtime_ms,
  completed: row.completed === 1,
  counts: row.confirmed === 1 && row.deleted_at === null,
  libraryId: row.library_id ?? row.item_id,
  rootId: row.root_id ?? row.item_id,
  was: shareWas(row),
});

const shareWas = (row: Row): Share | null =>
  row.counted_day === null || row.counted_library === null || row.counted_root === null
    ? null
    : {
        day: row.counted_day,
        hour: row.counted_hour,
        libraryId: row.counted_library,
        rootId: row.counted_root,
        ms: row.counted_ms,
        completed: row.counted_completed === 1,
      };

const updatePlays = prepare<{ rows: string }>()((db, value, dialect) => ({
  compile: () =>
    sql`UPDATE plays SET unsettled = 0, counted_day = told.day, counted_hour = told.hour,
        counted_library = told.library, counted_root = told.root, counted_ms = told.ms,
        counted_completed = told.completed
      FROM ${numberRows(dialect, value('rows'), ['id', 'day', 'hour', 'library', 'root', 'ms', 'completed'])} AS told
      WHERE plays.id = told.id`.compile(db),
}));

/** A table of counters: its key, how it is added to, and how what came to nothing is taken out. */
const counterOf = (table: string, key: string[]) => {
  const amounts = ['ms', 'plays', 'completed'];
  const columns = [...key, ...amounts];
  const list = (names: string[], of: (name: string) => string = (name) => name) => sql.raw(names.map(of).join(', '));
  const rowsIn = (value: Value<{ rows: string }>, db: Reader) => numberRows(dialectOf(db), value('rows'), columns);
  const run = (statement: (rows: RawBuilder<unknown>) => RawBuilder<unknown>) =>
    prepare<{ rows: string }>()((db, value) => ({ compile: () => statement(rowsIn(value, db)).compile(db) }));
  return {
    key,
    // Without WHERE, SQLite would take ON CONFLICT for a join's.
    add: run(
      (rows) => sql`INSERT INTO ${sql.table(table)} (${list(columns)})
        SELECT ${list(columns)} FROM ${rows} AS told WHERE 1 = 1
        ON CONFLICT (${list(key)}) DO UPDATE SET
          ${list(amounts, (name) => `${name} = ${table}.${name} + excluded.${name}`)}`,
    ),
    clear: run(
      (rows) => sql`DELETE FROM ${sql.table(table)}
        WHERE plays = 0 AND (${list(key)}) IN (SELECT ${list(key)} FROM ${rows} AS told)`,
    ),
  };
};

type Counter = ReturnType<typeof counterOf>;

const counters = {
  days: counterOf('watch_days', ['device_user_id', 'day', 'library_id']),
  hours: counterOf('watch_hours', ['device_user_id', 'month', 'hour', 'library_id']),
  roots: counterOf('watch_roots', ['device_user_id', 'period', 'root_id']),
};

const change = async (tx: Transaction, counter: Counter, changes: Change[]): Promise<void> => {
  if (changes.length === 0) return;
  await counter.add(tx, { rows: JSON.stringify(changes) });
  const fewer = changes.filter((amounts) => (amounts[counter.key.length + 1] ?? 0) < 0);
  if (fewer.length > 0) await counter.clear(tx, { rows: JSON.stringify(fewer) });
};
