import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import { choseAnything } from './choice-sql.ts';

/** What the lists of one scope need to know before they are read. */
export interface ListFacts {
  /**
   * When the scope marked a whole library; undefined: never. It overrules what is older, and nothing was written for that
   * below.
   */
  markedAt(library: MediaItemId): Instant | undefined;
  /** All libraries of series were marked at this instant or later; 0 where one never was. */
  seriesSince: Instant;
  /** The newest activity in a series whose pointer is stale; null: none is. */
  newestStale: Instant | null;
  /** Whether the user ever dropped or snoozed anything. */
  chose: boolean;
}

/** One statement; libraries are few. */
export const listFacts = async (db: Reader, scope: ScopeId, user: UserId): Promise<ListFacts> => {
  const rows = await all(db, { scope, user });
  const marked = new Map<MediaItemId, Instant>();
  let since = Number.POSITIVE_INFINITY;
  for (const { item_id, library_kind, at } of rows) {
    if (at !== null) marked.set(item_id, at);
    if (library_kind === 'series') since = Math.min(since, at ?? 0);
  }
  return {
    markedAt: (library) => marked.get(library),
    seriesSince: Number.isFinite(since) ? since : 0,
    newestStale: rows[0]?.newest_stale ?? null,
    chose: rows[0]?.chose === 1,
  };
};

const all = prepare<{ scope: ScopeId; user: UserId }>()((db, value) =>
  db
    .selectFrom('libraries as l')
    // From the left, or SQLite walks all marks of the scope.
    .leftJoin('marks as m', (join) => join.onRef('m.item_id', '=', 'l.item_id').on('m.scope_id', '=', value('scope')))
    .select(['l.item_id', 'l.library_kind', 'm.at'])
    .select(
      sql<Instant | null>`(SELECT max(st.activity_at) FROM series_states AS st
        WHERE st.scope_id = ${value('scope')} AND st.stale = 1 AND st.open = 1)`.as('newest_stale'),
    )
    .select(sql<number>`CASE WHEN ${choseAnything(value('user'))} THEN 1 ELSE 0 END`.as('chose')),
);
