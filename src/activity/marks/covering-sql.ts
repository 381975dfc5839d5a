import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SqlDialect } from '#database/dialect.ts';
import type { Flag } from '#database/tables.ts';
import type { ScopeId } from '#kernel/ids.ts';

/** One or two scopes as two: a scope may stand twice in `IN (…)`, so that both cases make the same SQL text. */
export const pairOf = (scopes: readonly ScopeId[]): { first: ScopeId; second: ScopeId } => {
  const [first, second = first] = scopes;
  if (first === undefined) throw new RangeError('Activity is read and written in at least one scope.');
  return { first, second: second as ScopeId };
};

/** Scopes as the inside of `IN (…)`. */
export const scopeList = (scopes: readonly ScopeId[]): RawBuilder<unknown> => {
  const { first, second } = pairOf(scopes);
  return sql`${first}, ${second}`;
};

/** Marks that decide about the leaf: its own, and those above that cover it (the rule of `decidingMark`). */
const deciding = (scopes: RawBuilder<unknown>, leaf: string): RawBuilder<unknown> => {
  const column = (name: string) => sql.ref(`${leaf}.${name}`);
  return sql`FROM marks AS deciding WHERE deciding.scope_id IN (${scopes})
    AND deciding.item_id IN (${column('id')}, ${column('parent_id')}, ${column('root_id')}, ${column('library_id')})
    AND (deciding.item_id = ${column('id')} OR deciding.at >= ${column('added_at')})`;
};

/**
 * The watched flag of a leaf in the merge of some scopes, as SQL: at most five keys are looked up for each scope.
 * @param leaf the alias of its `media_items` row
 */
export const watchedIn = (scopes: RawBuilder<unknown>, leaf: string): RawBuilder<Flag> =>
  sql<Flag>`coalesce((SELECT deciding.watched ${deciding(scopes, leaf)}
    ORDER BY deciding.at DESC, deciding.watched DESC LIMIT 1), 0)`;

/**
 * Whether a position still lives (the rule of `positionLives`), as SQL. One look-up for each mark that could end it:
 * SQLite would build an index of a list of columns anew for every row.
 * @param state the alias of its `play_states` row
 */
export const livesIn = (scopes: RawBuilder<unknown>, state: string, leaf: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(`${state}.position_ms`)} IS NOT NULL AND ${outlives(scopes, state, leaf)}
    AND ${notEnded(scopes, state, leaf, 'library_id')})`;

/**
 * Whether no mark on the leaf, its season or album, its series or artist is as new as a report. This holds for every
 * position in its own scope, where those marks end it when either comes in.
 */
export const outlives = (scopes: RawBuilder<unknown>, state: string, leaf: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${notEnded(scopes, state, leaf, 'id')} AND ${notEnded(scopes, state, leaf, 'parent_id')}
    AND ${notEnded(scopes, state, leaf, 'root_id')})`;

const notEnded = (
  scopes: RawBuilder<unknown>,
  state: string,
  leaf: string,
  holder: 'id' | 'parent_id' | 'root_id' | 'library_id',
): RawBuilder<unknown> => {
  const covers = holder === 'id' ? sql`` : sql`AND ending.at >= ${sql.ref(`${leaf}.added_at`)}`;
  return sql`NOT EXISTS (SELECT 1 FROM marks AS ending WHERE ending.scope_id IN (${scopes})
    AND ending.item_id = ${sql.ref(`${leaf}.${holder}`)} AND ending.at >= ${sql.ref(`${state}.reported_at`)} ${covers})`;
};

/**
 * Whether a play state is the newest report of its leaf in the merge of some scopes, as SQL; of equal instants the end
 * wins, then the further position (the rule of `takesRegister`), then the older scope.
 * @param state the alias of its `play_states` row
 */
export const newestReportIn = (scopes: RawBuilder<unknown>, state: string): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${state}.${name}`);
  const further = sql`coalesce(newer.position_ms, ${Number.MAX_SAFE_INTEGER})`;
  const here = sql`coalesce(${column('position_ms')}, ${Number.MAX_SAFE_INTEGER})`;
  return sql<SqlBool>`NOT EXISTS (SELECT 1 FROM play_states AS newer WHERE newer.scope_id IN (${scopes})
    AND newer.item_id = ${column('item_id')} AND (newer.reported_at > ${column('reported_at')}
      OR (newer.reported_at = ${column('reported_at')} AND (${further} > ${here}
        OR (${further} = ${here} AND newer.scope_id < ${column('scope_id')})))))`;
};

/** After a use of `play_states` by scope and series: SQLite would rather walk all that the scope ever played. */
export const positionsInSeries = (dialect: SqlDialect): RawBuilder<unknown> =>
  dialect.name === 'sqlite' ? sql`INDEXED BY play_states_in_series` : sql``;
