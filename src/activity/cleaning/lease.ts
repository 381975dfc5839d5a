import type { Database } from '#database/database.ts';
import type { Instant, Millis } from '#kernel/clock.ts';

/** Work that one of several processes on one database does at a time. */
export interface Lease {
  /** Takes the lease, or holds it on; false when another process has it. */
  hold(now: Instant): Promise<boolean>;
  /** Gives it back. */
  release(): Promise<void>;
}

/**
 * @param holder unlike that of any other process
 * @param ms after which a holder that does not hold it on has lost it
 */
export const createLease = (database: Database, name: string, holder: string, ms: Millis): Lease => ({
  hold: (now) =>
    database.transaction(async (tx) => {
      const held = { holder, held_until: now + ms };
      const row = await tx
        .insertInto('leases')
        .values({ name, ...held })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet(held)
            .where((where) => where.or([where('leases.held_until', '<=', now), where('leases.holder', '=', holder)])),
        )
        .returning('name')
        .executeTakeFirst();
      return row !== undefined;
    }),
  release: () =>
    database.transaction(async (tx) => {
      await tx.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    }),
});
