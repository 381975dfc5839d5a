import type { Transaction } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import type { ScopeId } from '#kernel/ids.ts';

/**
 * Has writers of the same scopes wait for each other: what is derived from marks must see all of them. SQLite runs its
 * units one after the other anyway. Always in the order of ids, so that nobody waits in a circle.
 */
export const lockScopes = async (tx: Transaction, scopes: readonly ScopeId[]): Promise<void> => {
  if (dialectOf(tx).name === 'sqlite') return;
  await tx.selectFrom('scopes').select('id').where('id', 'in', scopes).orderBy('id').forUpdate().execute();
};
