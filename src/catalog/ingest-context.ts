import type { Clock } from '#kernel/clock.ts';
import type { LeafObserver } from './leaf-observer.ts';

/** What the steps of ingestion share. */
export interface IngestContext {
  clock: Clock;
  observer: LeafObserver;
}
