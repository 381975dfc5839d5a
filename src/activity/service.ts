import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { Clock, Instant, Millis } from '#kernel/clock.ts';
import { forbidden } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Actor, Viewer } from '#kernel/viewer.ts';
import { announcer, kindOfRemote } from './events/announce.ts';
import { continuePage } from './lists/continue-query.ts';
import { type HistoryRequest, historyPage, type PlayRow } from './lists/history-query.ts';
import { nextUpPage } from './lists/next-up-list.ts';
import type { NextUpRow } from './lists/next-up-query.ts';
import { type Reason, reasonsOf } from './lists/reason-query.ts';
import { allWatched } from './marks/container-query.ts';
import { instantOf } from './marks/instants.ts';
import { type ItemState, newestKnown, stateOf } from './marks/item-state.ts';
import { setMark } from './marks/marking.ts';
import { lockScopes } from './marks/scope-lock.ts';
import { loadSubject, type Subject, touchedScopes } from './marks/subject-query.ts';
import type { PlaybackEvent } from './playing/play.ts';
import { leafKindOf, type Report, recordReport } from './playing/playing.ts';
import { type RemoteEvent, recordRemoteEvent } from './playing/remote.ts';

export type { HistoryRequest } from './lists/history-query.ts';
export type { ItemState } from './marks/item-state.ts';
export type { RemoteEvent } from './playing/remote.ts';

/** Where a player is. Without an instant: now. */
export interface ProgressReport {
  positionMs: Millis;
  durationMs?: Millis | undefined;
  at?: Instant | undefined;
  event?: PlaybackEvent | undefined;
  method?: string | undefined;
  clientName?: string | undefined;
}

/** The state of the leaf after a report, and whether the report was at the end. */
export interface ProgressOutcome extends ItemState {
  completed: boolean;
}

export interface ContinueEntry {
  item: ItemView;
  positionMs: Millis;
  durationMs: Millis | null;
  reportedAt: Instant;
}

/** What to watch in a series, and why. */
export interface NextUpEntry {
  item: ItemView;
  reason: 'in_progress' | 'next';
  positionMs: Millis | null;
  durationMs: Millis | null;
  activityAt: Instant;
  /** The episode watched last, when and on which device, as far as the viewer may know. */
  after: Reason | null;
}

export interface HistoryEntry extends Omit<PlayRow, 'itemId'> {
  item: ItemView;
}

/** What people watch: marks, positions, plays, and the lists made of them (domain §3–6). */
export interface Activity {
  /**
   * Marks an item of any kind watched or unwatched.
   * @throws AppError `not_found`, also for what may not be seen; `forbidden` for guests; `invalid` for the instant
   */
  setWatched(
    viewer: Viewer,
    itemId: MediaItemId,
    mark: { watched: boolean; at?: Instant | undefined },
  ): Promise<ItemState>;
  /** @throws AppError as `setWatched`; `invalid` also for containers and positions that cannot be */
  reportProgress(viewer: Viewer, itemId: MediaItemId, report: ProgressReport): Promise<ProgressOutcome>;
  /** A container is watched when all its leaves are. */
  state(viewer: Viewer, itemId: MediaItemId): Promise<ItemState>;
  continueWatching(viewer: Viewer, request: PageRequest): Promise<Page<ContinueEntry>>;
  nextUp(viewer: Viewer, request: PageRequest): Promise<Page<NextUpEntry>>;
  history(viewer: Viewer, request: HistoryRequest): Promise<Page<HistoryEntry>>;
  /** What a media server tells of an account; see {@link RemoteEvent}. */
  recordRemote(tx: Transaction, actor: Actor, itemId: MediaItemId, event: RemoteEvent): Promise<void>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
}

export const createActivity = ({ database, clock, bus = silentBus }: Dependencies): Activity => {
  const announce = announcer(database, bus);
  const write = <T>(viewer: Viewer, itemId: MediaItemId, work: (tx: Transaction, subject: Subject) => Promise<T>) => {
    if (viewer.role === 'guest') throw forbidden('Guests cannot record what they watch.');
    return database.transaction(async (tx) => {
      await lockScopes(tx, touchedScopes(viewer));
      return work(tx, await loadSubject(tx, viewer, viewer.grants, itemId));
    });
  };
  return {
    setWatched: async (viewer, itemId, { watched, at: given }) =>
      write(viewer, itemId, async (tx, subject) => {
        const now = clock.now();
        const at = instantOf(given, now, newestKnown(subject));
        await setMark(tx, viewer, viewer.grants, subject, { watched, at }, { now });
        announce(viewer, 'state', itemId, now);
        return stateOf(viewer, subject);
      }),
    reportProgress: async (viewer, itemId, report) =>
      write(viewer, itemId, async (tx, subject) => {
        leafKindOf(subject);
        const now = clock.now();
        const at = instantOf(report.at, now, newestKnown(subject));
        const outcome = await recordReport(tx, viewer, subject, reportOf(report, at), now);
        announce(viewer, outcome === 'complete' ? 'play' : 'progress', itemId, now);
        return { ...stateOf(viewer, subject), completed: outcome === 'complete' };
      }),
    state: async (viewer, itemId) => {
      const subject = await loadSubject(database.read, viewer, viewer.grants, itemId);
      const state = stateOf(viewer, subject);
      if (isLeaf(subject.item.kind)) return state;
      return { ...state, watched: await allWatched(database.read, viewer, subject.item) };
    },
    continueWatching: async (viewer, request) => {
      const page = await continuePage(database.read, viewer, request);
      const ids = page.items.map((row) => row.itemId);
      return withItems(page, await loadItems(database.read, viewer.grants, ids));
    },
    nextUp: async (viewer, request) =>
      nextUpEntries(database, viewer, await nextUpPage(database, viewer, request, clock.now())),
    history: async (viewer, request) => {
      const page = await historyPage(database.read, viewer, request);
      const ids = [...new Set(page.items.map((row) => row.itemId))];
      return withItems(page, await loadItems(database.read, viewer.grants, ids));
    },
    recordRemote: async (tx, actor, itemId, event) => {
      const now = clock.now();
      await recordRemoteEvent(tx, actor, itemId, event, now);
      announce(actor, kindOfRemote(event), itemId, now);
    },
  };
};

const reportOf = (report: ProgressReport, at: Instant): Report => ({
  positionMs: report.positionMs,
  durationMs: report.durationMs ?? null,
  at,
  event: report.event ?? 'progress',
  method: report.method ?? null,
  clientName: report.clientName ?? null,
});

/** Puts its item on each row; the page keeps its cursor whatever is missing. */
const withItems = <Row extends { itemId: MediaItemId }>(
  page: Page<Row>,
  items: ReadonlyMap<MediaItemId, ItemView>,
): Page<Omit<Row, 'itemId'> & { item: ItemView }> => ({
  next: page.next,
  items: page.items.flatMap(({ itemId, ...row }) => {
    const item = items.get(itemId);
    return item ? [{ ...row, item }] : [];
  }),
});

const nextUpEntries = async (database: Database, viewer: Viewer, page: Page<NextUpRow>): Promise<Page<NextUpEntry>> => {
  const { read } = database;
  const ids = page.items.map((row) => row.itemId);
  const last = page.items.flatMap(({ lastItemId: itemId, lastAt: at }) =>
    itemId === null || at === null ? [] : [{ itemId, at }],
  );
  const items = await loadItems(read, viewer.grants, ids);
  const reasons = await reasonsOf(read, viewer, last);
  const entries = page.items.map((row) => ({
    itemId: row.itemId,
    reason: row.positionMs === null ? ('next' as const) : ('in_progress' as const),
    positionMs: row.positionMs,
    durationMs: row.durationMs,
    activityAt: row.activityAt,
    after: (row.lastItemId !== null && reasons.get(row.lastItemId)) || null,
  }));
  return withItems({ items: entries, next: page.next }, items);
};
