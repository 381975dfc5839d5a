import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { type Activity, createActivity } from '#activity/service.ts';
import { createAudit } from '#audit/audit.ts';
import { createIngest, type Ingest } from '#catalog/ingest.ts';
import { createKodiConnector } from '#connectors/kodi/connector.ts';
import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createCredentials } from '#sync/credentials.ts';
import { createClientLibraries } from '#sync/items/libraries.ts';
import type { Connector } from '#sync/media-server.ts';
import { createSync, type Sync, type SyncTools } from '#sync/service.ts';
import { createSignIns } from '#sync/sign-ins.ts';

const INSTALLATION = '11111111-2222-4333-8444-555555555555';

/** Sync with all that it stands on, on a given database. */
export const wireSync = (
  database: Database,
  clock: Clock,
  connectors: readonly Connector[] = [createKodiConnector({ clock, limits: { timeLimitMs: 1000 } })],
): { sync: Sync; activity: Activity; ingest: Ingest; tools: SyncTools } => {
  const bus = createEventBus();
  const audit = createAudit({ clock });
  const activity = createActivity({ database, clock, bus });
  const ingest = createIngest({ clock, observer: createLeafObserver() });
  const tools: SyncTools = {
    database,
    clock,
    bus,
    ingest,
    activity,
    audit,
    libraries: createClientLibraries({ database, audit, ingest }),
    rebuilder: createScopeRebuilder(),
    connectors,
    credentials: createCredentials(Buffer.alloc(32, 1)),
    signIns: createSignIns({ clock, connectors, installation: INSTALLATION }),
    installation: INSTALLATION,
    logger: silentLogger,
  };
  return { sync: createSync(tools), activity, ingest, tools };
};
