import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import { type Choice, chosenAt, type SpecialsPlace } from './choice.ts';

/** Keeps what a user wants of an item in the lists, in place of what was kept. */
export const saveChoice = async (tx: Transaction, user: UserId, item: MediaItemId, choice: Choice): Promise<void> => {
  const { dropped, snooze, specials } = choice;
  await upsert(tx, {
    user,
    item,
    dropped_at: dropped.value ? dropped.at : null,
    drop_said_at: dropped.at,
    snoozed_at: snooze.value === null ? null : snooze.at,
    snoozed_until: snooze.value !== null && 'until' in snooze.value ? snooze.value.until : null,
    snoozed_for_new: snooze.value !== null && 'untilNew' in snooze.value ? 1 : 0,
    snooze_said_at: snooze.at,
    specials: specials.value,
    specials_said_at: specials.at,
    said_at: chosenAt(choice),
  });
};

interface Values {
  user: UserId;
  item: MediaItemId;
  dropped_at: Instant | null;
  drop_said_at: Instant | null;
  snoozed_at: Instant | null;
  snoozed_until: Instant | null;
  snoozed_for_new: Flag;
  snooze_said_at: Instant | null;
  specials: SpecialsPlace | null;
  specials_said_at: Instant | null;
  said_at: Instant;
}

const upsert = prepare<Values>()((db, value) => {
  const told = {
    dropped_at: value('dropped_at'),
    drop_said_at: value('drop_said_at'),
    snoozed_at: value('snoozed_at'),
    snoozed_until: value('snoozed_until'),
    snoozed_for_new: value('snoozed_for_new'),
    snooze_said_at: value('snooze_said_at'),
    specials: value('specials'),
    specials_said_at: value('specials_said_at'),
    said_at: value('said_at'),
  };
  return db
    .insertInto('list_choices')
    .values({ user_id: value('user'), item_id: value('item'), ...told })
    .onConflict((conflict) => conflict.columns(['user_id', 'item_id']).doUpdateSet(told));
});
