import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Reader, Transaction } from './database.ts';
import type { Tables } from './tables.ts';

/** Tables whose rows have an id of their own. */
export type EntityTable = { [T in keyof Tables]: Tables[T] extends { id: unknown } ? T : never }[keyof Tables];

type Row<T extends EntityTable> = Selectable<Tables[T]>;
type IdOf<T extends EntityTable> = Row<T> extends { id: infer I } ? I : never;
/** Columns and the values they must have; null means that it must be null. */
export type Filters<T extends EntityTable> = Partial<Row<T>>;

/** Rows given by {@link Repository.getAll} when no limit is set: no read is unbounded. */
const DEFAULT_LIMIT = 1000;

/** What every entity can do (seed 004, IRepository). Readers take a handle or transaction, writers a transaction. */
export interface Repository<T extends EntityTable> {
  getById(db: Reader, id: IdOf<T>): Promise<Row<T> | undefined>;
  /** In the order of ids. */
  getAll(db: Reader, filters?: Filters<T>, limit?: number, offset?: number): Promise<Row<T>[]>;
  create(tx: Transaction, values: Insertable<Tables[T]>): Promise<Row<T>>;
  /** Gives the row as it is now; undefined when there is none. */
  update(tx: Transaction, id: IdOf<T>, values: Updateable<Tables[T]>): Promise<Row<T> | undefined>;
  /** Whether there was one. */
  delete(tx: Transaction, id: IdOf<T>): Promise<boolean>;
  exists(db: Reader, id: IdOf<T>): Promise<boolean>;
  count(db: Reader, filters?: Filters<T>): Promise<number>;
}

/**
 * The generic repository of one table. Kysely cannot follow a table name that is a type parameter, so the inside works
 * on one table's types (`users`) and the outside is checked against {@link Repository}.
 */
export const repositoryOf = <T extends EntityTable>(table: T): Repository<T> => generic(table as never) as never;

const generic = (table: 'users'): Repository<'users'> => ({
  getById: (db, id) => db.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst(),
  getAll: (db, filters = {}, limit = DEFAULT_LIMIT, offset = 0) =>
    db
      .selectFrom(table)
      .selectAll()
      .where((where) => where.and(filters as Record<string, never>))
      .orderBy('id')
      .limit(limit)
      .offset(offset)
      .execute(),
  create: (tx, values) => tx.insertInto(table).values(values).returningAll().executeTakeFirstOrThrow(),
  update: (tx, id, values) =>
    Object.keys(values).length === 0
      ? tx.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirst()
      : tx.updateTable(table).set(values).where('id', '=', id).returningAll().executeTakeFirst(),
  delete: async (tx, id) =>
    (await tx.deleteFrom(table).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined,
  exists: async (db, id) =>
    (await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
  count: async (db, filters = {}) => {
    const { rows } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('rows'))
      .where((where) => where.and(filters as Record<string, never>))
      .executeTakeFirstOrThrow();
    return rows;
  },
});
