import { sql } from 'kysely';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import type { LeafKind } from '#kernel/media.ts';

/** Positions looked at in one step. */
export const STEP = 300;

/** A leaf that is in progress on a device. */
export interface OpenPosition {
  scope: ScopeId;
  item: MediaItemId;
  user: UserId;
  deviceUser: DeviceUserId;
  kind: LeafKind;
  library: MediaItemId;
  series: MediaItemId | null;
  positionMs: Millis;
  /** As it was told, else as the catalog has it. */
  durationMs: Millis | null;
  reportedAt: Instant;
}

/** Where a step ended. */
export type After = Pick<OpenPosition, 'scope' | 'reportedAt' | 'item'>;

export const START: After = { scope: 0 as ScopeId, reportedAt: Number.MIN_SAFE_INTEGER, item: 0 as MediaItemId };

/** The next positions of all devices, in the order of the index that holds them. */
export const openPositions = (db: Reader, after: After): Promise<OpenPosition[]> => next(db, after);

const next = prepare<After>()((db, value) => ({
  compile: () =>
    sql<OpenPosition>`SELECT p.scope_id AS scope, p.item_id AS item, s.user_id AS "user",
        s.device_user_id AS "deviceUser", i.kind, i.library_id AS library, p.series_id AS series,
        p.position_ms AS "positionMs", coalesce(p.duration_ms, i.runtime_ms) AS "durationMs",
        p.reported_at AS "reportedAt"
      FROM play_states AS p JOIN scopes AS s ON s.id = p.scope_id JOIN media_items AS i ON i.id = p.item_id
      WHERE p.position_ms IS NOT NULL AND s.device_user_id IS NOT NULL
        AND (p.scope_id, p.reported_at, p.item_id) > (${value('scope')}, ${value('reportedAt')}, ${value('item')})
      ORDER BY p.scope_id, p.reported_at, p.item_id LIMIT ${sql.lit(STEP)}`.compile(db),
}));
