import type { Routes } from '../shelf-routes.ts';
import type { JellyfinInside } from './inside.ts';
import { itemRoutes } from './items.ts';
import { openRoutes, peopleRoutes } from './people.ts';
import { sessionRoutes } from './sessions.ts';
import { stateRoutes } from './states.ts';

/** All that the fake answers. As Jellyfin does it: an API key is nobody, so each call about a person needs `userId`. */
export const jellyfinRoutes = (inside: JellyfinInside): { routes: Routes; open: Routes } => ({
  open: openRoutes(inside),
  routes: { ...peopleRoutes(inside), ...itemRoutes(inside), ...stateRoutes(inside), ...sessionRoutes(inside) },
});
