import { HOUR, type Instant, MINUTE, type Millis } from '#kernel/clock.ts';

/** Of every recording in this test. */
export const LENGTH_MS = 2_600_000;

/** What a player or a person tells of a leaf. */
export type Word =
  | { kind: 'report'; at: Instant; positionMs: Millis }
  | { kind: 'mark'; at: Instant; watched: boolean };

/** All that the product should know of one leaf of one user. */
export interface Known {
  mark: { watched: boolean; at: Instant } | null;
  state: { positionMs: Millis | null; reportedAt: Instant; playCount: number; lastPlayedAt: Instant } | null;
  /** Oldest first. */
  plays: { startedAt: Instant; lastAt: Instant; positionMs: Millis; completed: boolean }[];
}

export const nothing: Known = { mark: null, state: null, plays: [] };

/** What is known after one word more. Words come in the order of their instants, so that each is the newest. */
export const after = (known: Known, word: Word): Known =>
  word.kind === 'mark' ? marked(known, word) : told(known, word);

/** The next word of a leaf: sittings of a few reports, some to the end, with marks in between and after. */
export const nextWord = (known: Known, last: Instant): Word => {
  const sitting = known.plays.at(-1);
  const mayGoOn = sitting !== undefined && !sitting.completed && last - sitting.lastAt < 10 * MINUTE;
  if (Math.random() < 0.2) return { kind: 'mark', at: last + MINUTE, watched: Math.random() < 0.6 };
  const at = mayGoOn && Math.random() < 0.6 ? last + 2 * MINUTE : last + HOUR;
  const share = Math.random() < 0.25 ? 0.95 + Math.random() * 0.05 : 0.1 + Math.random() * 0.7;
  return { kind: 'report', at, positionMs: Math.round(LENGTH_MS * share) };
};

const marked = (known: Known, { watched, at }: { watched: boolean; at: Instant }): Known => ({
  ...known,
  mark: { watched, at },
  state: known.state && { ...known.state, positionMs: null },
});

const told = (known: Known, { at, positionMs }: { at: Instant; positionMs: Millis }): Known => {
  const completed = positionMs >= LENGTH_MS * 0.9;
  return {
    mark: completed ? { watched: true, at } : known.mark,
    state: {
      positionMs: completed ? null : positionMs,
      reportedAt: at,
      playCount: (known.state?.playCount ?? 0) + (completed ? 1 : 0),
      lastPlayedAt: at,
    },
    plays: sat(known.plays, at, positionMs, completed),
  };
};

/** A report within half an hour of an unfinished sitting belongs to it. */
const sat = (plays: Known['plays'], at: Instant, positionMs: Millis, completed: boolean): Known['plays'] => {
  const last = plays.at(-1);
  if (last && !last.completed && at - last.lastAt <= 30 * MINUTE) {
    return [...plays.slice(0, -1), { ...last, lastAt: at, positionMs, completed }];
  }
  return [...plays, { startedAt: at, lastAt: at, positionMs, completed }];
};
