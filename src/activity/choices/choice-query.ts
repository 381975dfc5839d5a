import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import { keyOf } from '#activity/lists/list-key.ts';
import { pairOf } from '#activity/marks/covering-sql.ts';
import type { Reader } from '#database/database.ts';
import { prepare, type Value } from '#database/prepared.ts';
import type { ListChoicesTable } from '#database/tables/activity.ts';
import type { Instant } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId, ScopeId, UserId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import { type Page, type PageRequest, pageOf } from '#kernel/page.ts';
import { type Grants, readScopes, type Viewer } from '#kernel/viewer.ts';
import { type Choice, laterOf, type Snooze } from './choice.ts';

/** What is chosen of an item, and what tells whether that still holds. */
export interface Chosen {
  itemId: MediaItemId;
  kind: MediaKind;
  choice: Choice;
  /** The newest activity that the viewer may know of: in the series or the collection, or on the leaf. */
  activityAt: Instant | null;
  /** When the newest episode that is here was added; only asked for where it matters. */
  addedAt: Instant | null;
}

/** An item by which somebody names what they choose of. */
export interface Named {
  /** The item itself. */
  self: Chosen;
  /** The series that an episode or season stands for; else the item itself. */
  target: Chosen;
}

/**
 * What a user chose of an item and of its series, retired or not. One statement.
 * @throws AppError `not_found` also for what may not be seen
 */
export const loadChosen = async (db: Reader, viewer: Viewer, itemId: MediaItemId): Promise<Named> => {
  const rows = await named(viewer.grants)(db, {
    ...pairOf(readScopes(viewer)),
    user: viewer.userId,
    item: itemId,
  });
  const self = rows.find((row) => row.id === itemId);
  if (!self) throw notFound('This item');
  const target = rows.find((row) => row.id !== itemId) ?? self;
  return { self: chosenOf(self), target: chosenOf(target) };
};

const LIST = 'choices';

/** What a user dropped, hid or snoozed and has not come back by itself, newest word first: of items that may be seen. */
export const chosenPage = async (
  db: Reader,
  viewer: Viewer,
  request: PageRequest,
  now: Instant,
): Promise<Page<Chosen>> => {
  const rows = await page(viewer.grants)(db, {
    ...pairOf(readScopes(viewer)),
    ...keyOf(LIST, request.cursor),
    user: viewer.userId,
    now,
    limit: request.limit + 1,
  });
  const cut = pageOf(rows, request.limit, LIST, (row) => [row.said_at ?? 0, row.id]);
  return { ...cut, items: cut.items.map(chosenOf) };
};

interface Place {
  first: ScopeId;
  second: ScopeId;
  user: UserId;
}

const fields = [
  'c.dropped_at',
  'c.drop_said_at',
  'c.snoozed_at',
  'c.snoozed_until',
  'c.snoozed_for_new',
  'c.snooze_said_at',
  'c.specials',
  'c.specials_said_at',
  'c.said_at',
] as const;

/** The newest activity on the item `i` in what the viewer reads. */
const activity = (value: Value<Place>): RawBuilder<Instant | null> => {
  const scopes = sql`(${value('first')}, ${value('second')})`;
  return sql<Instant | null>`CASE i.kind
    WHEN 'series' THEN (SELECT max(st.activity_at) FROM series_states AS st
      WHERE st.scope_id IN ${scopes} AND st.series_id = i.id)
    WHEN 'collection' THEN (SELECT max(held.activity_at) FROM collection_states AS held
      WHERE held.scope_id IN ${scopes} AND held.collection_id = i.id)
    ELSE (SELECT max(p.reported_at) FROM play_states AS p WHERE p.scope_id IN ${scopes} AND p.item_id = i.id) END`;
};

/** Asked only of what waits for it. */
const newestAdded = sql<Instant | null>`CASE WHEN c.snoozed_for_new = 1 THEN (SELECT max(e.added_at)
  FROM media_items AS e WHERE e.root_id = i.id AND e.play_order IS NOT NULL AND e.removed_at IS NULL) END`;

const named = byGrants((grants) =>
  prepare<Place & { item: MediaItemId }>()((db, value) =>
    db
      .selectFrom('media_items as asked')
      .innerJoin('media_items as i', (join) =>
        join.on(sql<SqlBool>`(i.id = asked.id OR (i.id = asked.root_id AND i.kind = 'series'))`),
      )
      .leftJoin('list_choices as c', (join) => join.onRef('c.item_id', '=', 'i.id').on('c.user_id', '=', value('user')))
      .select(['i.id', 'i.kind', ...fields])
      .select([activity(value).as('activity_at'), newestAdded.as('added_at')])
      .where('asked.id', '=', value('item'))
      .where(visibleTo(grants, 'asked')),
  ),
);

interface PageValues extends Place {
  at: Instant;
  id: number;
  now: Instant;
  limit: number;
}

/** Exported for the test that holds it against its plan. */
export const chosenQuery = (db: Reader, grants: Grants, value: Value<PageValues>) =>
  db
    .selectFrom('list_choices as c')
    .innerJoin('media_items as i', 'i.id', 'c.item_id')
    .select(['i.id', 'i.kind', ...fields])
    .select([activity(value).as('activity_at'), newestAdded.as('added_at')])
    .where('c.user_id', '=', value('user'))
    // Word for word as the index has it.
    .where(sql<SqlBool>`(c.dropped_at IS NOT NULL OR c.snoozed_at IS NOT NULL)`)
    .where(sql<SqlBool>`(c.said_at, c.item_id) < (${value('at')}, ${value('id')})`)
    .where(sql<SqlBool>`(c.dropped_at >= coalesce(${activity(value)}, 0) OR c.snoozed_until > ${value('now')}
      OR (c.snoozed_for_new = 1 AND coalesce(${newestAdded}, 0) <= c.snoozed_at))`)
    .where('i.removed_at', 'is', null)
    .where(visibleTo(grants, 'i'))
    .orderBy('c.said_at', 'desc')
    .orderBy('c.item_id', 'desc')
    .limit(value('limit'));

const page = byGrants((grants) => prepare<PageValues>()((db, value) => chosenQuery(db, grants, value)));

/** All null where nothing was ever chosen. */
type Row = { [K in Exclude<keyof ListChoicesTable, 'user_id' | 'item_id'>]: Selectable<ListChoicesTable>[K] | null } & {
  id: MediaItemId;
  kind: MediaKind;
  activity_at: Instant | null;
  added_at: Instant | null;
};

const chosenOf = (row: Row): Chosen => ({
  itemId: row.id,
  kind: row.kind,
  choice: {
    dropped: { value: row.dropped_at !== null, at: laterOf(row.drop_said_at, row.dropped_at) },
    snooze: { value: snoozeOf(row), at: laterOf(row.snooze_said_at, row.snoozed_at) },
    specials: { value: row.specials, at: row.specials_said_at },
  },
  activityAt: row.activity_at,
  addedAt: row.added_at,
});

const snoozeOf = (row: Row): Snooze | null => {
  if (row.snoozed_at === null) return null;
  return row.snoozed_until === null ? { untilNew: true } : { until: row.snoozed_until };
};
