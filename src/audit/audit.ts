import type { Transaction } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { Actor } from '#kernel/viewer.ts';

/** Field → what it was and what it is. */
export type Changes = Record<string, [before: unknown, after: unknown]>;

export interface AuditEntry {
  /** Who did it; null: the program itself, or a command on its machine. */
  actor: Pick<Actor, 'userId' | 'deviceUserId'> | null;
  entityType: string;
  entityId: number;
  action: 'create' | 'update' | 'delete';
  /** Secrets only as {@link HIDDEN}. */
  changes: Changes;
  reason?: string;
}

/** Keeps who changed what, in the transaction of the change itself. */
export interface Audit {
  record(tx: Transaction, entry: AuditEntry): Promise<void>;
}

/** What stands for a secret in the audit log. */
export const HIDDEN = '•••';

export const createAudit = ({ clock }: { clock: Clock }): Audit => ({
  record: async (tx, entry) => {
    await tx
      .insertInto('audit_log')
      .values({
        at: clock.now(),
        user_id: entry.actor?.userId ?? null,
        device_user_id: entry.actor?.deviceUserId ?? null,
        entity_type: entry.entityType,
        entity_id: entry.entityId,
        action: entry.action,
        reason: entry.reason ?? null,
        changes: JSON.stringify(entry.changes),
      })
      .execute();
  },
});

/** The fields of `after` that differ from `before`, as an entry's changes. */
export const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): Changes =>
  Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[field]))
      .map(([field, value]) => [field, [before[field] ?? null, value]]),
  );
