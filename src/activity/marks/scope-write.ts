import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { Value } from '#database/prepared.ts';
import type { ScopeId } from '#kernel/ids.ts';
import { pairOf } from './covering-sql.ts';

/** The values that name the scopes of a statement. */
export interface ScopePair {
  first: ScopeId;
  second: ScopeId;
}

/**
 * Writes in one or two scopes: on PostgreSQL in one statement, for each is a round trip; on SQLite in one for each, for two
 * of one row are twice as quick there as one of two.
 */
export const inEachScope = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  write: (pair: ScopePair) => Promise<unknown>,
): Promise<void> => {
  if (dialectOf(tx).name !== 'sqlite') await write(pairOf(scopes));
  else for (const scope of scopes) await write({ first: scope, second: scope });
};

/** Of a statement run by {@link inEachScope}: its condition on `scope_id` … */
export const isInScope = ({ name }: SqlDialect, value: Value<ScopePair>): RawBuilder<unknown> =>
  name === 'sqlite' ? sql`scope_id = ${value('first')}` : sql`scope_id IN (${value('first')}, ${value('second')})`;

/** … or the rows that it adds: the scope, then these columns. */
export const rowsInScopes = (
  { name }: SqlDialect,
  value: Value<ScopePair>,
  columns: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  name === 'sqlite'
    ? sql`SELECT ${value('first')}, ${columns} WHERE 1`
    : sql`SELECT s.id, ${columns} FROM scopes AS s WHERE s.id IN (${value('first')}, ${value('second')})`;
