import { type Insertable, sql } from 'kysely';
import type { Reader, Transaction } from '#database/database.ts';
import { readColumn } from '#database/json.ts';
import type { ShadowsTable } from '#database/tables/sync.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { ClientAccountId, ClientItemId, MediaItemId } from '#kernel/ids.ts';
import { chunks } from './chunks.ts';
import type { StandingChange } from './media-server.ts';
import type { Shadow } from './merge.ts';

/** A shadow as it was read beside a copy: all null where there is none. */
export interface ShadowColumns {
  watched: Flag | null;
  play_count: number | null;
  position_ms: Millis | null;
  last_played_at: Instant | null;
  favourite: Flag | null;
  rating: number | null;
}

export const shadowOf = (row: ShadowColumns): Shadow | undefined =>
  row.watched === null
    ? undefined
    : {
        watched: row.watched === 1,
        playCount: row.play_count ?? 0,
        positionMs: row.position_ms,
        lastPlayedAt: row.last_played_at,
        favourite: row.favourite === null ? null : row.favourite === 1,
        rating: row.rating,
      };

/** What was written by {@link saveIntents}; a change is a plain object that we made ourselves. */
export const readIntent = (text: string | null): StandingChange | null =>
  text === null ? null : (readColumn(text, isObject) ?? null);

const isObject = (value: unknown): value is StandingChange =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const saveShadows = async (tx: Transaction, rows: readonly Insertable<ShadowsTable>[]): Promise<void> => {
  for (const some of chunks(rows)) {
    await tx
      .insertInto('shadows')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'client_item_id']).doUpdateSet({
          watched: sql.ref('excluded.watched'),
          play_count: sql.ref('excluded.play_count'),
          position_ms: sql.ref('excluded.position_ms'),
          last_played_at: sql.ref('excluded.last_played_at'),
          favourite: sql.ref('excluded.favourite'),
          rating: sql.ref('excluded.rating'),
          asked: sql.ref('excluded.asked'),
          intent: sql.ref('excluded.intent'),
          seen_at: sql.ref('excluded.seen_at'),
        }),
      )
      .execute();
  }
};

/** The row of a shadow. */
export const shadowRow = (
  accountId: ClientAccountId,
  copyId: ClientItemId,
  shadow: Shadow,
  { asked, intent }: { asked: string | null; intent: StandingChange | null },
  now: Instant,
): Insertable<ShadowsTable> => ({
  account_id: accountId,
  client_item_id: copyId,
  watched: shadow.watched ? 1 : 0,
  play_count: shadow.playCount,
  position_ms: shadow.positionMs,
  last_played_at: shadow.lastPlayedAt,
  favourite: shadow.favourite === null ? null : shadow.favourite ? 1 : 0,
  rating: shadow.rating,
  asked,
  intent: intent === null ? null : JSON.stringify(intent),
  seen_at: now,
});

/** How often an account showed items as played, at the most of their copies, there or away. */
export const countsOf = async (
  db: Reader,
  accountId: ClientAccountId,
  itemIds: readonly MediaItemId[],
): Promise<Map<MediaItemId, number>> => {
  const found = new Map<MediaItemId, number>();
  for (const some of chunks(itemIds)) {
    const rows = await db
      .selectFrom('client_items as c')
      .innerJoin('shadows as s', 's.client_item_id', 'c.id')
      .select(['c.item_id', 's.play_count'])
      .where('c.item_id', 'in', some)
      .where('s.account_id', '=', accountId)
      .execute();
    for (const { item_id, play_count } of rows) {
      if (item_id !== null) found.set(item_id, Math.max(play_count, found.get(item_id) ?? 0));
    }
  }
  return found;
};

/** Forgets what was seen of a copy, for all accounts: it is a copy of something else now. */
export const dropShadows = async (tx: Transaction, id: ClientItemId): Promise<void> => {
  await tx.deleteFrom('shadows').where('client_item_id', '=', id).execute();
};

/** What is kept of entries and an account, by the ids of the entries. */
export interface StateRow {
  item_id: MediaItemId | null;
  first_seen_at: Instant;
  shadow: Shadow | undefined;
  asked: string | null;
  intent: StandingChange | null;
}

export const loadStates = async (
  db: Reader,
  accountId: ClientAccountId,
  copyIds: readonly ClientItemId[],
): Promise<Map<ClientItemId, StateRow>> => {
  const found = new Map<ClientItemId, StateRow>();
  for (const some of chunks(copyIds)) {
    const rows = await db
      .selectFrom('client_items as c')
      .leftJoin('shadows as s', (join) =>
        join.onRef('s.client_item_id', '=', 'c.id').on('s.account_id', '=', accountId),
      )
      .select(['c.id', 'c.item_id', 'c.first_seen_at'])
      .select(['s.watched', 's.play_count', 's.position_ms', 's.last_played_at', 's.favourite', 's.rating'])
      .select(['s.asked', 's.intent'])
      .where('c.id', 'in', some)
      .execute();
    for (const row of rows) {
      const { id, item_id, first_seen_at, asked } = row;
      found.set(id, { item_id, first_seen_at, asked, shadow: shadowOf(row), intent: readIntent(row.intent) });
    }
  }
  return found;
};
