import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { changed, type Mode } from './changes.ts';
import type { Facts } from './facts.ts';

/** Makes the row of what only its kind has. */
export const insertDetails = async (
  tx: Transaction,
  item: { id: MediaItemId; kind: string },
  facts: Pick<Facts, 'tagline' | 'budget' | 'revenue' | 'status'>,
): Promise<void> => {
  if (item.kind === 'movie') {
    const { tagline = null, budget = null, revenue = null } = facts;
    await tx.insertInto('movies').values({ item_id: item.id, tagline, budget, revenue }).execute();
  }
  if (item.kind === 'series') {
    await tx
      .insertInto('series')
      .values({ item_id: item.id, status: facts.status ?? null })
      .execute();
  }
};

/** Brings what only its kind has up to what was told. */
export const keepDetails = async (
  tx: Transaction,
  item: { id: MediaItemId; kind: string },
  facts: Facts,
  mode: Mode,
): Promise<void> => {
  if (item.kind === 'movie') await keepMovie(tx, item.id, facts, mode);
  if (item.kind === 'series') await keepSeries(tx, item.id, facts, mode);
};

const keepMovie = async (tx: Transaction, id: MediaItemId, facts: Facts, mode: Mode): Promise<void> => {
  if (facts.tagline === undefined && facts.budget === undefined && facts.revenue === undefined) return;
  const now = await tx.selectFrom('movies').selectAll().where('item_id', '=', id).executeTakeFirstOrThrow();
  const changes = {
    tagline: changed(now.tagline, facts.tagline, mode),
    budget: changed(now.budget, facts.budget, mode),
    revenue: changed(now.revenue, facts.revenue, mode),
  };
  if (Object.values(changes).every((value) => value === undefined)) return;
  await tx.updateTable('movies').set(changes).where('item_id', '=', id).execute();
};

const keepSeries = async (tx: Transaction, id: MediaItemId, facts: Facts, mode: Mode): Promise<void> => {
  if (facts.status === undefined) return;
  const now = await tx.selectFrom('series').select('status').where('item_id', '=', id).executeTakeFirstOrThrow();
  const status = changed(now.status, facts.status, mode);
  if (status !== undefined) await tx.updateTable('series').set({ status }).where('item_id', '=', id).execute();
};
