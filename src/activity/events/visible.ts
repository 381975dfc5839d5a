import { seesEverything } from '#access/visible.ts';
import { visibleHere } from '#activity/lists/visible-query.ts';
import type { Database } from '#database/database.ts';
import { type Clock, type Instant, SECOND } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';

/** For how long it is remembered whether an item may be seen. */
const REMEMBERED_MS = 5 * SECOND;

/** Says which of some items (a few hundred at most) may be seen; asked again soon, it costs no SQL. */
export type Sight = (ids: readonly MediaItemId[]) => Promise<(id: MediaItemId) => boolean>;

export const createSight = (database: Pick<Database, 'read'>, clock: Clock, grants: Grants): Sight => {
  if (seesEverything(grants)) return async () => () => true;
  let known = new Map<MediaItemId, boolean>();
  let until: Instant = 0;
  return async (ids) => {
    const now = clock.now();
    if (now >= until) {
      known = new Map();
      until = now + REMEMBERED_MS;
    }
    const here = known;
    const unknown = [...new Set(ids.filter((id) => !here.has(id)))];
    const visible = await visibleHere(database.read, grants, unknown);
    for (const id of unknown) here.set(id, visible.has(id));
    return (id) => here.get(id) ?? false;
  };
};
