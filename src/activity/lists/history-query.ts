import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { seesEverything, visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { idIn } from '#database/json.ts';
import { type Prepared, prepare, type Value } from '#database/prepared.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { DeviceUserId, MediaItemId, PlayId, UserId } from '#kernel/ids.ts';
import type { Grants, Viewer } from '#kernel/viewer.ts';
import { byGrants } from './by-grants.ts';
import type { ListKey } from './list-key.ts';

/** Loud and quiet devices see what the group's loud and shouting ones did; the others only what they did themselves. */
export const seesGroup = (viewer: Viewer): boolean => viewer.isolation === 'loud' || viewer.isolation === 'quiet';

/** How plays are come by: along a user's or a device's history, or from a few items. */
type Way = 'user' | 'device' | 'items';

/** What plays are kept to; each makes another text. */
export type HistoryFilter = 'devices' | 'kind' | 'library' | 'completed' | 'below' | 'collection';

/** What the text of a query depends on, besides who looks. */
export interface Shape {
  way: Way;
  filters: readonly HistoryFilter[];
  /** How many words a title must have. */
  words: number;
}

/** The values of {@link historyQuery}; those that a shape does not ask for may be missing. */
export interface HistoryValues extends Record<`word${number}`, string> {
  user: UserId;
  device: DeviceUserId;
  /** Plays before this key … */
  at: Instant;
  id: number;
  /** … and not before this one. */
  floorAt: Instant;
  floorId: number;
  limit: number;
  /** Lists of ids, made by `idList`. */
  devices: string;
  items: string;
  kind: string;
  library: MediaItemId;
  completed: Flag;
  /** A container, or a leaf itself. */
  below: MediaItemId;
  collection: MediaItemId;
}

/** A play as it is kept. */
export interface PlayRecord {
  id: PlayId;
  item_id: MediaItemId;
  device_user_id: DeviceUserId;
  started_at: Instant;
  last_at: Instant;
  ended_at: Instant | null;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  completed: Flag;
  date_precision: DatePrecision;
  method: string | null;
  client_name: string | null;
}

/** Plays of a shape, newest first, also of retired items that may be seen. One statement. */
export const historyRows = (
  db: Reader,
  grants: Grants,
  shape: Shape,
  values: Partial<HistoryValues>,
): Promise<PlayRecord[]> => {
  const known = queries(grants);
  const name = `${shape.way} ${shape.words} ${shape.filters.join(' ')}`;
  const query =
    known.get(name) ??
    prepare<HistoryValues>()((db, value, dialect) => historyQuery(db, dialect, grants, shape, value));
  known.set(name, query);
  return query(db, values as HistoryValues);
};

/** A few hundred shapes at the most. */
const queries = byGrants(() => new Map<string, Prepared<HistoryValues, PlayRecord>>());

/** Exported for the test that holds every such query against its plan. */
export const historyQuery = (
  db: Reader,
  dialect: SqlDialect,
  grants: Grants,
  { way, filters, words }: Shape,
  value: Value<HistoryValues>,
): { compile(): CompiledQuery<PlayRecord> } => {
  // Where a play alone tells that it belongs to the list, its item is not looked at.
  const ofItem = words > 0 || !seesEverything(grants) || filters.some((filter) => !ofPlay.includes(filter));
  const conditions = [
    // As it stands in the partial indexes: SQLite does not use one for a parameter.
    sql`p.confirmed = 1 AND p.deleted_at IS NULL`,
    ways[way](dialect, value),
    sql`(p.started_at, p.id) < (${value('at')}, ${value('id')})`,
    sql`(p.started_at, p.id) >= (${value('floorAt')}, ${value('floorId')})`,
    ...filters.map((filter) => conditionOf[filter](dialect, value)),
    ...(words > 0 ? [titleHas(dialect, words, value)] : []),
    ...(ofItem ? [sql`i.id = p.item_id`, visibleTo(grants, 'i')] : []),
  ];
  const query = sql<PlayRecord>`SELECT p.id, p.item_id, p.device_user_id, p.started_at, p.last_at, p.ended_at,
      p.position_ms, p.duration_ms, p.completed, p.date_precision, p.method, p.client_name
    FROM plays AS p ${indexOf(dialect, way)} ${ofItem ? sql`CROSS JOIN media_items AS i` : sql``}
    ${words > 0 ? titlesAbove : sql``} WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY p.started_at DESC, p.id DESC LIMIT ${value('limit')}`;
  return { compile: () => query.compile(db) };
};

type Condition = (dialect: SqlDialect, value: Value<HistoryValues>) => RawBuilder<unknown>;

const devices: Condition = (dialect, value) => idIn(dialect, 'p.device_user_id', value('devices'));

const ways: Record<Way, Condition> = {
  user: (_, value) => sql`p.user_id = ${value('user')}`,
  device: (_, value) => sql`p.device_user_id = ${value('device')}`,
  items: (dialect, value) => sql`${idIn(dialect, 'p.item_id', value('items'))} AND ${devices(dialect, value)}`,
};

const indexes: Record<Way, RawBuilder<unknown>> = {
  user: sql`INDEXED BY plays_history`,
  device: sql`INDEXED BY plays_of_device`,
  items: sql`INDEXED BY plays_of_item`,
};

/** After `plays`: SQLite would not see that a page is short. With CROSS JOIN it takes the plays first. */
export const indexOf = ({ name }: SqlDialect, way: Way): RawBuilder<unknown> =>
  name === 'sqlite' ? indexes[way] : sql``;

const ofPlay: readonly HistoryFilter[] = ['devices', 'completed'];

const conditionOf: Record<HistoryFilter, Condition> = {
  devices,
  completed: (_, value) => sql`p.completed = ${value('completed')}`,
  kind: (_, value) => sql`i.kind = ${value('kind')}`,
  library: (_, value) => sql`i.library_id = ${value('library')}`,
  below: (_, value) => sql`${value('below')} IN (i.id, i.parent_id, i.root_id, i.library_id)`,
  collection: (_, value) => sql`EXISTS (SELECT 1 FROM collection_items AS member
    WHERE member.collection_id = ${value('collection')} AND member.item_id = i.id)`,
};

const titlesAbove = sql`LEFT JOIN media_items AS top ON top.id = i.root_id
  LEFT JOIN media_items AS up ON up.id = i.parent_id AND up.kind = 'album'`;

/** Each word begins a word of the title: of the item itself, its series or artist, or its album. */
const titleHas = ({ name }: SqlDialect, words: number, value: Value<HistoryValues>): RawBuilder<SqlBool> => {
  const find = sql.raw(name === 'sqlite' ? 'instr' : 'strpos');
  const has = (alias: string) =>
    sql.join(
      Array.from({ length: words }, (_, n) => {
        return sql`${find}(' ' || ${sql.ref(`${alias}.title_key`)}, ' ' || ${value(`word${n}`)}) > 0`;
      }),
      sql` AND `,
    );
  return sql<SqlBool>`((${has('i')}) OR (${has('top')}) OR (${has('up')}))`;
};

/** The values of {@link floorOf}. */
export interface FloorValues {
  user: UserId;
  device: DeviceUserId;
  at: Instant;
  id: number;
  from: Instant;
  /** Plays before the key that are looked at. */
  most: number;
}

/** The key of the last play that a page looks at, from a key on; undefined: there are fewer. One walk along an index. */
export const floorOf = async (
  db: Reader,
  way: 'user' | 'device',
  values: FloorValues,
): Promise<ListKey | undefined> => {
  const [row] = await floors[way](db, values);
  return row && { at: row.started_at, id: row.id };
};

const floorBy = (way: (value: Value<FloorValues>) => RawBuilder<unknown>) =>
  prepare<FloorValues>()((db, value) => {
    const query = sql<Pick<PlayRecord, 'started_at' | 'id'>>`SELECT p.started_at, p.id FROM plays AS p
      WHERE p.confirmed = 1 AND p.deleted_at IS NULL AND ${way(value)}
        AND (p.started_at, p.id) < (${value('at')}, ${value('id')}) AND p.started_at >= ${value('from')}
      ORDER BY p.started_at DESC, p.id DESC LIMIT 1 OFFSET ${value('most')} - 1`;
    return { compile: () => query.compile(db) };
  });

const floors = {
  user: floorBy((value) => sql`p.user_id = ${value('user')}`),
  device: floorBy((value) => sql`p.device_user_id = ${value('device')}`),
};
