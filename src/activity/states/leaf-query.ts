import { sql } from 'kysely';
import { pairOf } from '#activity/marks/covering-sql.ts';
import { isWatched, positionLives } from '#activity/marks/watched.ts';
import { takesRegister } from '#activity/playing/progress.ts';
import type { LeafState } from '#catalog/row-state.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare } from '#database/prepared.ts';
import type { Instant, Millis } from '#kernel/clock.ts';
import type { MediaItemId, ScopeId } from '#kernel/ids.ts';
import { compiled, decidingMark, markJoin, markOf } from './deciding-sql.ts';

/** The states of leaves in one scope, or two merged, in one statement. What may be seen is the caller's to know. */
export const leafStates = async (
  db: Reader,
  scopes: readonly ScopeId[],
  ids: readonly MediaItemId[],
): Promise<Map<MediaItemId, LeafState>> => {
  const states = new Map<MediaItemId, LeafState>();
  if (ids.length === 0) return states;
  const values = { ...pairOf(scopes), ids: idList(dialectOf(db), ids) };
  if (scopes.length === 1) {
    for (const row of await inOne(db, values)) states.set(row.id, stateOf([row]));
    return states;
  }
  for (const [id, rows] of Map.groupBy(await inTwo(db, values), (row) => row.id)) states.set(id, stateOf(rows));
  return states;
};

/** A leaf as one scope has it, but for the mark, which is that of all scopes. */
interface Row {
  id: MediaItemId;
  mark: number;
  position_ms: Millis | null;
  duration_ms: Millis | null;
  reported_at: Instant | null;
  play_count: number | null;
  last_played_at: Instant | null;
}

const query = (suffixes: readonly ['first'] | readonly ['first', 'second']) =>
  prepare<{ first: ScopeId; second: ScopeId; ids: string }>()<Row>((db, value, dialect) => {
    const joins = suffixes.flatMap((scope) => [
      markJoin('own', scope, value(scope), sql`i.id`),
      markJoin('up', scope, value(scope), sql`i.parent_id`),
      markJoin('top', scope, value(scope), sql`i.root_id`),
      markJoin('shelf', scope, value(scope), sql`i.library_id`),
    ]);
    const scopes = sql.join(suffixes.map((scope) => value(scope)));
    return compiled(
      sql<Row>`SELECT i.id, ${decidingMark(dialect, 'i', suffixes)} AS mark,
          p.position_ms, p.duration_ms, p.reported_at, p.play_count, p.last_played_at
        FROM media_items AS i ${sql.join(joins, sql` `)}
        LEFT JOIN play_states AS p ON p.scope_id IN (${scopes}) AND p.item_id = i.id
        WHERE ${idIn(dialect, 'i.id', value('ids'))}`,
      db,
    );
  });

const inOne = query(['first']);
const inTwo = query(['first', 'second']);

const stateOf = (rows: readonly Row[]): LeafState => {
  const mark = markOf(rows[0]?.mark ?? -1);
  const newest = rows.length === 1 ? rows[0] : rows.reduce(newerOf);
  const lives = newest?.reported_at != null && positionLives(newest.reported_at, mark);
  return {
    watched: isWatched(mark),
    markedAt: mark?.at ?? null,
    positionMs: lives ? newest.position_ms : null,
    durationMs: newest?.duration_ms ?? null,
    playCount: rows.reduce((sum, row) => sum + (row.play_count ?? 0), 0),
    lastPlayedAt: rows.reduce<Instant | null>((last, { last_played_at: at }) => laterOf(last, at), null),
  };
};

const newerOf = (one: Row, other: Row): Row => (takesRegister(registerOf(other), registerOf(one)) ? other : one);

const registerOf = (row: Row) => ({ reportedAt: row.reported_at ?? 0, positionMs: row.position_ms });

const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null ? other : other === null ? one : Math.max(one, other);
