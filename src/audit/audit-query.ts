import type { Reader } from '#database/database.ts';
import type { Instant } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { decodeCursor, type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import type { Changes } from './audit.ts';

export interface AuditFilters {
  entityType?: string;
  entityId?: number;
  userId?: UserId;
}

/** One change, as it was recorded. */
export interface AuditRecord {
  id: number;
  at: Instant;
  userId: UserId | null;
  userName: string | null;
  deviceName: string | null;
  entityType: string;
  entityId: number;
  action: 'create' | 'update' | 'delete';
  reason: string | null;
  changes: Changes;
}

const LIST = 'audit';

/** Changes, newest first. */
export const listAudit = async (db: Reader, filters: AuditFilters, page: PageRequest): Promise<Page<AuditRecord>> => {
  let query = db
    .selectFrom('audit_log as a')
    .leftJoin('users as u', 'u.id', 'a.user_id')
    .leftJoin('device_users as du', 'du.id', 'a.device_user_id')
    .leftJoin('devices as d', 'd.id', 'du.device_id')
    .select(['a.id', 'a.at', 'a.user_id', 'u.name as user_name', 'a.entity_type', 'a.entity_id', 'a.action'])
    .select(['a.reason', 'a.changes', 'd.display_name', 'd.reported_name'])
    .orderBy('a.id', 'desc')
    .limit(page.limit + 1);
  if (filters.entityType !== undefined) query = query.where('a.entity_type', '=', filters.entityType);
  if (filters.entityId !== undefined) query = query.where('a.entity_id', '=', filters.entityId);
  if (filters.userId !== undefined) query = query.where('a.user_id', '=', filters.userId);
  if (page.cursor !== undefined) query = query.where('a.id', '<', Number(decodeCursor(LIST, 1, page.cursor)[0]));
  const rows = await query.execute();
  const found = pageOf(rows, page.limit, LIST, (row) => [row.id]);
  return {
    next: found.next,
    items: found.items.map((row) => ({
      id: row.id,
      at: row.at,
      userId: row.user_id,
      userName: row.user_name,
      deviceName: row.display_name ?? row.reported_name,
      entityType: row.entity_type,
      entityId: row.entity_id,
      action: row.action,
      reason: row.reason,
      changes: JSON.parse(row.changes) as Changes,
    })),
  };
};
