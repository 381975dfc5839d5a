import { type Audit, changesBetween } from '#audit/audit.ts';
import type { Database, Reader } from '#database/database.ts';
import { type Clock, type Instant, MINUTE, SECOND } from '#kernel/clock.ts';
import { invalid, notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LeafKind, LibraryKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { libraryKindFor } from './library-query.ts';
import { type Thresholds, thresholds as usual } from './progress.ts';
import { type OwnThresholds, ownThresholds, saveThresholds } from './threshold-repository.ts';

/** Where positions count, as people write it: whole percents and seconds. */
export interface ThresholdSettings {
  /** Below this share, and before this many seconds, a position is dropped. */
  lowPercent: number;
  lowSeconds: number;
  /** From this share on, or from this many seconds (0: only the share counts), it is watched. */
  highPercent: number;
  highSeconds: number;
}

/** What holds in a library, and what of it is its own. */
export interface LibraryThresholds extends ThresholdSettings {
  libraryId: MediaItemId;
  /** What is played in it. */
  kind: LeafKind;
  own: OwnThresholds;
}

/** What holds for a leaf of a kind in a library. */
export type Limits = (kind: LeafKind, library: MediaItemId) => Thresholds;

/** Those of domain §5, whatever the library. */
export const usualLimits: Limits = (kind) => usual[kind];

/** Where positions count: by kind as the settings say, and by library where one has its own. */
export interface LibraryLimits {
  /** As kept in memory; read at most once a minute, or after a change made here. */
  limits(db: Reader): Promise<Limits>;
  /** @throws AppError `not_found` */
  of(viewer: Viewer, library: MediaItemId): Promise<LibraryThresholds>;
  /**
   * Gives a library exactly these of its own. They hold for what is reported from now on.
   * @throws AppError `not_found`; `invalid` where nothing would lie between low and high
   */
  set(viewer: Viewer, library: MediaItemId, own: OwnThresholds): Promise<LibraryThresholds>;
}

interface Dependencies {
  database: Database;
  clock: Clock;
  /** By kind; those of domain §5 when absent. */
  settings?: Record<LeafKind, ThresholdSettings>;
  audit?: Audit;
}

/** After this a change made by another process is seen at the latest. */
const KEPT_MS = MINUTE;

export const createThresholds = ({ database, clock, settings, audit }: Dependencies): LibraryLimits => {
  const byKind = settings ?? usualSettings;
  let kept: { limits: Limits; until: Instant } | undefined;
  // Counts changes: what was read while one happened may be out of date already, and is not kept.
  let changes = 0;
  const view = (libraryId: MediaItemId, kind: LeafKind, own: OwnThresholds): LibraryThresholds => ({
    libraryId,
    kind,
    ...mergedOf(byKind[kind], own),
    own,
  });
  return {
    limits: async (db) => {
      const now = clock.now();
      if (kept && now < kept.until) return kept.limits;
      const asOf = changes;
      const limits = limitsOf(byKind, await ownThresholds(db));
      if (asOf === changes) kept = { limits, until: now + KEPT_MS };
      return limits;
    },
    of: async (viewer, library) => {
      const kind = await playedIn(database.read, viewer, library);
      return view(library, kind, (await ownThresholds(database.read)).get(library) ?? nothing);
    },
    set: (viewer, library, own) =>
      database.transaction(async (tx) => {
        const kind = await playedIn(tx, viewer, library);
        checkOrder(mergedOf(byKind[kind], own));
        const before = (await ownThresholds(tx)).get(library) ?? nothing;
        await saveThresholds(tx, library, own);
        const changed = changesBetween({ ...before }, { ...own });
        if (audit && Object.keys(changed).length > 0) {
          const entry = { actor: viewer, entityType: 'library', entityId: library, action: 'update' } as const;
          await audit.record(tx, { ...entry, changes: changed });
        }
        database.afterCommit(() => {
          changes++;
          kept = undefined;
        });
        return view(library, kind, own);
      }),
  };
};

const nothing: OwnThresholds = { lowPercent: null, lowSeconds: null, highPercent: null, highSeconds: null };

const checkOrder = ({ lowSeconds, highSeconds }: ThresholdSettings): void => {
  if (highSeconds === 0 || lowSeconds < highSeconds) return;
  const message = `must be less than highSeconds, which is ${highSeconds}`;
  throw invalid(`lowSeconds ${message}.`, [{ path: 'lowSeconds', message }]);
};

const leafOf: Record<LibraryKind, LeafKind> = { movies: 'movie', series: 'episode', music: 'track', streams: 'stream' };

const playedIn = async (db: Reader, viewer: Viewer, library: MediaItemId): Promise<LeafKind> => {
  const kind = await libraryKindFor(db, viewer.grants, library);
  if (!kind) throw notFound('This library');
  return leafOf[kind];
};

const limitsOf = (
  byKind: Record<LeafKind, ThresholdSettings>,
  own: ReadonlyMap<MediaItemId, OwnThresholds>,
): Limits => {
  const made = {
    movie: thresholdsOf(byKind.movie),
    episode: thresholdsOf(byKind.episode),
    track: thresholdsOf(byKind.track),
    stream: thresholdsOf(byKind.stream),
  };
  return (kind, library) => {
    const of = own.get(library);
    return of ? thresholdsOf(mergedOf(byKind[kind], of)) : made[kind];
  };
};

const mergedOf = (settings: ThresholdSettings, own: OwnThresholds): ThresholdSettings => ({
  lowPercent: own.lowPercent ?? settings.lowPercent,
  lowSeconds: own.lowSeconds ?? settings.lowSeconds,
  highPercent: own.highPercent ?? settings.highPercent,
  highSeconds: own.highSeconds ?? settings.highSeconds,
});

const thresholdsOf = (settings: ThresholdSettings): Thresholds => ({
  lowShare: settings.lowPercent / 100,
  lowMs: settings.lowSeconds * SECOND,
  highShare: settings.highPercent / 100,
  highMs: settings.highSeconds === 0 ? null : settings.highSeconds * SECOND,
});

const settingsOf = (limits: Thresholds): ThresholdSettings => ({
  lowPercent: Math.round(limits.lowShare * 100),
  lowSeconds: limits.lowMs / SECOND,
  highPercent: Math.round(limits.highShare * 100),
  highSeconds: (limits.highMs ?? 0) / SECOND,
});

const usualSettings: Record<LeafKind, ThresholdSettings> = {
  movie: settingsOf(usual.movie),
  episode: settingsOf(usual.episode),
  track: settingsOf(usual.track),
  stream: settingsOf(usual.stream),
};
