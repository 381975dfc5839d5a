import { type SqlBool, sql } from 'kysely';
import { positionsInSeries } from '#activity/marks/covering-sql.ts';
import type { SubjectItem } from '#activity/marks/subject-query.ts';
import type { Reader } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';

/** Everything that a mark on a container, other than a library, may change in an actor's own scope. The container is last. */
export const touchedByMark = async (
  db: Reader,
  { ownScope: scope }: Pick<Actor, 'ownScope'>,
  { id, kind, seriesId }: Pick<SubjectItem, 'id' | 'kind' | 'seriesId'>,
  at: Instant,
): Promise<MediaItemId[]> => {
  if (kind === 'collection') return idsOf(await members(db, { item: id }));
  if (seriesId !== null) return [...idsOf(await positions(db, { scope, item: seriesId, at })), id];
  return [...idsOf(await (kind === 'artist' ? ofArtist : ofAlbum)(db, { scope, item: id, at })), id];
};

interface Below {
  scope: ScopeId;
  item: MediaItemId;
  at: Instant;
}

const idsOf = (rows: readonly { item_id: MediaItemId }[]): MediaItemId[] => rows.map((row) => row.item_id);

const members = prepare<{ item: MediaItemId }>()((db, value) =>
  db.selectFrom('collection_items').select('item_id').where('collection_id', '=', value('item')),
);

/** Of a season too it is all of its series: there are few. */
const positions = prepare<Below>()((db, value, dialect) => ({
  compile: () =>
    sql<{ item_id: MediaItemId }>`SELECT p.item_id FROM play_states AS p ${positionsInSeries(dialect)}
      WHERE p.scope_id = ${value('scope')} AND p.series_id = ${value('item')} AND p.position_ms IS NOT NULL
        AND p.reported_at <= ${value('at')}`.compile(db),
}));

const ofTracks = (column: 'parent_id' | 'root_id') =>
  prepare<Below>()((db, value) =>
    db
      .selectFrom('media_items as i')
      .innerJoin('play_states as p', 'p.item_id', 'i.id')
      .select('p.item_id')
      .where(`i.${column}`, '=', value('item'))
      .where('p.scope_id', '=', value('scope'))
      // `coalesce` keeps SQLite from walking all positions of the scope.
      .where(sql<SqlBool>`coalesce(p.position_ms, -1) >= 0`)
      .where('p.reported_at', '<=', value('at')),
  );

const ofArtist = ofTracks('root_id');
const ofAlbum = ofTracks('parent_id');
