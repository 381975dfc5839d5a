import type { SqlDialect } from '../dialect.ts';

/**
 * How many leaves are below each container, kept by triggers whoever writes. `added_until` is never too early: no leaf
 * that is here was added after it. It does not go back when leaves go, which would have all others looked at. `changes`
 * moves with every leaf that comes, goes, or finds another place there, so that counts made of them can be told from old ones.
 */
export const leafCounts = ({ name, int, end }: { name: SqlDialect['name']; int: string; end: string }): string[] => [
  `CREATE TABLE leaf_counts (
    item_id ${int} PRIMARY KEY REFERENCES media_items (id) ON DELETE CASCADE,
    leaves ${int} NOT NULL,
    added_until ${int} NOT NULL,
    changes ${int} NOT NULL DEFAULT 0
  ) ${end}`,
  ...(name === 'sqlite' ? sqliteTriggers : postgresTriggers),
];

const leaf = (row: string) => `${row}kind IN ('movie', 'episode', 'track', 'stream')`;
const container = (row: string) => `${row}kind IN ('library', 'series', 'season', 'artist', 'album')`;
const counted = (row: string) => `(${leaf(row)} AND ${row}removed_at IS NULL)`;
const above = (row: string) => `(${row}.parent_id, ${row}.root_id, ${row}.library_id)`;

const more = `UPDATE leaf_counts SET leaves = leaves + 1, added_until = max(added_until, NEW.added_at),
    changes = changes + 1
  WHERE item_id IN ${above('NEW')};`;
const less = `UPDATE leaf_counts SET leaves = leaves - 1, changes = changes + 1 WHERE item_id IN ${above('OLD')};`;
const placeColumns = ['removed_at', 'parent_id', 'root_id', 'library_id', 'added_at'];
const isMoved = placeColumns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ');
const places = placeColumns.join(', ');

/** Row by row, as SQLite has it. */
const sqliteTriggers = [
  `CREATE TRIGGER leaf_counts_begun AFTER INSERT ON media_items WHEN ${container('NEW.')}
    BEGIN INSERT INTO leaf_counts (item_id, leaves, added_until) VALUES (NEW.id, 0, 0); END`,
  `CREATE TRIGGER leaf_counts_added AFTER INSERT ON media_items WHEN ${counted('NEW.')} BEGIN ${more} END`,
  `CREATE TRIGGER leaf_counts_left AFTER UPDATE OF ${places} ON media_items
    WHEN ${counted('OLD.')} AND (${isMoved}) BEGIN ${less} END`,
  `CREATE TRIGGER leaf_counts_come AFTER UPDATE OF ${places} ON media_items
    WHEN ${counted('NEW.')} AND (${isMoved}) BEGIN ${more} END`,
  `CREATE TRIGGER leaf_counts_gone AFTER DELETE ON media_items WHEN ${counted('OLD.')} BEGIN ${less} END`,
];

/** Leaves that came or went in one statement, added up by what they are in. */
const change = (rows: string) => `UPDATE leaf_counts AS c
  SET leaves = c.leaves + d.more, added_until = greatest(c.added_until, d.added_until), changes = c.changes + 1
  FROM (SELECT x.item_id, sum(x.more) AS more, max(x.added_at) AS added_until FROM (${rows}) AS x GROUP BY x.item_id) AS d
  WHERE c.item_id = d.item_id;`;
const come = `SELECT unnest(ARRAY[n.parent_id, n.root_id, n.library_id]) AS item_id, 1 AS more, n.added_at
  FROM now_rows AS n WHERE ${counted('n.')}`;
const gone = `SELECT unnest(ARRAY[o.parent_id, o.root_id, o.library_id]) AS item_id, -1 AS more, 0 AS added_at
  FROM old_rows AS o WHERE ${counted('o.')}`;
const otherwise = (here: string, there: string) => `AND EXISTS (SELECT 1 FROM ${there}_rows AS x WHERE x.id = ${here}.id
  AND (${placeColumns.map((column) => `x.${column} IS DISTINCT FROM ${here}.${column}`).join(' OR ')}))`;

const postgresFunction = (does: string, body: string) => `CREATE FUNCTION leaf_counts_${does}() RETURNS trigger
  LANGUAGE plpgsql AS $$BEGIN ${body} RETURN NULL; END$$`;
const postgresTrigger = (does: string, event: string, rows: string) =>
  // By its name after the trigger that counts changes, whose row has writers of the catalog wait for each other.
  `CREATE TRIGGER media_items_leaves_${does} AFTER ${event} ON media_items REFERENCING ${rows}
    FOR EACH STATEMENT EXECUTE FUNCTION leaf_counts_${does}()`;

/** Once a statement: a function call for each of many rows is slow there. */
const postgresTriggers = [
  postgresFunction(
    'added',
    `INSERT INTO leaf_counts (item_id, leaves, added_until) SELECT n.id, 0, 0 FROM now_rows AS n WHERE ${container('n.')};
    ${change(come)}`,
  ),
  postgresFunction('moved', change(`${come} ${otherwise('n', 'old')} UNION ALL ${gone} ${otherwise('o', 'now')}`)),
  postgresFunction('gone', change(gone)),
  postgresTrigger('added', 'INSERT', 'NEW TABLE AS now_rows'),
  postgresTrigger('moved', 'UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS now_rows'),
  postgresTrigger('gone', 'DELETE', 'OLD TABLE AS old_rows'),
];
