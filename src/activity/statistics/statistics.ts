import { type ItemView, loadItems } from '#catalog/item-view.ts';
import type { Database } from '#database/database.ts';
import { calendarOf } from '#kernel/calendar.ts';
import type { Clock, Instant } from '#kernel/clock.ts';
import { notFound } from '#kernel/errors.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LeafKind } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { seenDevices } from './devices-query.ts';
import { type Dimension, type FigureRow, tell } from './figures.ts';
import { watchedDays } from './figures-query.ts';
import { libraryTitles } from './library-query.ts';
import { type Period, readPeriod } from './period.ts';
import { createSettling, type Settling } from './settling.ts';
import { type Streaks, streaksOf } from './streak.ts';
import { reviewYear, type YearReview } from './year.ts';

/** What figures are asked for; days like 2026-01-31, in the viewer's zone. */
export interface StatisticsRequest {
  by: Dimension;
  from?: string | undefined;
  to?: string | undefined;
  kind?: LeafKind | undefined;
  libraryId?: MediaItemId | undefined;
  /** Rows at the most. */
  limit: number;
}

export interface StatisticsAnswer {
  rows: FigureRow[];
  /** What the rows tell of: whole months where titles, people, genres or hours were asked for. */
  period: Period;
  /** Whether every play is counted; false shortly after a large import or a move to another time zone. */
  settled: boolean;
}

/** An edge of a year, with its item. */
export interface ReviewedPlay {
  item: ItemView;
  startedAt: Instant;
}

export interface YearAnswer extends Omit<YearReview, 'first' | 'last'> {
  first: ReviewedPlay | null;
  last: ReviewedPlay | null;
  settled: boolean;
}

/**
 * How long and what someone watched, of the devices whose plays they see in their history, from counters. Titles, genres
 * and people are named as far as they may be seen; times, plays and streaks count all that one watched oneself.
 */
export interface Statistics extends Pick<Settling, 'settleSome' | 'rebuild'> {
  /** @throws AppError `invalid` for the period, `not_found` for a library that may not be seen */
  figures(viewer: Viewer, request: StatisticsRequest): Promise<StatisticsAnswer>;
  streaks(viewer: Viewer): Promise<Streaks & { settled: boolean }>;
  year(viewer: Viewer, year: number): Promise<YearAnswer>;
}

export const createStatistics = ({ database, clock }: { database: Database; clock: Clock }): Statistics => {
  const settling = createSettling(database);
  const { read: db } = database;
  return {
    settleSome: settling.settleSome,
    rebuild: settling.rebuild,
    figures: async (viewer, { by, from, to, kind, libraryId, limit }) => {
      const period = readPeriod(from, to);
      if (libraryId !== undefined && !(await libraryTitles(db, viewer.grants)).has(libraryId)) {
        throw notFound('This library');
      }
      const settled = await settling.settle(viewer.userId);
      const devices = await seenDevices(db, viewer);
      const asked = { devices, grants: viewer.grants, period, kind, libraryId };
      return { ...(await tell(db, by, asked, limit)), settled };
    },
    streaks: async (viewer) => {
      const settled = await settling.settle(viewer.userId);
      const devices = await seenDevices(db, viewer);
      const ids = devices.map((device) => device.id);
      const days = await watchedDays(db, ids, { from: null, to: null });
      return { ...streaksOf(days, calendarOf(viewer.timeZone).dayAt(clock.now()).day), settled };
    },
    year: async (viewer, year) => {
      const settled = await settling.settle(viewer.userId);
      const review = await reviewYear(db, viewer, await seenDevices(db, viewer), year);
      const ids = [review.first, review.last].flatMap((play) => (play ? [play.itemId] : []));
      const items = await loadItems(db, viewer.grants, ids);
      const shown = (play: YearReview['first']): ReviewedPlay | null => {
        const item = play && items.get(play.itemId);
        return item ? { item, startedAt: play.startedAt } : null;
      };
      return { ...review, first: shown(review.first), last: shown(review.last), settled };
    },
  };
};
