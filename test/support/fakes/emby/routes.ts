import type { Routes } from '../shelf-routes.ts';
import type { EmbyInside } from './inside.ts';
import { itemRoutes } from './items.ts';
import { openRoutes, peopleRoutes } from './people.ts';
import { sessionRoutes } from './sessions.ts';
import { stateRoutes } from './states.ts';

/** All that the fake answers, with and without a token. */
export const embyRoutes = (inside: EmbyInside): { routes: Routes; open: Routes } => ({
  open: openRoutes(inside),
  routes: { ...peopleRoutes(inside), ...itemRoutes(inside), ...stateRoutes(inside), ...sessionRoutes(inside) },
});
