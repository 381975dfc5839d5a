import { announcer } from '#activity/events/announce.ts';
import { instantOf } from '#activity/marks/instants.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { markStaleForUser } from '#activity/series/state-repository.ts';
import { loadShown, type ShownItem } from '#catalog/shown-item.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import { forbidden } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import {
  type ChoiceChange,
  checkKind,
  checkLeaf,
  checkSnooze,
  isDropped,
  isSnoozed,
  laterOf,
  newestChosen,
  type Snooze,
  type SpecialsPlace,
  takeChoice,
} from './choice.ts';
import { type Chosen, chosenPage, loadChosen, type Named } from './choice-query.ts';
import { saveChoice } from './choice-repository.ts';

export type { Snooze, SpecialsPlace } from './choice.ts';

/** What holds now of an item: what was overtaken by activity, by a date or by a new episode does not hold any more. */
export interface HeldChoice {
  /** Since when it is out of continue watching and next up; null: it is not dropped. */
  droppedAt: Instant | null;
  /** Since when it is out of continue watching alone; null: it is not hidden. Of what belongs to no series: as dropped. */
  hiddenAt: Instant | null;
  /** Since when it is out of both for a while; null: it is not. */
  snoozedAt: Instant | null;
  /** Until when; null with `snoozedAt`: until an episode is added. */
  snoozedUntil: Instant | null;
  specials: SpecialsPlace | null;
}

/** What holds of the item that was asked for. */
export interface ItemChoice extends HeldChoice {
  itemId: MediaItemId;
  /** What was chosen of: the series of an episode or season, else the item itself. */
  targetId: MediaItemId;
}

export interface ChoiceEntry extends HeldChoice {
  item: ShownItem;
}

/**
 * What people want of items in the lists that are made for them, continue watching and next up: by user, on all of their
 * devices. An episode or a season stands for its series, except for {@link Choices.hide}. Everything takes an instant at
 * which it was said, now when absent: an older word never overrules a newer one, and the same word twice is one.
 *
 * All throw AppError `not_found`, also for what may not be seen; `forbidden` for guests; `invalid` for an item that
 * stands in no such list, or an instant that cannot be.
 */
export interface Choices {
  /** Takes a series, a collection, or a leaf that belongs to no series, out of both lists until it is played or marked anew. */
  drop(viewer: Viewer, itemId: MediaItemId, dropped: boolean, at?: Instant): Promise<ItemChoice>;
  /** Takes one leaf out of continue watching until its position moves; next up stays as it is. */
  hide(viewer: Viewer, itemId: MediaItemId, hidden: boolean, at?: Instant): Promise<ItemChoice>;
  /** Takes an item out of both lists until a date, or a series until an episode is added; null: it comes back. */
  snooze(viewer: Viewer, itemId: MediaItemId, snooze: Snooze | null, at?: Instant): Promise<ItemChoice>;
  /** Says where the specials of a series stand in next up; null: only where they are being watched. */
  setSpecials(viewer: Viewer, itemId: MediaItemId, place: SpecialsPlace | null, at?: Instant): Promise<ItemChoice>;
  of(viewer: Viewer, itemId: MediaItemId): Promise<ItemChoice>;
  /** What is dropped, hidden or snoozed now, newest word first. What is retired is left out until it comes back. */
  list(viewer: Viewer, request: PageRequest): Promise<Page<ChoiceEntry>>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
}

export const createChoices = ({ database, clock, bus = silentBus }: Dependencies): Choices => {
  const announce = announcer(database, bus);

  /** @param of which of the two the word is about */
  const say = (
    viewer: Viewer,
    itemId: MediaItemId,
    of: keyof Named,
    told: ChoiceChange,
    given: Instant | undefined,
  ) => {
    if (viewer.role === 'guest') throw forbidden('Guests cannot change what stands in their lists.');
    return database.transaction(async (tx) => {
      // The group's is one for the user: what is read below must be what is written over.
      await lockScopes(tx, [viewer.groupScope]);
      const now = clock.now();
      const known = await loadChosen(tx, viewer, itemId);
      const chosen = known[of];
      if (of === 'self') checkLeaf(chosen.kind);
      else checkKind(chosen.kind, told);
      const at = instantOf(given, now, newestKnown(chosen, told));
      if (told.snooze) checkSnooze(chosen.kind, told.snooze, at);
      const taken = takeChoice(chosen.choice, told, at);
      if (taken === chosen.choice) return heldOf(known, itemId, now);
      await save(tx, viewer, { ...chosen, choice: taken }, told);
      announce(viewer, 'opinion', chosen.itemId, now);
      return heldOf(await loadChosen(tx, viewer, itemId), itemId, now);
    });
  };
  return {
    drop: async (viewer, itemId, dropped, at) => say(viewer, itemId, 'target', { dropped }, at),
    hide: async (viewer, itemId, hidden, at) => say(viewer, itemId, 'self', { dropped: hidden }, at),
    snooze: async (viewer, itemId, snooze, at) => say(viewer, itemId, 'target', { snooze }, at),
    setSpecials: async (viewer, itemId, specials, at) => say(viewer, itemId, 'target', { specials }, at),
    of: async (viewer, itemId) => heldOf(await loadChosen(database.read, viewer, itemId), itemId, clock.now()),
    list: async (viewer, request) => {
      const now = clock.now();
      const page = await chosenPage(database.read, viewer, request, now);
      const ids = page.items.map((row) => row.itemId);
      const items = await loadShown(database.read, viewer.grants, ids);
      const entries = page.items.flatMap((row) => {
        const item = items.get(row.itemId);
        return item ? [{ item, ...held(row, row, now) }] : [];
      });
      return { items: entries, next: page.next };
    },
  };
};

const save = async (tx: Transaction, viewer: Viewer, { itemId, choice }: Chosen, told: ChoiceChange): Promise<void> => {
  await saveChoice(tx, viewer.userId, itemId, choice);
  if (told.specials !== undefined) await markStaleForUser(tx, viewer.userId, itemId);
};

/** Who gives no instant means: after all that was said and done. */
const newestKnown = ({ choice, activityAt }: Chosen, told: ChoiceChange): Instant | undefined =>
  laterOf(newestChosen(choice, told) ?? null, activityAt) ?? undefined;

const heldOf = ({ self, target }: Named, itemId: MediaItemId, now: Instant): ItemChoice => ({
  itemId,
  targetId: target.itemId,
  ...held(target, self, now),
});

const held = (target: Chosen, self: Chosen, now: Instant): HeldChoice => {
  const { snooze, specials } = target.choice;
  const snoozed = isSnoozed(target.choice, target.addedAt, now);
  return {
    // Of an episode it is said that it is hidden, and of nothing else that belongs to a series.
    droppedAt:
      target.kind !== 'episode' && isDropped(target.choice, target.activityAt) ? target.choice.dropped.at : null,
    hiddenAt: isLeaf(self.kind) && isDropped(self.choice, self.activityAt) ? self.choice.dropped.at : null,
    snoozedAt: snoozed ? snooze.at : null,
    snoozedUntil: snoozed && snooze.value !== null && 'until' in snooze.value ? snooze.value.until : null,
    specials: specials.value,
  };
};
