import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { type Activity, createActivity } from '#activity/service.ts';
import { createAudit } from '#audit/audit.ts';
import { createIngest, type Ingest } from '#catalog/ingest.ts';
import { createKodiConnector } from '#connectors/kodi/connector.ts';
import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createCredentials } from '#sync/credentials.ts';
import { createSync, type Sync } from '#sync/service.ts';

/** Sync with all that it stands on, on a given database. */
export const wireSync = (database: Database, clock: Clock): { sync: Sync; activity: Activity; ingest: Ingest } => {
  const activity = createActivity({ database, clock });
  const ingest = createIngest({ clock, observer: createLeafObserver() });
  const sync = createSync({
    database,
    clock,
    ingest,
    activity,
    audit: createAudit({ clock }),
    rebuilder: createScopeRebuilder(),
    connectors: [createKodiConnector({ clock, limits: { timeLimitMs: 1000 } })],
    credentials: createCredentials(Buffer.alloc(32, 1)),
    logger: silentLogger,
  });
  return { sync, activity, ingest };
};
