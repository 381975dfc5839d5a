import type { Route } from '#kernel/route.ts';
import { editRoutes } from './edit-routes.ts';
import { readRoutes, type StatePorts } from './read-routes.ts';
import { scanRoutes } from './scan/routes.ts';
import type { Scan } from './scan/scan.ts';
import type { Catalog } from './service.ts';

interface Parts {
  catalog: Catalog;
  scan: Scan;
  states: StatePorts;
}

/** Reads are for everyone who is signed in, as far as they may see; changes by hand are for admins. */
export const catalogRoutes = ({ catalog, scan, states }: Parts): Route[] => [
  ...readRoutes(catalog, states),
  ...editRoutes(catalog),
  ...scanRoutes(scan),
];
