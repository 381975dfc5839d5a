import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Transaction } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { type Prepared, prepare, type Value } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import { outlives, pairOf } from './covering-sql.ts';

/**
 * What is kept here holds in every scope: no position is as old as a mark that covers its leaf, be it on the leaf, its
 * season or album, its series or artist. Only the mark on a library is heeded when positions are read.
 */

/** Ends the positions of a leaf that are not newer than a mark on it. */
export const endPosition = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  leaf: MediaItemId,
  at: Instant,
): Promise<void> => {
  await endOne(tx, { ...pairOf(scopes), item: leaf, series: leaf, at });
};

/** The same for the leaves of a series, season, artist or album that the mark covers; of another kind nothing. */
export const endPositionsBelow = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  { id, kind, seriesId }: { id: MediaItemId; kind: MediaKind; seriesId: MediaItemId | null },
  at: Instant,
): Promise<void> => {
  await endBelow[kind]?.(tx, { ...pairOf(scopes), item: id, series: seriesId ?? id, at });
};

/**
 * The same for the movies of a collection.
 * @param grants which of them are marked; null: all
 */
export const endPositionsOfMembers = async (
  tx: Transaction,
  scopes: readonly ScopeId[],
  grants: Grants | null,
  collection: MediaItemId,
  at: Instant,
): Promise<void> => {
  const values = { ...pairOf(scopes), item: collection, series: collection, at };
  await (grants === null ? endAllMembers : endSeenMembers(grants))(tx, values);
};

/**
 * Ends all positions of a scope that a mark in it covers, for a scope that was merged from others.
 * @param only a condition on `item_id`: which items; absent: all
 */
export const endCoveredPositions = async (
  tx: Transaction,
  scope: ScopeId,
  only: RawBuilder<unknown> = sql`1 = 1`,
): Promise<void> => {
  await sql`UPDATE play_states SET position_ms = NULL
    WHERE scope_id = ${scope} AND ${only} AND position_ms IS NOT NULL AND EXISTS (SELECT 1 FROM media_items AS i
      WHERE i.id = play_states.item_id AND NOT ${outlives(sql`${scope}`, 'play_states', 'i')})`.execute(tx);
};

interface Values {
  first: ScopeId;
  second: ScopeId;
  item: MediaItemId;
  series: MediaItemId;
  at: Instant;
}

/** Over the positions of the series: they are few. */
const inSeries = (more: (value: Value<Values>) => RawBuilder<unknown>): Prepared<Values, unknown> =>
  prepare<Values>()((db, value, dialect) => ({
    compile: () =>
      sql`${update(dialect, 'play_states_in_series')} SET position_ms = NULL
        WHERE scope_id IN (${value('first')}, ${value('second')}) AND series_id = ${value('series')}
          AND position_ms IS NOT NULL AND reported_at <= ${value('at')} AND EXISTS (SELECT 1 FROM media_items AS i
            WHERE i.id = play_states.item_id AND i.added_at <= ${value('at')} ${more(value)})`.compile(db),
  }));

/**
 * Over the leaves, which are looked up one by one.
 * @param leaves gives their ids
 */
const ofLeaves = (leaves: (value: Value<Values>) => RawBuilder<unknown>): Prepared<Values, unknown> =>
  prepare<Values>()((db, value) => ({
    // `coalesce` keeps SQLite from walking all positions of the scope.
    compile: () =>
      sql`UPDATE play_states SET position_ms = NULL
        WHERE scope_id IN (${value('first')}, ${value('second')}) AND item_id IN (${leaves(value)})
          AND coalesce(position_ms, -1) >= 0 AND reported_at <= ${value('at')}`.compile(db),
  }));

const update = ({ name }: SqlDialect, index: string) =>
  name === 'sqlite' ? sql`UPDATE play_states INDEXED BY ${sql.raw(index)}` : sql`UPDATE play_states`;

const tracks = (column: 'parent_id' | 'root_id') =>
  ofLeaves(
    (value) => sql`SELECT i.id FROM media_items AS i
      WHERE ${sql.ref(`i.${column}`)} = ${value('item')} AND i.added_at <= ${value('at')}`,
  );

const members = (grants: Grants | null) =>
  ofLeaves(
    (value) => sql`SELECT i.id FROM collection_items AS c JOIN media_items AS i ON i.id = c.item_id
      WHERE c.collection_id = ${value('item')} AND ${grants ? visibleTo(grants, 'i') : sql<SqlBool>`1 = 1`}`,
  );

const endOne = ofLeaves((value) => sql`${value('item')}`);
const endAllMembers = members(null);
const endSeenMembers = byGrants(members);

const endBelow: Partial<Record<MediaKind, Prepared<Values, unknown>>> = {
  series: inSeries(() => sql``),
  season: inSeries((value) => sql`AND i.parent_id = ${value('item')}`),
  artist: tracks('root_id'),
  album: tracks('parent_id'),
};
