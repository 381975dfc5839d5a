import { announcer } from '#activity/events/announce.ts';
import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { DatePrecision } from '#database/tables/activity.ts';
import { type Clock, DAY, type Instant, type Millis } from '#kernel/clock.ts';
import { conflict, forbidden, invalid, notFound } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { ChangeSetId, MediaItemId, PlayId, ScopeId } from '#kernel/ids.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { addPlayByHand } from './add-play.ts';
import { clearHistory } from './clear.ts';
import type { ClearRequest } from './clear-query.ts';
import { type Corrected, correctPlays } from './correct.ts';
import { type PlayedAt, playedAt, type ToldDate } from './date.ts';
import type { PlayFacts } from './entry.ts';
import { factsOf, type HeldPlay } from './held-query.ts';
import { findSet, lastSet, type SetRow, setPage } from './set-query.ts';
import { undoSet } from './undo.ts';
import { visibleLeaf, visiblePlays } from './visible-plays-query.ts';

export type { ClearRequest } from './clear-query.ts';
export type { ToldDate } from './date.ts';

/** How long changes can be taken back. */
export const UNDO_MS = 30 * DAY;
/** Plays taken away by one call. */
export const MOST_PLAYS = 200;

/** A change set as it is listed. */
export interface ChangeEntry extends Omit<SetRow, 'itemId'> {
  /** What it was about; null: many things, or something that may not be seen or is gone. */
  item: ItemView | null;
  /** Until when it can be taken back; null: it is taken back already, or too old. */
  undoableUntil: Instant | null;
}

export interface UndoOutcome {
  /** The set that was taken back … */
  changeSetId: ChangeSetId;
  /** … and the one by which this can itself be taken back. */
  undoneBy: ChangeSetId;
  /** Single facts that are as they were … */
  restored: number;
  /** … and those that something changed since, which stay. */
  kept: number;
}

/** A play after it was corrected. */
export interface CorrectedPlay {
  id: PlayId;
  itemId: MediaItemId;
  startedAt: Instant;
  precision: DatePrecision;
  completed: boolean;
  watchedMs: Millis;
  changeSetId: ChangeSetId;
}

export interface PlayCorrection extends ToldDate {
  completed?: boolean | undefined;
  watchedMs?: Millis | undefined;
}

/**
 * What somebody changed of their history, and the way back: each mark, import, correction and clearing is a change set
 * that can be taken back as a whole for some time. Who may know of a set is who may know of its device's plays.
 */
export interface Changes {
  list(viewer: Viewer, request: PageRequest): Promise<Page<ChangeEntry>>;
  /**
   * Takes a set back, where nothing changed since; the undo is a set itself, and taking that back is doing it again.
   * @throws AppError `not_found`; `conflict` when it is taken back already or too old; `forbidden` for guests
   */
  undo(viewer: Viewer, id: ChangeSetId): Promise<UndoOutcome>;
  /** The newest one that holds. @throws AppError `not_found` when there is none */
  undoLast(viewer: Viewer): Promise<UndoOutcome>;
  /** @throws AppError `not_found`; `invalid` for a date that cannot be, or nothing to correct; `forbidden` for guests */
  correct(viewer: Viewer, play: PlayId, correction: PlayCorrection): Promise<CorrectedPlay>;
  /** Takes plays out of the history, with the marks and counts that they made. @throws as `correct` */
  remove(viewer: Viewer, plays: readonly PlayId[]): Promise<ChangeSetId>;
  /** Adds a play that nobody recorded. Without a date it is of an unknown one. @throws as `correct`; `invalid` for containers */
  add(viewer: Viewer, play: PlayCorrection & { itemId: MediaItemId }): Promise<CorrectedPlay>;
  /**
   * @returns the set, and how many plays it took away
   * @throws AppError `not_found` for a library; `invalid` for a period that ends before it begins; `forbidden` for guests
   */
  clear(viewer: Viewer, request: ClearRequest): Promise<{ changeSetId: ChangeSetId | null; plays: number }>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
  /** How long changes can be taken back. */
  undoMs?: Millis;
}

export const createChanges = ({ database, clock, bus = silentBus, undoMs = UNDO_MS }: Dependencies): Changes => {
  /** A few items are told of one by one; of more, that all may be different. */
  const announce = (viewer: Viewer, scopes: ScopeId[], items: Iterable<MediaItemId>, at: Instant) => {
    const { userId, deviceUserId } = viewer;
    const told = [...items];
    const about = told.length > 0 && told.length <= TOLD ? told : [null];
    database.afterCommit(() => {
      for (const itemId of about) {
        bus.publish('change', { userId, scopes, kind: itemId === null ? 'reset' : 'play', itemId, deviceUserId, at });
      }
    });
  };
  const announceOpinion = announcer(database, bus);
  const write = <T>(viewer: Viewer, work: (tx: Transaction, now: Instant) => Promise<T>): Promise<T> => {
    if (viewer.role === 'guest') throw forbidden('Guests have no history that could be changed.');
    return database.transaction((tx) => work(tx, clock.now()));
  };
  const takeBack = async (tx: Transaction, viewer: Viewer, set: SetRow, now: Instant): Promise<UndoOutcome> => {
    const { writer, scopes, items, opinions, restored, kept } = await undoSet(tx, viewer, set, now);
    if (items.size > 0 || opinions.size === 0) announce(viewer, scopes, items, now);
    for (const itemId of opinions) announceOpinion(viewer, 'opinion', itemId, now);
    return { changeSetId: set.id, undoneBy: writer.id, restored, kept };
  };
  const tell = (viewer: Viewer, { scopes, items }: Corrected, now: Instant) => announce(viewer, scopes, items, now);
  return {
    list: async (viewer, request) => {
      const page = await setPage(database.read, viewer, request);
      const ids = [...new Set(page.items.flatMap(({ itemId }) => itemId ?? []))];
      const items = await loadItems(database.read, viewer.grants, ids);
      const now = clock.now();
      return {
        next: page.next,
        items: page.items.map(({ itemId, ...row }) => ({
          ...row,
          item: (itemId !== null && items.get(itemId)) || null,
          undoableUntil: row.undoneAt === null && row.at + undoMs > now ? row.at + undoMs : null,
        })),
      };
    },
    undo: async (viewer, id) =>
      write(viewer, async (tx, now) => {
        const set = await findSet(tx, viewer, id);
        if (!set) throw notFound('This change');
        if (set.undoneAt !== null) throw conflict('This change was taken back already.');
        if (set.at + undoMs <= now) throw conflict('This change is too old to be taken back.');
        return takeBack(tx, viewer, set, now);
      }),
    undoLast: async (viewer) =>
      write(viewer, async (tx, now) => {
        const set = await lastSet(tx, viewer, now - undoMs);
        if (!set) throw notFound('A change that can be taken back');
        return takeBack(tx, viewer, set, now);
      }),
    correct: async (viewer, id, correction) =>
      write(viewer, async (tx, now) => {
        if (Object.values(correction).every((fact) => fact === undefined)) {
          throw invalid('Give what is to be corrected: a date, completed or watchedMs.');
        }
        const [play] = await visiblePlays(tx, viewer, [id]);
        if (!play) throw notFound('This play');
        const after = corrected(play, correction, playedAt(correction, viewer.timeZone, now));
        const cause = { kind: 'edit' as const, itemId: play.itemId };
        const done = await correctPlays(tx, viewer, cause, [{ play, after }], now);
        tell(viewer, done, now);
        return viewOf(play, after, done.writer.id);
      }),
    remove: async (viewer, ids) =>
      write(viewer, async (tx, now) => {
        if (ids.length === 0 || ids.length > MOST_PLAYS) throw invalid(`Give 1 to ${MOST_PLAYS} plays.`);
        const plays = await visiblePlays(tx, viewer, ids);
        const items = new Set(plays.map((play) => play.itemId));
        const [itemId] = items;
        const cause = { kind: 'delete' as const, ...(items.size === 1 && itemId !== undefined ? { itemId } : {}) };
        const done = await correctPlays(
          tx,
          viewer,
          cause,
          plays.map((play) => ({ play, after: null })),
          now,
        );
        tell(viewer, done, now);
        return done.writer.id;
      }),
    add: async (viewer, told) =>
      write(viewer, async (tx, now) => {
        const { itemId, completed = true } = told;
        const { runtimeMs } = await visibleLeaf(tx, viewer, itemId);
        const when = playedAt(told, viewer.timeZone, now) ?? { startedAt: 0, precision: 'unknown' as const };
        const watchedMs = told.watchedMs ?? (completed ? (runtimeMs ?? 0) : 0);
        const play = await addPlayByHand(tx, viewer, { itemId, ...when, completed, watchedMs });
        const after = factsOf(play);
        const done = await correctPlays(tx, viewer, { kind: 'add', itemId }, [{ play, after, added: true }], now);
        tell(viewer, done, now);
        return viewOf(play, after, done.writer.id);
      }),
    clear: async (viewer, request) =>
      write(viewer, async (tx, now) => {
        const done = await clearHistory(tx, viewer, request, now);
        tell(viewer, done, now);
        return { changeSetId: done.kept ? done.writer.id : null, plays: done.plays };
      }),
  };
};

/** Items told of one by one. */
const TOLD = 20;

/** A play with another date keeps its length where both are exact; else it is told by its beginning alone. */
const corrected = (play: HeldPlay, correction: PlayCorrection, when: PlayedAt | undefined): PlayFacts => {
  const { completed = play.completed, watchedMs = play.watchedMs } = correction;
  const facts = { ...factsOf(play), completed, watchedMs };
  if (!when) return facts;
  const moved = when.startedAt - play.startedAt;
  const exact = when.precision === 'exact' && play.precision === 'exact';
  const lastAt = exact ? play.lastAt + moved : when.startedAt;
  return { ...facts, ...when, lastAt, endedAt: exact && play.endedAt !== null ? play.endedAt + moved : lastAt };
};

const viewOf = ({ id, itemId }: HeldPlay, facts: PlayFacts, changeSetId: ChangeSetId): CorrectedPlay => ({
  id,
  itemId,
  startedAt: facts.startedAt,
  precision: facts.precision,
  completed: facts.completed,
  watchedMs: facts.watchedMs,
  changeSetId,
});
