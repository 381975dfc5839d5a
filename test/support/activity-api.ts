import { createChanges } from '#activity/changes/changes.ts';
import { changeRoutes } from '#activity/changes/routes.ts';
import { createChoices } from '#activity/choices/choices.ts';
import { choiceRoutes } from '#activity/choices/routes.ts';
import { createEvents } from '#activity/events/events.ts';
import { eventRoutes } from '#activity/events/routes.ts';
import { createLeafObserver } from '#activity/leaf-observer.ts';
import { createNewly } from '#activity/newly/newly.ts';
import { newlyRoutes } from '#activity/newly/routes.ts';
import { createOpinions } from '#activity/opinions/opinions.ts';
import { opinionRoutes } from '#activity/opinions/routes.ts';
import { playbackRoutes, thresholdRoutes } from '#activity/playing/routes.ts';
import { createThresholds } from '#activity/playing/thresholds.ts';
import { createRewatches } from '#activity/rewatch/rewatch.ts';
import { rewatchRoutes } from '#activity/rewatch/routes.ts';
import { activityRoutes } from '#activity/routes.ts';
import { createActivity } from '#activity/service.ts';
import { createStates } from '#activity/states/states.ts';
import { statisticsRoutes } from '#activity/statistics/routes.ts';
import { createStatistics } from '#activity/statistics/statistics.ts';
import { userDataRoutes } from '#activity/user-data/routes.ts';
import { createUserData } from '#activity/user-data/user-data.ts';
import { createAudit } from '#audit/audit.ts';
import { createIngest } from '#catalog/ingest.ts';
import { catalogRoutes } from '#catalog/routes.ts';
import { createScan } from '#catalog/scan/scan.ts';
import { createCatalog } from '#catalog/service.ts';
import type { Database } from '#database/database.ts';
import { linkPlayer } from '#identity/player-devices.ts';
import type { Clock } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Route } from '#kernel/route.ts';

/** The routes of activity, and of the catalog, wired together as the program has them. */
export const activityApi = (database: Database, clock: Clock): { ofActivity: Route[]; ofCatalog: Route[] } => {
  const bus = createEventBus();
  const audit = createAudit({ clock });
  const observer = createLeafObserver();
  const thresholds = createThresholds({ database, clock, audit });
  const activity = createActivity({
    database,
    clock,
    bus,
    thresholds,
    linkDevice: (tx, viewer, device) => linkPlayer(tx, clock, viewer, device),
  });
  const states = createStates({ database, clock });
  const scan = createScan({ database, ingest: createIngest({ clock, observer }), clock, logger: silentLogger });
  return {
    ofActivity: [
      ...activityRoutes(activity),
      ...playbackRoutes(activity),
      ...thresholdRoutes(thresholds),
      ...rewatchRoutes(createRewatches({ database, clock, bus })),
      ...changeRoutes(createChanges({ database, clock, bus })),
      ...eventRoutes(createEvents({ database, clock, bus })),
      ...opinionRoutes(createOpinions({ database, clock, bus })),
      ...choiceRoutes(createChoices({ database, clock, bus })),
      ...newlyRoutes(createNewly({ database, clock })),
      ...statisticsRoutes(createStatistics({ database, clock })),
      ...userDataRoutes(createUserData({ database, states: states.of })),
    ],
    ofCatalog: catalogRoutes({
      catalog: createCatalog({ database, clock, audit, observer }),
      scan,
      states,
    }),
  };
};
