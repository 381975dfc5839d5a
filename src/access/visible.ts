import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Grants } from '#kernel/viewer.ts';

/**
 * The one rule of what may be seen (domain §7), as a condition on a row of `media_items`. Every query that reads the
 * catalog for a person carries it; it says nothing of retired items.
 * @param alias under which the query knows the table
 */
export const visibleTo = (grants: Grants, alias = 'media_items'): RawBuilder<SqlBool> => {
  const rules = [...rulesFor(grants, alias), ...collectionRule(grants, alias)];
  return rules.length === 0 ? sql<SqlBool>`1 = 1` : all(rules);
};

/** Whether these grants hide nothing at all. */
export const seesEverything = (grants: Grants): boolean => {
  const known = allSeeing.get(grants);
  if (known !== undefined) return known;
  const all = rulesFor(grants, 'i').length === 0;
  allSeeing.set(grants, all);
  return all;
};

/** Asked at every request; grants stay the same object from one to the next. */
const allSeeing = new WeakMap<Grants, boolean>();

const rulesFor = (grants: Grants, alias: string): RawBuilder<SqlBool>[] => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const self = sql`(${column('id')}, ${column('parent_id')}, ${column('root_id')}, ${column('library_id')})`;
  const isLibrary = sql`${column('kind')} = 'library'`;
  const rules: RawBuilder<SqlBool>[] = [];
  if (grants.libraries) rules.push(sql`${column('library_id')} IN ${list(grants.libraries)}`);
  if (grants.streamSources) {
    rules.push(sql`(${column('kind')} <> 'stream' OR EXISTS (SELECT 1 FROM streams AS granted_stream
      WHERE granted_stream.item_id = ${column('id')} AND granted_stream.stream_source_id IN ${list(grants.streamSources)}))`);
  }
  if (grants.maxRatingLevel !== null) {
    // The strictest of the item's own level and those above it; what has none at all is in doubt.
    const level = sql`(SELECT max(rated.rating_level) FROM media_items AS rated WHERE rated.id IN ${self})`;
    const unrated = grants.allowUnrated ? 0 : grants.maxRatingLevel + 1;
    rules.push(sql`(${isLibrary} OR coalesce(${level}, ${unrated}) <= ${grants.maxRatingLevel})`);
  }
  if (grants.allowedTags) {
    rules.push(sql`(${isLibrary} OR EXISTS (SELECT 1 FROM item_tags AS allowed_tag
      WHERE allowed_tag.item_id IN ${self} AND allowed_tag.tag_id IN ${list(grants.allowedTags)}))`);
  }
  if (grants.blockedTags.length > 0) {
    rules.push(sql`NOT EXISTS (SELECT 1 FROM item_tags AS blocked_tag
      WHERE blocked_tag.item_id IN ${self} AND blocked_tag.tag_id IN ${list(grants.blockedTags)})`);
  }
  return rules;
};

/** A collection of which nothing may be seen is not seen either. */
const collectionRule = (grants: Grants, alias: string): RawBuilder<SqlBool>[] => {
  const members = rulesFor(grants, 'member');
  if (members.length === 0) return [];
  const collection = sql.ref(`${alias}.id`);
  return [
    sql`(${sql.ref(`${alias}.kind`)} <> 'collection'
      OR NOT EXISTS (SELECT 1 FROM collection_items AS any_member WHERE any_member.collection_id = ${collection})
      OR EXISTS (SELECT 1 FROM collection_items AS held JOIN media_items AS member ON member.id = held.item_id
        WHERE held.collection_id = ${collection} AND ${all(members)}))`,
  ];
};

const all = (rules: RawBuilder<SqlBool>[]): RawBuilder<SqlBool> => sql<SqlBool>`${sql.join(rules, sql` AND `)}`;

/** `IN (NULL)` holds for nothing, on both databases. */
const list = (ids: readonly number[]) => sql`(${ids.length === 0 ? sql`NULL` : sql.join(ids)})`;
