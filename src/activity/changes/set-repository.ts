import type { Transaction } from '#database/database.ts';
import { prepare } from '#database/prepared.ts';
import type { ChangeSetKind } from '#database/tables/activity.ts';
import type { Flag } from '#database/tables.ts';
import type { Instant } from '#kernel/clock.ts';
import type { ChangeSetId, DeviceUserId, MediaItemId, UserId } from '#kernel/ids.ts';
import type { Actor } from '#kernel/viewer.ts';
import { type Entry, PART, writeEntries } from './entry.ts';

/** What a change set is about. */
export interface Cause {
  kind: ChangeSetKind;
  itemId?: MediaItemId;
  watched?: boolean;
  runId?: number;
  undoes?: ChangeSetId;
}

type By = Pick<Actor, 'userId' | 'deviceUserId'>;

/** Keeps a change set, with all that it changed. */
export const keepSet = async (
  tx: Transaction,
  by: By,
  cause: Cause,
  at: Instant,
  entries: readonly Entry[],
): Promise<ChangeSetId> => {
  const whole = entries.length <= PART;
  const id = await insertSet(tx, by, cause, at, whole ? entries : [], touchedBy(entries));
  if (!whole) await addEntries(tx, id, entries);
  return id;
};

/** Writes the parts of one change set as they come. */
export interface SetWriter {
  readonly id: ChangeSetId;
  /** Adds a part, of any length. */
  add(entries: readonly Entry[]): Promise<void>;
  /** Ends it; a set that changed nothing is not kept. @returns whether it is */
  end(): Promise<boolean>;
}

export const openSet = async (tx: Transaction, by: By, cause: Cause, at: Instant): Promise<SetWriter> => {
  const id = await insertSet(tx, by, cause, at, [], 0);
  const sums = { items: 0, plays: 0 };
  return {
    id,
    add: async (entries) => {
      const { items, plays } = countsOf(entries);
      sums.items += items;
      sums.plays += plays;
      await addEntries(tx, id, entries);
    },
    end: async () => {
      const touched = Math.max(sums.items, sums.plays);
      if (touched > 0) await tx.updateTable('change_sets').set({ touched }).where('id', '=', id).execute();
      else await tx.deleteFrom('change_sets').where('id', '=', id).execute();
      return touched > 0;
    },
  };
};

/** Adds to a set that was kept in another unit of work. */
export const appendToSet = async (tx: Transaction, id: ChangeSetId, entries: readonly Entry[]): Promise<void> => {
  await addEntries(tx, id, entries);
  await tx
    .updateTable('change_sets')
    .set((row) => ({ touched: row('touched', '+', touchedBy(entries)) }))
    .where('id', '=', id)
    .execute();
};

const addEntries = async (tx: Transaction, set_id: ChangeSetId, entries: readonly Entry[]): Promise<void> => {
  if (entries.length === 0) return;
  const { newest } = await tx
    .selectFrom('change_parts')
    .select((select) => select.fn.max('number').as('newest'))
    .where('set_id', '=', set_id)
    .executeTakeFirstOrThrow();
  let number = (newest ?? 0) + 1;
  for (let from = 0; from < entries.length; from += PART, number++) {
    const part = { set_id, number, entries: writeEntries(entries.slice(from, from + PART)) };
    await tx.insertInto('change_parts').values(part).execute();
  }
};

/** Items, or plays where there are more of them. */
const touchedBy = (entries: readonly Entry[]): number => {
  const { items, plays } = countsOf(entries);
  return Math.max(items, plays);
};

const countsOf = (entries: readonly Entry[]): { items: number; plays: number } => {
  const items = new Set<MediaItemId>();
  let plays = 0;
  for (const entry of entries) {
    if ('item' in entry) items.add(entry.item);
    else if (entry.of === 'play') plays += 1;
    else if (entry.of === 'taken') plays += entry.plays;
  }
  return { items: items.size, plays };
};

/** Says that a set was taken back, or (null) that it holds again. */
export const noteUndone = async (
  tx: Transaction,
  id: ChangeSetId,
  undone: { at: Instant; by: ChangeSetId } | null,
): Promise<void> => {
  await tx
    .updateTable('change_sets')
    .set({ undone_at: undone?.at ?? null, undone_by: undone?.by ?? null })
    .where('id', '=', id)
    .execute();
};

const insertSet = async (
  tx: Transaction,
  { userId, deviceUserId }: By,
  { kind, itemId, watched, runId, undoes }: Cause,
  at: Instant,
  entries: readonly Entry[],
  touched: number,
): Promise<ChangeSetId> => {
  const [row] = await insert(tx, {
    user: userId,
    device: deviceUserId,
    at,
    kind,
    item: itemId ?? null,
    watched: watched === undefined ? null : watched ? 1 : 0,
    run: runId ?? null,
    undoes: undoes ?? null,
    touched,
    entries: entries.length === 0 ? null : writeEntries(entries),
  });
  if (!row) throw new Error('A change set was not kept.');
  return row.id;
};

const insert = prepare<{
  user: UserId;
  device: DeviceUserId;
  at: Instant;
  kind: ChangeSetKind;
  item: MediaItemId | null;
  watched: Flag | null;
  run: number | null;
  undoes: ChangeSetId | null;
  touched: number;
  entries: string | null;
}>()((db, value) =>
  db
    .insertInto('change_sets')
    .values({
      user_id: value('user'),
      device_user_id: value('device'),
      at: value('at'),
      kind: value('kind'),
      item_id: value('item'),
      watched: value('watched'),
      run_id: value('run'),
      undoes: value('undoes'),
      touched: value('touched'),
      entries: value('entries'),
    })
    .returning('id'),
);
