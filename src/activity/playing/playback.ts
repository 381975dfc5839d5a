import type { Announce } from '#activity/events/announce.ts';
import { instantOf } from '#activity/marks/instants.ts';
import { type ItemState, newestKnown, stateOf } from '#activity/marks/item-state.ts';
import { lockScopes } from '#activity/marks/scope-lock.ts';
import { loadSubject, touchedScopes } from '#activity/marks/subject-query.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { DeviceKind } from '#database/tables/identity.ts';
import type { Clock, Instant, Millis } from '#kernel/clock.ts';
import { forbidden, invalid } from '#kernel/errors.ts';
import type { MediaItemId, PlayId } from '#kernel/ids.ts';
import type { Actor, Viewer } from '#kernel/viewer.ts';
import { findItem, type ItemName } from './find-item.ts';
import type { PlaybackEvent } from './play.ts';
import { leafKindOf, type Recorded, type Report, recordReport } from './playing.ts';
import type { LibraryLimits } from './thresholds.ts';

/** Where a player is. Without an instant: now. */
export interface ProgressReport {
  positionMs: Millis;
  durationMs?: Millis | undefined;
  /** Where the credits begin: inside them all has been seen. */
  creditsStartMs?: Millis | undefined;
  at?: Instant | undefined;
  event?: PlaybackEvent | undefined;
  method?: string | undefined;
  clientName?: string | undefined;
}

/** The state of the leaf after a report, and whether the report was at the end. */
export interface ProgressOutcome extends ItemState {
  completed: boolean;
}

/** One of the players that a program speaks for, as it tells of it. */
export interface PlayerDevice {
  /** What names it to us, the same each time. */
  key: string;
  name: string;
  kind: DeviceKind;
}

/** A report of a program that may speak for several players, and knows items by any name. */
export interface PlaybackReport extends ProgressReport, ItemName {
  event: PlaybackEvent;
  /** Absent: the caller's own. */
  device?: PlayerDevice | undefined;
}

/** The state of the leaf after a report, and the play that it belongs to. */
export interface PlaybackOutcome extends ItemState {
  playId: PlayId;
  /** Whether that play went to its end. */
  completed: boolean;
  /** Whether it is no history yet: it takes another report, or the end. */
  provisional: boolean;
}

/** Finds or makes the place of the viewer, and of nobody else, on a device. */
export type LinkDevice = (tx: Transaction, viewer: Viewer, device: PlayerDevice) => Promise<Actor>;

export interface Playback {
  /** @throws AppError `not_found`, `forbidden` for guests, `invalid` for what cannot be */
  progress(viewer: Viewer, itemId: MediaItemId, report: ProgressReport): Promise<ProgressOutcome>;
  /** @throws AppError as `progress`; `invalid` also for names of an item that mean none or several */
  playback(viewer: Viewer, report: PlaybackReport): Promise<PlaybackOutcome>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  announce: Announce;
  thresholds: Pick<LibraryLimits, 'limits'>;
  /** Absent: only the caller's own device reports. */
  linkDevice?: LinkDevice | undefined;
}

export const createPlayback = (dependencies: Dependencies): Playback => {
  const { database, linkDevice = noDevices } = dependencies;
  return {
    progress: async (viewer, itemId, report) => {
      refuseGuest(viewer);
      return database.transaction(async (tx) => {
        const { state, outcome } = await record(dependencies, tx, viewer, viewer, itemId, report);
        return { ...state, completed: outcome === 'complete' };
      });
    },
    playback: async (viewer, { device, ...report }) => {
      refuseGuest(viewer);
      return database.transaction(async (tx) => {
        const itemId = await findItem(tx, viewer.grants, report);
        const actor = device ? await linkDevice(tx, viewer, device) : viewer;
        const { state, play } = await record(dependencies, tx, viewer, actor, itemId, report);
        return { ...state, playId: play.id, completed: play.completed, provisional: !play.confirmed };
      });
    },
  };
};

const refuseGuest = ({ role }: Viewer): void => {
  if (role === 'guest') throw forbidden('Guests cannot record what they watch.');
};

const noDevices: LinkDevice = async () => {
  throw invalid('Devices cannot be named here.', [{ path: 'device', message: 'is not known here' }]);
};

/** @param viewer who may see the item @param actor on which of the viewer's devices it plays */
const record = async (
  { clock, announce, thresholds }: Dependencies,
  tx: Transaction,
  viewer: Viewer,
  actor: Actor,
  itemId: MediaItemId,
  given: ProgressReport,
): Promise<Recorded & { state: ItemState }> => {
  await lockScopes(tx, touchedScopes(actor));
  const subject = await loadSubject(tx, actor, viewer.grants, itemId);
  const kind = leafKindOf(subject);
  const now = clock.now();
  const report = reportOf(given, instantOf(given.at, now, newestKnown(subject)));
  const limits = (await thresholds.limits(tx))(kind, subject.item.libraryId);
  const recorded = await recordReport(tx, actor, subject, report, { limits, now });
  const history = recorded.outcome === 'complete' || recorded.play.confirmedNow;
  announce(actor, history ? 'play' : 'progress', itemId, now);
  return { ...recorded, state: stateOf(actor, subject) };
};

const reportOf = (report: ProgressReport, at: Instant): Report => ({
  positionMs: report.positionMs,
  durationMs: report.durationMs ?? null,
  creditsStartMs: report.creditsStartMs ?? null,
  at,
  event: report.event ?? 'progress',
  method: report.method ?? null,
  clientName: report.clientName ?? null,
});
