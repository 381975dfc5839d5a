import type { ActivityTables } from './tables/activity.ts';
import type { CatalogTables } from './tables/catalog.ts';
import type { IdempotencyTables } from './tables/idempotency.ts';
import type { IdentityTables } from './tables/identity.ts';
import type { StatisticsTables } from './tables/statistics.ts';
import type { SyncTables } from './tables/sync.ts';

/** A yes or no as both databases keep it. */
export type Flag = 0 | 1;

/** Every table, by its name. */
export interface Tables
  extends IdempotencyTables,
    IdentityTables,
    CatalogTables,
    ActivityTables,
    SyncTables,
    StatisticsTables {}
