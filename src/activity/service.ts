import type { Database, Transaction } from '#database/database.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import { forbidden } from '#kernel/errors.ts';
import { type EventBus, silentBus } from '#kernel/events.ts';
import type { ChangeSetId, MediaItemId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Page, PageRequest } from '#kernel/page.ts';
import type { Actor, Viewer } from '#kernel/viewer.ts';
import type { Entry } from './changes/entry.ts';
import { keepAround, markAndKeep } from './changes/journal.ts';
import { announcer, kindsOfRemote } from './events/announce.ts';
import { type ContinueEntry, continueWatching } from './lists/continue.ts';
import { type HistoryEntry, type HistoryRequest, historyPage } from './lists/history.ts';
import { type HistoryDay, type HistoryDaysRequest, historyDays } from './lists/history-days.ts';
import { type NextUpEntry, nextUp } from './lists/next-up.ts';
import { instantOf } from './marks/instants.ts';
import { type ItemState, newestKnown, stateOf } from './marks/item-state.ts';
import { lockScopes } from './marks/scope-lock.ts';
import { loadSubject, type Subject, touchedScopes } from './marks/subject-query.ts';
import {
  createPlayback,
  type LinkDevice,
  type PlaybackOutcome,
  type PlaybackReport,
  type ProgressOutcome,
  type ProgressReport,
} from './playing/playback.ts';
import { type RemoteEvent, recordRemoteEvent } from './playing/remote.ts';
import { createThresholds, type LibraryLimits } from './playing/thresholds.ts';
import { countsOf, createStates } from './states/states.ts';

export type { ContinueEntry } from './lists/continue.ts';
export type { HistoryEntry, HistoryRequest } from './lists/history.ts';
export type { HistoryDay, HistoryDaysRequest } from './lists/history-days.ts';
export type { NextUpEntry } from './lists/next-up.ts';
export type { ItemState } from './marks/item-state.ts';
export type { PlaybackOutcome, PlaybackReport, ProgressOutcome, ProgressReport } from './playing/playback.ts';
export type { RemoteEvent } from './playing/remote.ts';

/** The state of an item after a mark, and the change set by which that can be taken back; null: nothing changed. */
export interface MarkOutcome extends ItemState {
  changeSetId: ChangeSetId | null;
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
  ): Promise<MarkOutcome>;
  /** @throws AppError as `setWatched`; `invalid` also for containers and positions that cannot be */
  reportProgress(viewer: Viewer, itemId: MediaItemId, report: ProgressReport): Promise<ProgressOutcome>;
  /** What a program tells that may speak for several players; see {@link PlaybackReport}. */
  playback(viewer: Viewer, report: PlaybackReport): Promise<PlaybackOutcome>;
  /** A container is watched when all its leaves are. */
  state(viewer: Viewer, itemId: MediaItemId): Promise<ItemState>;
  continueWatching(viewer: Viewer, request: PageRequest): Promise<Page<ContinueEntry>>;
  nextUp(viewer: Viewer, request: PageRequest): Promise<Page<NextUpEntry>>;
  /** Where a filter leaves little a page may be short, or empty, while `next` goes on; see `historyPage`. */
  history(viewer: Viewer, request: HistoryRequest): Promise<Page<HistoryEntry>>;
  /** On which days something was played; see `historyDays`. */
  historyDays(viewer: Viewer, request: HistoryDaysRequest): Promise<Page<HistoryDay>>;
  /** What a media server tells of an account; see {@link RemoteEvent}. */
  recordRemote(tx: Transaction, actor: Actor, itemId: MediaItemId, event: RemoteEvent): Promise<void>;
  /**
   * Records what a run of an import tells, of a page of it or so, as part of one change set.
   * @param set the run's set; null: it has none yet
   * @returns the run's set; null when nothing has changed so far
   */
  recordRun(
    tx: Transaction,
    actor: Actor,
    run: { runId: number; set: ChangeSetId | null },
    events: readonly { itemId: MediaItemId; event: RemoteEvent }[],
  ): Promise<ChangeSetId | null>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** Where changes are told once they are saved; absent: nowhere. */
  bus?: Pick<EventBus, 'publish'>;
  /** Where positions count; by kind as in domain §5 when absent. */
  thresholds?: LibraryLimits;
  /** The viewer's place on a device that a report names; absent: none can be named. */
  linkDevice?: LinkDevice;
}

export const createActivity = ({ database, clock, bus = silentBus, ...parts }: Dependencies): Activity => {
  const announce = announcer(database, bus);
  const thresholds = parts.thresholds ?? createThresholds({ database, clock });
  const playback = createPlayback({ database, clock, announce, thresholds, linkDevice: parts.linkDevice });
  const states = createStates({ database, clock });
  const write = <T>(viewer: Viewer, itemId: MediaItemId, work: (tx: Transaction, subject: Subject) => Promise<T>) => {
    if (viewer.role === 'guest') throw forbidden('Guests cannot record what they watch.');
    return database.transaction(async (tx) => {
      await lockScopes(tx, touchedScopes(viewer));
      return work(tx, await loadSubject(tx, viewer, viewer.grants, itemId));
    });
  };
  const record = async (tx: Transaction, actor: Actor, itemId: MediaItemId, event: RemoteEvent) => {
    const now = clock.now();
    const besides = await recordRemoteEvent(tx, actor, itemId, event, now, await thresholds.limits(tx));
    for (const kind of kindsOfRemote(event)) announce(actor, kind, itemId, now);
    return besides;
  };
  return {
    setWatched: async (viewer, itemId, { watched, at: given }) =>
      write(viewer, itemId, async (tx, subject) => {
        const now = clock.now();
        const at = instantOf(given, now, newestKnown(subject));
        const changeSetId = await markAndKeep(tx, viewer, subject, { watched, at }, now);
        announce(viewer, 'state', itemId, now);
        return { ...stateOf(viewer, subject), changeSetId };
      }),
    reportProgress: playback.progress,
    playback: playback.playback,
    state: async (viewer, itemId) => {
      const subject = await loadSubject(database.read, viewer, viewer.grants, itemId);
      const state = stateOf(viewer, subject);
      if (isLeaf(subject.item.kind)) return state;
      return { ...state, ...countsOf(await states.ofOne(viewer, subject.item)) };
    },
    continueWatching: (viewer, request) => continueWatching(database.read, viewer, request, clock.now()),
    nextUp: (viewer, request) => nextUp({ database, viewer, now: clock.now() }, request),
    history: (viewer, request) => historyPage(database.read, viewer, request),
    historyDays: async (viewer, request) => historyDays(database.read, viewer, request),
    recordRemote: async (tx, actor, itemId, event) => {
      await record(tx, actor, itemId, event);
    },
    recordRun: async (tx, actor, { runId, set }, events) => {
      const items = events.map(({ itemId }) => itemId);
      const work = async () => {
        const besides: Entry[] = [];
        for (const { itemId, event } of events) besides.push(...(await record(tx, actor, itemId, event)));
        return besides;
      };
      return keepAround(tx, actor, { kind: 'import', runId }, items, clock.now(), work, set);
    },
  };
};
