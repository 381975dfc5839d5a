import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Specials } from './order.ts';
import { usualWay, type Way } from './pointer.ts';

interface Row {
  series_id: MediaItemId;
  since: Instant | null;
  specials: Specials | null;
}

/** How the merge of some scopes of one user goes through these series; absent: the usual way. One statement. */
export const waysThrough = async (
  db: Reader,
  scopes: readonly ScopeId[],
  series: readonly MediaItemId[],
): Promise<Map<MediaItemId, Way>> => {
  const within = sql.join(scopes);
  const these = sql.join(series);
  const { rows } = await sql<Row>`
    SELECT again.series_id, again.started_at AS since, CAST(NULL AS text) AS specials FROM rewatches AS again
      WHERE again.scope_id IN (${within}) AND again.series_id IN (${these})
    UNION ALL SELECT choice.item_id, CAST(NULL AS bigint), choice.specials FROM list_choices AS choice
      WHERE choice.user_id IN (SELECT s.user_id FROM scopes AS s WHERE s.id IN (${within}))
        AND choice.item_id IN (${these}) AND choice.specials IS NOT NULL`.execute(db);
  const ways = new Map<MediaItemId, Way>();
  for (const row of rows) ways.set(row.series_id, merged(ways.get(row.series_id) ?? usualWay, row));
  return ways;
};

/** The newest beginning counts, whichever scope has it. */
const merged = (way: Way, { since, specials }: Row): Way => ({
  since: since === null || (way.since !== null && way.since > since) ? way.since : since,
  specials: specials ?? way.specials,
});
