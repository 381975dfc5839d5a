import { type Clock, HOUR, type Instant } from '#kernel/clock.ts';
import type { Change } from '#kernel/events.ts';
import { readScopes, type Viewer } from '#kernel/viewer.ts';

/** Changes kept for whoever comes back, at the most. */
export const MOST_KEPT = 1000;
const KEPT_MS = HOUR;

/** One change in a feed. Numbers have no gaps. */
export interface Entry {
  number: number;
  change: Change;
}

/**
 * The latest changes of what one device user reads, numbered from 1. Streams read it at their own pace, live or after
 * a pause; another view of the same device user begins another feed.
 */
export interface Feed {
  /** Whose it is, and what they might see when it began. */
  readonly viewer: Viewer;
  /** The number of the newest change; 0 before the first. */
  readonly newest: number;
  /** Takes a change over when it concerns this device user. */
  offer(change: Change): void;
  /** What came after a number, oldest first; undefined when some of it is no longer kept. */
  after(number: number, most: number): Entry[] | undefined;
  /** Names a place in this feed and in no other. */
  idAt(number: number): string;
  /** The place that an id names; undefined when it is none of this feed's. */
  numberOf(id: string): number | undefined;
  /** Grows with every change, and whenever streams are to look again who they are for. */
  readonly stirs: number;
  /** Calls back at every stir. @returns ends that */
  onStir(listener: () => void): () => void;
  stir(): void;
}

/** @param name unlike that of any other feed, ever: ids that were given out by another one are not mistaken for its own */
export const createFeed = (viewer: Viewer, name: string, clock: Clock): Feed => {
  const read = new Set(readScopes(viewer));
  const kept: (Entry & { until: Instant })[] = [];
  const listeners = new Set<() => void>();
  let newest = 0;
  let stirs = 0;
  const dropOld = (now: Instant): void => {
    while (kept[0] && (kept[0].until <= now || kept.length > MOST_KEPT)) kept.shift();
  };
  const stir = (): void => {
    stirs += 1;
    for (const listener of listeners) listener();
  };
  return {
    viewer,
    get newest() {
      return newest;
    },
    offer: (change) => {
      if (change.scopes && !change.scopes.some((scope) => read.has(scope))) return;
      const now = clock.now();
      newest += 1;
      kept.push({ number: newest, change, until: now + KEPT_MS });
      dropOld(now);
      stir();
    },
    after: (number, most) => {
      dropOld(clock.now());
      const first = newest - kept.length;
      if (number < first || number > newest) return undefined;
      return kept.slice(number - first, number - first + most);
    },
    idAt: (number) => `${name}-${number}`,
    numberOf: (id) => {
      const match = /^(.+)-(\d{1,15})$/.exec(id);
      const number = Number(match?.[2]);
      return match?.[1] === name && number <= newest ? number : undefined;
    },
    get stirs() {
      return stirs;
    },
    onStir: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stir,
  };
};
