import { createActivityExplain, type Explanation } from '#activity/explain/explain.ts';
import type { Database } from '#database/database.ts';
import type { Clock } from '#kernel/clock.ts';
import type { MediaItemId, UserId } from '#kernel/ids.ts';
import type { Viewer } from '#kernel/viewer.ts';
import {
  accountsOf,
  copiesOf,
  type Decided,
  decisionsOf,
  type ServerAccount,
  type ServerCopy,
  type Shown,
  shownBy,
} from './explain-query.ts';

/** What an account on a media server shows of an item. */
export interface AccountShows {
  account: ServerAccount;
  /** null: nothing was seen or written yet. */
  copies: (ServerCopy & { shown: Shown | null })[];
}

/** Why an item stands as it does for a person, and what media servers were told of it. */
export interface FullExplanation extends Explanation {
  /** The person's accounts on servers that have the item, or had it. */
  accounts: AccountShows[];
  /** What runs took over from those accounts (`pull`) and wrote to them (`push`), the newest first. */
  exchanged: (Omit<Decided, 'accountId'> & { account: ServerAccount })[];
}

export interface Explain {
  /**
   * @param userId whom it is about; absent: the viewer
   * @throws AppError `not_found`, also for what the viewer may not see; `forbidden` for another person, but for admins
   */
  of(viewer: Viewer, itemId: MediaItemId, userId?: UserId): Promise<FullExplanation>;
}

/** How much is told of each sort. */
const MOST_COPIES = 50;
const MOST_DECISIONS = 50;

export const createExplain = (dependencies: { database: Database; clock: Clock }): Explain => {
  const activity = createActivityExplain(dependencies);
  const db = dependencies.database.read;
  return {
    of: async (viewer, itemId, userId) => {
      const explanation = await activity.of(viewer, itemId, userId);
      const accounts = await accountsOf(db, explanation.userId);
      const ids = accounts.map((account) => account.id);
      const copies = accounts.length === 0 ? [] : await copiesOf(db, itemId, MOST_COPIES);
      const shown = await shownBy(
        db,
        ids,
        copies.map((copy) => copy.id),
      );
      const decisions = await decisionsOf(db, ids, itemId, MOST_DECISIONS);
      return {
        ...explanation,
        accounts: accounts.flatMap((account) => {
          const own = copies.filter((copy) => copy.clientId === account.clientId);
          const seen = own.map((copy) => ({ ...copy, shown: shown.get(account.id)?.get(copy.id) ?? null }));
          return own.length === 0 ? [] : [{ account, copies: seen }];
        }),
        exchanged: decisions.flatMap(({ accountId, ...decision }) => {
          const account = accounts.find(({ id }) => id === accountId);
          return account ? [{ ...decision, account }] : [];
        }),
      };
    },
  };
};
