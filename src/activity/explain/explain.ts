import { type ItemState, stateOf } from '#activity/marks/item-state.ts';
import { loadSubject } from '#activity/marks/subject-query.ts';
import type { Mark } from '#activity/marks/watched.ts';
import { noOpinion, type Opinion } from '#activity/opinions/opinion.ts';
import { opinionsOf } from '#activity/opinions/opinion-query.ts';
import { countsOf, createStates } from '#activity/states/states.ts';
import { loadShownItem } from '#catalog/shown-item.ts';
import type { Database, Reader } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import { forbidden, notFound } from '#kernel/errors.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import { isLeaf } from '#kernel/media.ts';
import type { Viewer } from '#kernel/viewer.ts';
import { caseOf } from './case.ts';
import {
  type KeptPlay,
  loadMarks,
  loadPlaysOn,
  loadPositions,
  loadTellers,
  type Teller,
  type Tellers,
} from './explain-query.ts';
import { type Case, judgeMarks, judgePositions, type ToldMark, type ToldPosition } from './verdict.ts';

export type { Teller } from './explain-query.ts';
export type { ToldMark, ToldPosition } from './verdict.ts';

/** Why an item stands as it does for a person. */
export interface Explanation {
  itemId: MediaItemId;
  userId: UserId;
  /** As whoever asks reads it; of another person, as their loud devices do. */
  state: ItemState;
  /** What decided, in one sentence. */
  rule: string;
  /** On the item and on what it is in, from all devices of the person; the one that decides first, then the newest. */
  marks: ToldMark[];
  /** Of a leaf: where each device left it. */
  positions: ToldPosition[];
  /** Of a leaf: sittings, the newest first. */
  plays: (Omit<KeptPlay, 'deviceUserId'> & { by: Teller })[];
  opinion: Opinion;
}

/**
 * Tells why an item stands as it does. It is the one place that shows what isolation keeps apart, so it speaks of a
 * person's devices to that person alone, and to admins.
 */
export interface ActivityExplain {
  /**
   * @param userId whom it is about; absent: the viewer
   * @throws AppError `not_found`, also for what the viewer may not see; `forbidden` for another person, but for admins
   */
  of(viewer: Viewer, itemId: MediaItemId, userId?: UserId): Promise<Explanation>;
}

/** How much is told of each sort. */
const MOST_MARKS = 100;
const MOST_POSITIONS = 50;
const MOST_PLAYS = 20;

interface Dependencies {
  database: Database;
  clock: Clock;
}

export const createActivityExplain = (dependencies: Dependencies): ActivityExplain => {
  const states = createStates(dependencies);
  const db = dependencies.database.read;
  return {
    of: async (viewer, itemId, userId = viewer.userId) => {
      if (userId !== viewer.userId && viewer.role !== 'admin')
        throw forbidden('Only admins may ask about other people.');
      const item = await loadShownItem(db, viewer.grants, itemId);
      if (!item) throw notFound('This item');
      const tellers = await loadTellers(db, userId);
      if (!tellers) throw notFound('This person');
      const reader = userId === viewer.userId ? viewer : throughGroup(viewer, userId, tellers);
      const about = await caseOf(db, reader, item, tellers);
      const verdict = judgeMarks(
        about,
        await loadMarks(
          db,
          userId,
          about.levels.map((level) => level.itemId),
        ),
      );
      const leaf = isLeaf(item.kind) ? await ofLeaf(db, about, userId, verdict.deciding) : { positions: [], plays: [] };
      const state = stateOf(reader, await loadSubject(db, reader, viewer.grants, itemId));
      const counts = isLeaf(item.kind) ? undefined : await states.ofOne(reader, item);
      return {
        itemId,
        userId,
        state: { ...state, ...countsOf(counts) },
        rule: counts && 'leaves' in counts ? `${sumOf(counts)} ${verdict.rule}` : verdict.rule,
        marks: verdict.marks.slice(0, MOST_MARKS),
        ...leaf,
        opinion: (await opinionsOf(db, userId, [itemId])).get(itemId) ?? noOpinion,
      };
    },
  };
};

/** Looks at another person's group, and at nothing that the one who asks may not see. */
const throughGroup = (viewer: Viewer, userId: UserId, { group }: Tellers): Viewer => ({
  ...viewer,
  userId,
  isolation: 'loud',
  ownScope: group,
  groupScope: group,
});

/** @param deciding the mark that decides about it */
const ofLeaf = async (
  db: Reader,
  about: Case,
  userId: UserId,
  deciding: Mark | undefined,
): Promise<Pick<Explanation, 'positions' | 'plays'>> => {
  const positions = judgePositions(about, await loadPositions(db, userId, about.item.id), deciding);
  const devices = new Map([...about.tellers.own.values()].map((teller) => [teller.deviceUserId, teller]));
  const plays = await loadPlaysOn(db, [...devices.keys()], about.item.id, MOST_PLAYS);
  return {
    positions: positions.slice(0, MOST_POSITIONS),
    plays: plays.flatMap(({ deviceUserId, ...play }) => {
      const by = devices.get(deviceUserId);
      return by ? [{ ...play, by }] : [];
    }),
  };
};

const sumOf = ({ leaves, unwatched }: { leaves: number; unwatched: number }): string => {
  if (leaves === 0) return 'Nothing in it can be watched.';
  return unwatched === 0 ? `All ${leaves} in it are watched.` : `${unwatched} of ${leaves} in it are not watched.`;
};
