import { type Announce, announcer } from '#activity/events/announce.ts';
import { instantOf } from '#activity/marks/instants.ts';
import { newestKnown } from '#activity/marks/item-state.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { loadSubject, type SubjectItem, touchedScopes } from '#activity/marks/subject-query.ts';
import { beganAnew, markStaleForUser } from '#activity/series/state-repository.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import { forbidden, invalid } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import { type Viewer, writeScopes } from '#kernel/viewer.ts';
import { deleteRewatch, dropPositions, saveRewatch } from './rewatch-repository.ts';

/** What was begun anew, and when. */
export interface Beginning {
  /** The series of an episode or season; else the item itself. */
  itemId: MediaItemId;
  startedAt: Instant;
}

/**
 * Beginning anew (domain §6): next up goes through the series from its first episode, by what is watched from now on.
 * Nothing is unwatched by that, history and counts stay.
 */
export interface Rewatches {
  /**
   * Begins a series anew, also by one of its seasons or episodes: what was left off in it is not in progress any more.
   * Of a movie, track or stream only the position goes.
   * @throws AppError `not_found`, `forbidden` for guests, `invalid` for what is neither
   */
  startOver(viewer: Viewer, itemId: MediaItemId): Promise<Beginning>;
  /** Ends that: next up goes on as if the series had never been begun anew. @throws AppError as `startOver` */
  end(viewer: Viewer, itemId: MediaItemId): Promise<void>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
}

export const createRewatches = ({ database, clock, bus = silentBus }: Dependencies): Rewatches => {
  const announce = announcer(database, bus);
  const write = <T>(viewer: Viewer, itemId: MediaItemId, work: (tx: Transaction, of: Anew) => Promise<T>) => {
    if (viewer.role === 'guest') throw forbidden('Guests cannot record what they watch.');
    return database.transaction(async (tx) => {
      await lockScopes(tx, touchedScopes(viewer));
      const subject = await loadSubject(tx, viewer, viewer.grants, itemId);
      const now = clock.now();
      return work(tx, { item: wholeOf(subject.item), now, at: instantOf(undefined, now, newestKnown(subject)) });
    });
  };
  return {
    startOver: async (viewer, itemId) => write(viewer, itemId, (tx, of) => begin(tx, announce, viewer, of)),
    end: async (viewer, itemId) =>
      write(viewer, itemId, async (tx, { item, now }) => {
        if (item.seriesId === null || !(await deleteRewatch(tx, writeScopes(viewer), item.seriesId))) return;
        await markStaleForUser(tx, viewer.userId, item.seriesId);
        announce(viewer, 'state', item.seriesId, now);
      }),
  };
};

interface Anew {
  item: SubjectItem;
  now: Instant;
  /** After all that is known. */
  at: Instant;
}

const begin = async (tx: Transaction, announce: Announce, viewer: Viewer, of: Anew): Promise<Beginning> => {
  const { item, now, at } = of;
  const scopes = writeScopes(viewer);
  const itemId = item.seriesId ?? item.id;
  await dropPositions(tx, scopes, item.seriesId === null ? { leaf: item.id } : { series: item.seriesId }, at);
  if (item.seriesId !== null) {
    await saveRewatch(tx, scopes, item.seriesId, at);
    await beganAnew(tx, scopes, { series: item.seriesId, library: item.libraryId }, at);
  }
  announce(viewer, 'state', itemId, now);
  return { itemId, startedAt: at };
};

const wholeOf = (item: SubjectItem): SubjectItem => {
  if (item.seriesId !== null || isLeaf(item.kind)) return item;
  throw invalid(`This ${item.kind} cannot be begun anew; start over a series, or what is played.`);
};
