import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import { notFound } from '#kernel/errors.ts';
import type { DeviceUserId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { seesGroup } from './history-query.ts';

/** The devices whose plays a viewer may know of. */
export interface Heard {
  ids: DeviceUserId[];
  names: ReadonlyMap<DeviceUserId, string>;
  /** Whether these are all of the user's devices. */
  all: boolean;
}

/**
 * The devices that a viewer hears of, few as they are. One statement.
 * @param only the one that is asked for; nothing is heard of it where it keeps its plays to itself
 * @throws AppError `not_found` when that is no device of theirs
 */
export const heardDevices = async (db: Reader, viewer: Viewer, only?: DeviceUserId): Promise<Heard> => {
  const rows = await devices(db, { user: viewer.userId });
  if (only !== undefined && !rows.some((row) => row.id === only)) throw notFound('This device');
  const names = new Map<DeviceUserId, string>();
  for (const row of rows) {
    const group = seesGroup(viewer) && (row.isolation === 'loud' || row.isolation === 'shout');
    const heard = group || row.id === viewer.deviceUserId;
    if (heard && (only === undefined || row.id === only)) names.set(row.id, row.display_name ?? row.reported_name);
  }
  return { ids: [...names.keys()], names, all: names.size === rows.length };
};

const devices = prepare<{ user: UserId }>()((db, value) =>
  db
    .selectFrom('device_users as du')
    .innerJoin('devices as d', 'd.id', 'du.device_id')
    .select(['du.id', 'du.isolation', 'd.display_name', 'd.reported_name'])
    .where('du.user_id', '=', value('user')),
);
