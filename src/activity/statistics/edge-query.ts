import { type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { type Prepared, prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';

/** A play at the edge of a period. */
export interface EdgePlay {
  itemId: MediaItemId;
  startedAt: Instant;
}

/** The first and the last play between two instants whose items may be seen and whose days are known. */
export const edgesOf = async (
  db: Reader,
  grants: Grants,
  devices: readonly DeviceUserId[],
  { from, to }: { from: Instant; to: Instant },
): Promise<{ first: EdgePlay | null; last: EdgePlay | null }> => {
  const values = { devices: idList(dialectOf(db), devices), from, to };
  const [first] = await edges(grants).asc(db, values);
  const [last] = await edges(grants).desc(db, values);
  return { first: playOf(first), last: playOf(last) };
};

type Row = { item_id: MediaItemId; started_at: Instant };

const playOf = (row: Row | undefined): EdgePlay | null =>
  row ? { itemId: row.item_id, startedAt: row.started_at } : null;

type Edge = Prepared<{ devices: string; from: Instant; to: Instant }, Row>;

/** From each device the play at its edge, by its index, and of those the one. */
const edge = (grants: Grants, order: 'asc' | 'desc'): Edge =>
  prepare<{ devices: string; from: Instant; to: Instant }>()((db, value, dialect) =>
    db
      .selectFrom('plays as p')
      .innerJoin('media_items as i', 'i.id', 'p.item_id')
      .select(['p.item_id', 'p.started_at'])
      .where(({ eb, selectFrom }) =>
        eb(
          'p.id',
          'in',
          selectFrom('device_users as du')
            .where(idIn(dialect, 'du.id', value('devices')))
            .select(({ selectFrom: pick }) =>
              pick('plays as e')
                .innerJoin('media_items as i', 'i.id', 'e.item_id')
                .select('e.id')
                .whereRef('e.device_user_id', '=', 'du.id')
                .where(sql<SqlBool>`e.confirmed = 1 AND e.deleted_at IS NULL`)
                .where(sql<SqlBool>`e.date_precision IN ('exact', 'day')`)
                .where('e.started_at', '>=', value('from'))
                .where('e.started_at', '<', value('to'))
                .where(visibleTo(grants, 'i'))
                .orderBy('e.started_at', order)
                .orderBy('e.id', order)
                .limit(1)
                .as('id'),
            ),
        ),
      )
      .orderBy('p.started_at', order)
      .orderBy('p.id', order)
      .limit(1),
  );

const edges = byGrants((grants) => ({ asc: edge(grants, 'asc'), desc: edge(grants, 'desc') }));
