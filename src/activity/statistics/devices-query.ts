import { sql } from 'kysely';
import { seesGroup } from '#activity/lists/history-query.ts';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { DeviceUserId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';

/** A device whose plays count in what the viewer sees. */
export interface SeenDevice {
  id: DeviceUserId;
  name: string;
}

/** The devices of a user whose plays the viewer finds in the history: their counters make up the figures. */
export const seenDevices = async (db: Reader, viewer: Viewer): Promise<SeenDevice[]> => {
  const rows = await devices(db, {
    user: viewer.userId,
    own: viewer.deviceUserId,
    group: seesGroup(viewer) ? 1 : 0,
  });
  return rows.map((row) => ({ id: row.id, name: row.display_name ?? row.reported_name }));
};

const devices = prepare<{ user: UserId; own: DeviceUserId; group: number }>()((db, value) =>
  db
    .selectFrom('device_users as du')
    .innerJoin('devices as d', 'd.id', 'du.device_id')
    .select(['du.id', 'd.display_name', 'd.reported_name'])
    .where('du.user_id', '=', value('user'))
    .where(
      sql<boolean>`(du.id = ${value('own')}
        OR (CAST(${value('group')} AS bigint) = 1 AND du.isolation IN ('loud', 'shout')))`,
    )
    .orderBy('du.id'),
);
