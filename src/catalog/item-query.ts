import { sql } from 'kysely';
import { seesEverything, visibleTo } from '#access/visible.ts';
import type { Reader } from '#database/database.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { type Prepared, prepare } from '#database/prepared.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Grants } from '#kernel/viewer.ts';
import { type ItemRow, selectItems } from './item-select.ts';

/** Items as they are at one version of the catalog. */
type Row = ItemRow & { version: number };

/** Those of some items that may be seen, whole. One statement. */
export const itemRows = (db: Reader, grants: Grants, ids: readonly MediaItemId[]): Promise<Row[]> => {
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? queriesFor(grants).one(db, { id: only })
    : queriesFor(grants).many(db, { ids: idList(dialectOf(db), ids) });
};

/** The version of the catalog, as a part of another statement. */
export const versionNow = sql<number>`(SELECT version FROM catalog_version)`;

/**
 * Which of some items may be seen, and the version of the catalog at which that is so. One statement.
 * @param version as it was a moment ago: who sees everything needs no statement then
 */
export const seenItems = async (
  db: Reader,
  grants: Grants,
  ids: readonly MediaItemId[],
  version?: number,
): Promise<{ version: number; seen: readonly MediaItemId[] }> => {
  if (seesEverything(grants)) return { version: version ?? (await catalogVersion(db, {}))[0]?.version ?? 0, seen: ids };
  const rows = await queriesFor(grants).seen(db, { ids: idList(dialectOf(db), ids) });
  return { version: rows[0]?.version ?? 0, seen: rows.map((row) => row.id) };
};

const catalogVersion = prepare<object>()((db) => db.selectFrom('catalog_version').select('version'));

interface Queries {
  one: Prepared<{ id: MediaItemId }, Row>;
  many: Prepared<{ ids: string }, Row>;
  seen: Prepared<{ ids: string }, { id: MediaItemId; version: number }>;
}

/** The access rule is part of the compiled text, so each viewer's grants have their own; they go when the grants go. */
const queries = new WeakMap<Grants, Queries>();

const queriesFor = (grants: Grants): Queries => {
  const known = queries.get(grants);
  if (known) return known;
  const version = versionNow.as('version');
  const made: Queries = {
    one: prepare<{ id: MediaItemId }>()((db, value, dialect) =>
      selectItems(db, dialect, grants).select(version).where('i.id', '=', value('id')),
    ),
    many: prepare<{ ids: string }>()((db, value, dialect) =>
      selectItems(db, dialect, grants)
        .select(version)
        .where(idIn(dialect, 'i.id', value('ids'))),
    ),
    seen: prepare<{ ids: string }>()((db, value, dialect) =>
      db
        .selectFrom('media_items as i')
        .select(['i.id', version])
        .where(idIn(dialect, 'i.id', value('ids')))
        .where(visibleTo(grants, 'i')),
    ),
  };
  queries.set(grants, made);
  return made;
};
