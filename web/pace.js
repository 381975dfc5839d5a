// @ts-check

/** News that come close to each other are heeded as one. */
const GATHER_MS = 150;
/** Between the beginnings of two refreshes. */
const PAUSE_MS = 1000;

/**
 * Does a work when there was news, at most once a second, never twice at a time, and not while nobody looks.
 * @template T
 * @param {(news: Set<T>) => Promise<void>} work
 */
export const pacedBy = (work) => {
  /** @type {Set<T>} */
  let waiting = new Set();
  let begun = -PAUSE_MS;
  let running = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const run = async () => {
    timer = undefined;
    if (document.hidden) return;
    const news = waiting;
    waiting = new Set();
    begun = performance.now();
    running = true;
    try {
      await work(news);
    } finally {
      running = false;
      plan();
    }
  };

  const plan = () => {
    if (waiting.size === 0 || running || timer !== undefined || document.hidden) return;
    timer = setTimeout(run, Math.max(GATHER_MS, begun + PAUSE_MS - performance.now()));
  };

  document.addEventListener('visibilitychange', plan);
  return {
    /** @param {T} one */
    heed: (one) => {
      waiting.add(one);
      plan();
    },
    /** Forgets what has not been heeded yet. */
    forget: () => {
      waiting.clear();
      clearTimeout(timer);
      timer = undefined;
    },
  };
};
