import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import type { ClientKind, RunPhase } from '#database/tables/sync.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { ClientAccountId, ClientId, ClientItemId, DeviceUserId, MediaItemId, UserId } from '#kernel/ids.ts';
import type { IsolationMode } from '#kernel/viewer.ts';

/** An account on a media server. */
export interface ServerAccount {
  id: ClientAccountId;
  clientId: ClientId;
  clientName: string;
  clientKind: ClientKind;
  /** As the server calls the person. */
  name: string;
  deviceUserId: DeviceUserId;
  isolation: IsolationMode;
}

/** A person's accounts on media servers: a handful. */
export const accountsOf = async (db: Reader, user: UserId): Promise<ServerAccount[]> => {
  const rows = await db
    .selectFrom('device_users as du')
    .innerJoin('client_accounts as a', 'a.device_user_id', 'du.id')
    .innerJoin('clients as c', 'c.id', 'a.client_id')
    .select(['a.id', 'a.client_id', 'c.name as client_name', 'c.kind', 'a.remote_name'])
    .select(['a.device_user_id', 'du.isolation'])
    .where('du.user_id', '=', user)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    clientId: row.client_id,
    clientName: row.client_name,
    clientKind: row.kind,
    name: row.remote_name,
    deviceUserId: row.device_user_id,
    isolation: row.isolation,
  }));
};

/** A copy of an item on a media server. */
export interface ServerCopy {
  id: ClientItemId;
  clientId: ClientId;
  remoteId: string;
  removedAt: Instant | null;
}

/** The copies that stand for an item, by themselves or as a part of a double episode. */
export const copiesOf = async (db: Reader, item: MediaItemId, limit: number): Promise<ServerCopy[]> => {
  const whole = await copies(db).where('c.item_id', '=', item).limit(limit).execute();
  const parts = await copies(db)
    .innerJoin('client_item_parts as p', 'p.client_item_id', 'c.id')
    .where('p.item_id', '=', item)
    .limit(limit)
    .execute();
  return [...whole, ...parts].slice(0, limit).map((row) => ({
    id: row.id,
    clientId: row.client_id,
    remoteId: row.client_item_id,
    removedAt: row.removed_at,
  }));
};

const copies = (db: Reader) =>
  db.selectFrom('client_items as c').select(['c.id', 'c.client_id', 'c.client_item_id', 'c.removed_at']);

/** What an account showed of a copy when it was seen or written last. */
export interface Shown {
  watched: boolean;
  playCount: number;
  positionMs: Millis | null;
  lastPlayedAt: Instant | null;
  favourite: boolean | null;
  rating: number | null;
  /** Whether a change was being sent that may or may not have arrived. */
  unsure: boolean;
  seenAt: Instant;
}

export const shownBy = async (
  db: Reader,
  accounts: readonly ClientAccountId[],
  entries: readonly ClientItemId[],
): Promise<Map<ClientAccountId, Map<ClientItemId, Shown>>> => {
  const shown = new Map<ClientAccountId, Map<ClientItemId, Shown>>(accounts.map((id) => [id, new Map()]));
  if (accounts.length === 0 || entries.length === 0) return shown;
  const rows = await db
    .selectFrom('shadows')
    .selectAll()
    .where(inList(db, 'client_item_id', entries))
    .where(inList(db, 'account_id', accounts))
    .execute();
  for (const row of rows) {
    shown.get(row.account_id)?.set(row.client_item_id, {
      watched: row.watched === 1,
      playCount: row.play_count,
      positionMs: row.position_ms,
      lastPlayedAt: row.last_played_at,
      favourite: row.favourite === null ? null : row.favourite === 1,
      rating: row.rating,
      unsure: row.intent !== null,
      seenAt: row.seen_at,
    });
  }
  return shown;
};

/** What a run decided about an item and account. */
export interface Decided {
  runId: number;
  at: Instant;
  phase: RunPhase;
  accountId: ClientAccountId | null;
  decision: string;
  why: string;
  /** Of a write: what was sent. */
  receipt: string | null;
}

/** What runs took over from accounts and wrote to them, of one item, the newest first. */
export const decisionsOf = async (
  db: Reader,
  accounts: readonly ClientAccountId[],
  item: MediaItemId,
  limit: number,
): Promise<Decided[]> => {
  if (accounts.length === 0) return [];
  const rows = await db
    .selectFrom('sync_decisions')
    .select(['run_id', 'at', 'phase', 'account_id', 'decision', 'why', 'receipt'])
    .where('item_id', '=', item)
    .where(inList(db, 'account_id', accounts))
    .where('phase', 'in', ['pull', 'push'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ run_id: runId, account_id: accountId, ...row }) => ({ ...row, runId, accountId }));
};

const inList = (db: Reader, column: string, ids: readonly number[]): RawBuilder<SqlBool> =>
  idIn(dialectOf(db), column, sql<string>`${idList(dialectOf(db), ids)}`);
