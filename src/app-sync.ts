import type { Activity } from '#activity/service.ts';
import type { Audit } from '#audit/audit.ts';
import type { Ingest } from '#catalog/ingest.ts';
import type { Catalog } from '#catalog/service.ts';
import { createKodiConnector } from '#connectors/kodi/connector.ts';
import { createEmbyConnector } from '#connectors/media-browser/emby.ts';
import { createJellyfinConnector } from '#connectors/media-browser/jellyfin.ts';
import { createPatienceBook, type PatienceBook } from '#connectors/patience.ts';
import { createPlexConnector } from '#connectors/plex/connector.ts';
import type { PlexTv } from '#connectors/plex/hosts.ts';
import { createSubsonicConnector } from '#connectors/subsonic/connector.ts';
import type { Database } from '#database/database.ts';
import type { ScopeRebuilder } from '#identity/ports.ts';
import type { Clock } from '#kernel/clock.ts';
import type { EventBus } from '#kernel/events.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Route } from '#kernel/route.ts';
import type { Credentials } from '#sync/credentials.ts';
import { createExplain } from '#sync/explain/explain.ts';
import { explainRoutes } from '#sync/explain/routes.ts';
import { createClientLibraries } from '#sync/items/libraries.ts';
import { createMatches } from '#sync/items/matches.ts';
import { previewReplacement, replaceServer } from '#sync/items/replace.ts';
import { itemRoutes } from '#sync/items/routes.ts';
import type { Connector } from '#sync/media-server.ts';
import { syncRoutes } from '#sync/routes.ts';
import { createSync, type Sync } from '#sync/service.ts';
import { signInRoutes } from '#sync/sign-in-routes.ts';
import { createSignIns, type SignIns } from '#sync/sign-ins.ts';
import { webhookRoutes } from '#sync/webhooks/routes.ts';
import { createWebhooks, type Webhooks } from '#sync/webhooks/webhooks.ts';

/** What syncing stands on. */
export interface SyncingParts {
  database: Database;
  clock: Clock;
  bus: EventBus;
  logger: Logger;
  audit: Audit;
  ingest: Ingest;
  activity: Activity;
  catalog: Catalog;
  rebuilder: ScopeRebuilder;
  credentials: Credentials;
  installation: string;
  /** Stands in for Plex's own hosts, in tests. */
  plexTv?: PlexTv | undefined;
  /** How patient connectors are with each server, in tests. */
  patience?: PatienceBook | undefined;
}

/** Wires all that has to do with media servers; one connector a vendor, for it keeps what it learned of its servers. */
export const createSyncing = (
  parts: SyncingParts,
): { sync: Sync; signIns: SignIns; webhooks: Webhooks; syncRoutes: Route[] } => {
  const { database, clock, audit, ingest } = parts;
  const connectors = connectorsFor(parts);
  const libraries = createClientLibraries({ database, audit, ingest });
  const signIns = createSignIns({ ...parts, connectors });
  const sync = createSync({ ...parts, connectors, libraries, signIns });
  const matches = createMatches(parts);
  const webhooks = createWebhooks({ ...parts, connectors, onNotices: sync.notices });
  const tools = { ...parts, connectors };
  const explain = createExplain({ database, clock });
  return {
    sync,
    signIns,
    webhooks,
    syncRoutes: [
      ...syncRoutes(sync),
      ...itemRoutes({
        matches,
        libraries,
        replace: (viewer, id, place, confirm, signal) =>
          confirm ? replaceServer(tools, viewer, id, place, signal) : previewReplacement(tools, id, place, signal),
      }),
      ...signInRoutes(signIns),
      ...webhookRoutes(webhooks),
      ...explainRoutes(explain),
    ],
  };
};

const connectorsFor = ({
  clock,
  plexTv,
  patience = createPatienceBook({ clock }),
}: Pick<SyncingParts, 'clock' | 'plexTv' | 'patience'>): Connector[] => {
  return [
    createJellyfinConnector({ clock, patience }),
    createEmbyConnector({ clock, patience }),
    createPlexConnector({ clock, patience, ...(plexTv ? { plexTv } : {}) }),
    createKodiConnector({ clock, patience }),
    createSubsonicConnector({ clock }),
  ];
};
