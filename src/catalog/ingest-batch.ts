import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type Facts, factsOf, type Told } from './facts.ts';
import type { IngestContext } from './ingest-context.ts';
import { createKnown, forgetPresence, type Known } from './ingest-known.ts';
import { createLater, type Later } from './ingest-later.ts';
import { type ItemRecord, lockCatalog, readItem } from './items-repository.ts';
import { reviveItems } from './retire.ts';

/**
 * What the steps of one batch share, so that many entries cost few statements: what they know already, and what waits to
 * be written or told. Its observer only collects.
 */
export interface Batch extends IngestContext {
  readonly known: Known;
  readonly later: Later;
  /** As {@link factsOf}; the same is not gone through twice. */
  factsOf(told: Told): Facts;
}

export interface Batches {
  /** Runs work in the batch that is open in this unit of work, or in one of its own, while nobody else changes the catalog. */
  join<T>(tx: Transaction, work: (batch: Batch) => Promise<T>): Promise<T>;
  /** The same, but all that `work` does through {@link Batches.join} belongs to it. It awaits all that it begins. */
  open<T>(tx: Transaction, work: (batch: Batch) => Promise<T>): Promise<T>;
}

export const createBatches = (context: IngestContext): Batches => {
  // All units of work on SQLite have one transaction, but run one after the other.
  const open = new WeakMap<Transaction, Batch>();
  return {
    join: async (tx, work) => {
      await lockCatalog(tx);
      const outer = open.get(tx);
      return outer ? work(outer) : inOwn(context, tx, work);
    },
    open: (tx, work) => {
      const outer = open.get(tx);
      if (outer) return work(outer);
      return inOwn(context, tx, async (batch) => {
        open.set(tx, batch);
        try {
          return await work(batch);
        } finally {
          open.delete(tx);
        }
      });
    },
  };
};

const inOwn = async <T>(context: IngestContext, tx: Transaction, work: (batch: Batch) => Promise<T>): Promise<T> => {
  const changed = new Set<MediaItemId>();
  const batch = createBatch(context, changed);
  const result = await work(batch);
  await batch.later.write(tx);
  if (changed.size > 0) await context.observer.leavesChanged(tx, [...changed]);
  return result;
};

const createBatch = ({ clock }: IngestContext, changed: Set<MediaItemId>): Batch => {
  const facts = new WeakMap<Told, Facts>();
  return {
    clock,
    observer: {
      leavesChanged: async (_tx, holders) => {
        for (const id of holders) changed.add(id);
      },
    },
    known: createKnown(),
    later: createLater(),
    factsOf: (told) => {
      const known = facts.get(told) ?? factsOf(told);
      facts.set(told, known);
      return known;
    },
  };
};

/** An item that others go into; undefined: there is none. */
export const readParent = async (
  { known }: Batch,
  tx: Transaction,
  id: MediaItemId,
): Promise<ItemRecord | undefined> => {
  const parent = known.parents.get(id) ?? (await readItem(tx, id));
  if (parent) known.parents.set(id, parent);
  return parent;
};

/** As {@link reviveItems}. */
export const revive = async (batch: Batch, tx: Transaction, ids: readonly MediaItemId[]): Promise<void> => {
  await reviveItems(batch, tx, ids);
  forgetPresence(batch.known);
};
