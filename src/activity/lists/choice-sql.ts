import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Instant } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';

/** Whether a user ever dropped or snoozed anything, as SQL: most never did, and their lists need not look. */
export const choseAnything = (user: RawBuilder<UserId>): RawBuilder<SqlBool> =>
  sql<SqlBool>`EXISTS (SELECT 1 FROM list_choices AS ever WHERE ever.user_id = ${user}
    AND (ever.dropped_at IS NOT NULL OR ever.snoozed_at IS NOT NULL))`;

/**
 * Whether an item has its place in continue watching and next up by what its user chose of it, as SQL (the rules of
 * `isDropped` and `isSnoozed`).
 * @param item its id; of an episode that of its series
 * @param activity the newest activity on it; only asked for where something is chosen
 */
export const wantedBy = (
  user: RawBuilder<UserId>,
  item: RawBuilder<unknown>,
  activity: RawBuilder<unknown>,
  now: RawBuilder<Instant>,
): RawBuilder<SqlBool> =>
  sql<SqlBool>`NOT EXISTS (SELECT 1 FROM list_choices AS choice WHERE choice.user_id = ${user} AND choice.item_id = ${item}
    AND (choice.dropped_at >= ${activity} OR choice.snoozed_until > ${now}
      OR (choice.snoozed_for_new = 1 AND NOT EXISTS (SELECT 1 FROM media_items AS fresh
        WHERE fresh.root_id = choice.item_id AND fresh.play_order IS NOT NULL AND fresh.removed_at IS NULL
          AND fresh.added_at > choice.snoozed_at))))`;

/**
 * Whether a user hid a leaf of a series since its position moved last, as SQL: a choice of the leaf itself, beside that
 * of its series.
 */
export const hiddenBy = (
  user: RawBuilder<UserId>,
  leaf: RawBuilder<unknown>,
  reportedAt: RawBuilder<unknown>,
): RawBuilder<SqlBool> =>
  sql<SqlBool>`EXISTS (SELECT 1 FROM list_choices AS hidden WHERE hidden.user_id = ${user} AND hidden.item_id = ${leaf}
    AND hidden.dropped_at >= ${reportedAt})`;
