import { sql } from 'kysely';
import type { Transaction } from '#database/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** Makes a user's counters of what their plays say is counted of them. */
export const recountAgain = async (tx: Transaction, user: UserId): Promise<void> => {
  for (const table of ['watch_days', 'watch_hours', 'watch_roots'] as const) {
    await tx
      .deleteFrom(table)
      .where('device_user_id', 'in', tx.selectFrom('device_users').select('id').where('user_id', '=', user))
      .execute();
  }
  const plays = sql`FROM plays WHERE user_id = ${user} AND counted_day IS NOT NULL`;
  const amounts = sql`sum(counted_ms), count(*), sum(counted_completed)`;
  await sql`INSERT INTO watch_days (device_user_id, day, library_id, ms, plays, completed)
    SELECT device_user_id, counted_day, counted_library, ${amounts} ${plays} GROUP BY 1, 2, 3`.execute(tx);
  await sql`INSERT INTO watch_hours (device_user_id, month, hour, library_id, ms, plays, completed)
    SELECT device_user_id, counted_day / 100, counted_hour, counted_library, ${amounts} ${plays}
      AND counted_hour IS NOT NULL GROUP BY 1, 2, 3, 4`.execute(tx);
  // Months first; a year then holds its months and what is known by the year alone.
  await sql`INSERT INTO watch_roots (device_user_id, period, root_id, ms, plays, completed)
    SELECT device_user_id, counted_day / 100, counted_root, ${amounts} ${plays}
      AND counted_day / 100 % 100 <> 0 GROUP BY 1, 2, 3`.execute(tx);
  await sql`INSERT INTO watch_roots (device_user_id, period, root_id, ms, plays, completed)
    SELECT device_user_id, counted_day / 10000 * 100, counted_root, ${amounts} ${plays} GROUP BY 1, 2, 3`.execute(tx);
};
