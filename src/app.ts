import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createChanges } from '#activity/changes/changes.ts';
import { changeRoutes } from '#activity/changes/routes.ts';
import { createChoices } from '#activity/choices/choices.ts';
import { choiceRoutes } from '#activity/choices/routes.ts';
import { type Cleaning, createCleaning } from '#activity/cleaning/cleaning.ts';
import { createCleaningSchedule } from '#activity/cleaning/schedule.ts';
import { resetAnnouncer } from '#activity/events/announce.ts';
import { createEvents } from '#activity/events/events.ts';
import { eventRoutes } from '#activity/events/routes.ts';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { createNewly } from '#activity/newly/newly.ts';
import { newlyRoutes } from '#activity/newly/routes.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { opinionRoutes } from '#activity/opinions/routes.ts';
import { playbackRoutes, thresholdRoutes } from '#activity/playing/routes.ts';
import { createThresholds } from '#activity/playing/thresholds.ts';
import { createRewatches } from '#activity/rewatch/rewatch.ts';
import { rewatchRoutes } from '#activity/rewatch/routes.ts';
import { activityRoutes } from '#activity/routes.ts';
import { type Activity, createActivity } from '#activity/service.ts';
import { createStates } from '#activity/states/states.ts';
import { statisticsRoutes } from '#activity/statistics/routes.ts';
import { createStatistics } from '#activity/statistics/statistics.ts';
import type { UserMediaItemDataFacade } from '#activity/user-data/layers.ts';
import { userDataRoutes } from '#activity/user-data/routes.ts';
import { createUserData } from '#activity/user-data/user-data.ts';
import { createUserMediaItemData } from '#activity/user-data/user-media-item-data.ts';
import { createAudit } from '#audit/audit.ts';
import { auditRoutes } from '#audit/routes.ts';
import { createIngest } from '#catalog/ingest.ts';
import { catalogRoutes } from '#catalog/routes.ts';
import { createScan, type Scan } from '#catalog/scan/scan.ts';
import { type Catalog, createCatalog } from '#catalog/service.ts';
import type { Config } from '#config/config.ts';
import { openDataFolder } from '#config/data-folder.ts';
import { loadInstallation } from '#config/installation.ts';
import { type Database, openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { createHealth, type Health } from '#health/health.ts';
import { createIdempotency, type Idempotency } from '#idempotency/idempotency.ts';
import { operator } from '#identity/operator.ts';
import { linkPlayer } from '#identity/player-devices.ts';
import { identityRoutes } from '#identity/routes.ts';
import { createIdentity, type Identity } from '#identity/service.ts';
import type { UserView } from '#identity/types.ts';
import { DAY, HOUR, systemClock } from '#kernel/clock.ts';
import { messageOf, unavailable } from '#kernel/errors.ts';
import { createEventBus } from '#kernel/events.ts';
import type { Logger } from '#kernel/logger.ts';
import type { MediaKind } from '#kernel/media.ts';
import { LARGEST_PAGE } from '#kernel/page.ts';
import type { Route } from '#kernel/route.ts';
import type { Resealed } from '#sync/rotate.ts';
import type { Sync } from '#sync/service.ts';
import type { SignIns } from '#sync/sign-ins.ts';
import { createClientItems } from '#sync/user-data.ts';
import type { Webhooks } from '#sync/webhooks/webhooks.ts';
import { openKeys } from './app-keys.ts';
import { createSyncing, type SyncingParts } from './app-sync.ts';

/** What of the world outside can be put in another's place, for tests. */
export type Outside = Pick<SyncingParts, 'plexTv' | 'patience'>;

/** Every part of the program that is not the server; commands work on these, beside a server that may be running. */
export interface Services {
  database: Database;
  /** The steps that bringing the database up to date took just now. */
  migrated: string[];
  identity: Identity;
  catalog: Catalog;
  scan: Scan;
  activity: Activity;
  cleaning: Cleaning;
  /** The repository of seed 000 for one kind of item. */
  userMediaItemData<K extends MediaKind>(kind: K): UserMediaItemDataFacade<K>;
  idempotency: Idempotency;
  sync: Sync;
  signIns: SignIns;
  webhooks: Webhooks;
  health: Health;
  routes: Route[];
  /** Everyone, for the command line: who can read the database may know. */
  listUsers(): Promise<UserView[]>;
  /** Ends a change of the secret key that was begun. @returns null where none was */
  sealAnew(): Promise<Resealed | null>;
  /** Waits for what is in hand, then closes the database. */
  close(): Promise<void>;
}

export interface App {
  services: Services;
  /** The server, for tests that ask it without a port. */
  http: Awaited<ReturnType<typeof serverFor>>;
  /**
   * Listens.
   * @throws AppError `unavailable` when the port is taken or may not be used
   */
  start(): Promise<{ url: string; setupNeeded: boolean }>;
  /** Takes no more requests, ends those in hand within ten seconds, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Opens the data and wires the services by hand, lowest floor first.
 * @throws AppError `unavailable` when the data folder or the database cannot be used, `invalid` for a wrong secret key
 */
export const openServices = async (config: Config, logger: Logger, outside: Outside = {}): Promise<Services> => {
  const clock = systemClock;
  await openDataFolder(config.dataDir);
  const keys = await openKeys(config.dataDir, logger);
  const { database, migrated } = await openMigrated(config, logger);

  const audit = createAudit({ clock });
  const observer = createLeafObserver();
  const bus = createEventBus();
  const rebuilder = createScopeRebuilder(resetAnnouncer({ database, clock, bus }));
  const identity = createIdentity({ database, clock, audit, rebuilder, logger, bus, timeZone: zoneOf(config) });
  const ingest = createIngest({ clock, observer });
  const catalog = createCatalog({ database, clock, audit, observer });
  const scan = createScan({ database, ingest, clock, logger });
  const thresholds = createThresholds({ database, clock, audit, settings: config.thresholds });
  const activity = createActivity({
    database,
    clock,
    bus,
    thresholds,
    linkDevice: (tx, viewer, device) => linkPlayer(tx, clock, viewer, device),
  });
  const rewatches = createRewatches({ database, clock, bus });
  const idempotency = createIdempotency({ database, clock, keepMs: config.idempotency.keepHours * HOUR });
  const states = createStates({ database, clock });
  const changes = createChanges({ database, clock, bus, undoMs: config.history.undoDays * DAY });
  const events = createEvents({ database, clock, bus });
  const statistics = createStatistics({ database, clock });
  const opinions = createOpinions({ database, clock, bus });
  const choices = createChoices({ database, clock, bus });
  const newly = createNewly({ database, clock });
  const { sync, signIns, webhooks, syncRoutes } = createSyncing({
    ...{ database, clock, bus, logger, audit, ingest, activity, catalog, rebuilder },
    credentials: keys.credentials,
    installation: await loadInstallation(config.dataDir),
    ...outside,
  });
  const ofUsers = { database, clock, activity, opinions, changes, states: states.of };
  const userMediaItemData = <K extends MediaKind>(kind: K) =>
    createUserMediaItemData({ ...ofUsers, clientItems: createClientItems({ database }) }, kind);
  const cleaning = createCleaning({
    database,
    clock,
    thresholds,
    holder: randomUUID(),
    undoMs: config.history.undoDays * DAY,
    settle: () => statistics.settleSome(),
    keys: (now) => idempotency.clean(now),
    synced: async (now) => (await sync.clean(now)) + (await webhooks.clean(now)),
    announce: resetAnnouncer({ database, clock, bus }),
  });
  const health = createHealth();
  health.add({
    name: 'database',
    failure: 'unhealthy',
    run: () => sql`SELECT 1`.execute(database.read).then(() => {}),
  });

  return {
    database,
    migrated,
    identity,
    catalog,
    scan,
    activity,
    cleaning,
    userMediaItemData,
    idempotency,
    sync,
    signIns,
    webhooks,
    health,
    routes: [
      ...identityRoutes(identity),
      ...catalogRoutes({ catalog, scan, states }),
      ...activityRoutes(activity),
      ...playbackRoutes(activity),
      ...thresholdRoutes(thresholds),
      ...rewatchRoutes(rewatches),
      ...changeRoutes(changes),
      ...eventRoutes(events),
      ...opinionRoutes(opinions),
      ...choiceRoutes(choices),
      ...newlyRoutes(newly),
      ...statisticsRoutes(statistics),
      ...userDataRoutes(createUserData(ofUsers)),
      ...syncRoutes,
      ...auditRoutes({ database }),
    ],
    sealAnew: () => keys.sealAnew({ database, audit }),
    listUsers: async () => (await identity.users.list(operator, { limit: LARGEST_PAGE })).items,
    close: async () => {
      await webhooks.close();
      await sync.close();
      await identity.idle();
      await database.close();
    },
  };
};

/** The whole program, ready to {@link App.start}. */
export const createApp = async (
  config: Config,
  parts: { logger: Logger; version: string },
  outside: Outside = {},
): Promise<App> => {
  const services = await openServices(config, parts.logger, outside);
  const http = await serverFor(config, services, parts);
  const schedule = createCleaningSchedule({ cleaning: services.cleaning, logger: parts.logger });
  return {
    services,
    http,
    start: async () => {
      await services.sealAnew();
      await services.sync.recover();
      const { host, port } = config.server;
      const url = await http.listen({ host, port }).catch(async (error: NodeJS.ErrnoException) => {
        await http.close();
        await services.close();
        throw unavailable(refusal(error, host, port), { cause: error });
      });
      schedule.start();
      await services.sync.start();
      await services.webhooks.recover();
      return { url: config.server.publicUrl ?? url, setupNeeded: await services.identity.setupNeeded() };
    },
    stop: async () => {
      await http.close();
      await schedule.stop();
      await services.close();
    },
  };
};

const serverFor = async (
  config: Config,
  services: Services,
  { logger, version }: { logger: Logger; version: string },
) => {
  // Commands that do not serve need not wait for the server's code.
  const { createServer } = await import('#http/server.ts');
  const { identity, idempotency, health, routes, database } = services;
  return createServer({
    routes,
    once: idempotency.once,
    resolveViewer: identity.resolveViewer,
    setupNeeded: identity.setupNeeded,
    health,
    logger,
    explainFault: database.dialect.explainFault,
    webFolder: fileURLToPath(new URL('../web', import.meta.url)),
    trustProxy: config.server.trustProxy,
    version,
  });
};

/** Where it is not set, the machine's. */
const zoneOf = ({ timeZone }: Config): string =>
  timeZone ?? (Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

const openMigrated = async ({ database: { url, poolSize } }: Config, logger: Logger) => {
  const database = await openDatabase({ url, poolSize, logger });
  try {
    return { database, migrated: await migrate(database) };
  } catch (error) {
    await database.close();
    throw error;
  }
};

const refusal = (error: NodeJS.ErrnoException, host: string, port: number): string => {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program (another Leftoff?): stop that one, or choose another port with LEFTOFF_SERVER_PORT.`;
    case 'EACCES':
      return `Port ${port} may not be used by this user: choose one above 1023 with LEFTOFF_SERVER_PORT.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: choose another with LEFTOFF_SERVER_HOST.`;
    default:
      return `The server cannot listen on ${host}:${port}: ${messageOf(error)}`;
  }
};
