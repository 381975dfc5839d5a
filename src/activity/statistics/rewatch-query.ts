import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ScopeId } from '#kernel/ids.ts';

/** How many series were begun anew between two instants. */
export const rewatchedSeries = async (
  db: Reader,
  scopes: readonly ScopeId[],
  { from, to }: { from: Instant; to: Instant },
): Promise<number> => {
  const [row] = await rewatched(db, { scopes: idList(dialectOf(db), scopes), from, to });
  return row?.series ?? 0;
};

const rewatched = prepare<{ scopes: string; from: Instant; to: Instant }>()((db, value, dialect) =>
  db
    .selectFrom('rewatches')
    .select(sql<number>`count(DISTINCT series_id)`.as('series'))
    .where(idIn(dialect, 'scope_id', value('scopes')))
    .where('started_at', '>=', value('from'))
    .where('started_at', '<', value('to')),
);
