import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transaction } from './database.ts';

/** An open unit of work: its transaction and what is to happen once it is committed. */
export interface Unit {
  transaction: Transaction;
  effects: (() => void)[];
  open: boolean;
}

/** The unit of work in which the present code runs, if any. */
export const currentUnit = new AsyncLocalStorage<Unit>();

/** Runs what waited for the commit. An effect that throws does not undo what was saved, nor stop the others. */
export const runEffects = (unit: Unit, report: (error: unknown) => void): void => {
  for (const effect of unit.effects) {
    try {
      effect();
    } catch (error) {
      report(error);
    }
  }
};

/** @throws Error inside a unit of work: its own transaction must be used there, not the root handle */
export const refuseInsideUnit = (): void => {
  if (currentUnit.getStore()?.open) {
    throw new Error('The database handle was used inside a unit of work; use its transaction.');
  }
};

/** @throws Error outside: a transaction was used after its unit of work had ended */
export const requireOpenUnit = (): void => {
  if (!currentUnit.getStore()?.open) {
    throw new Error('A transaction was used outside its unit of work.');
  }
};
