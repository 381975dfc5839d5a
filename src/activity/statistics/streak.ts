import { type Day, dayOf, daysSince1970 } from '#kernel/day.ts';

/** Days one after the other, each with something watched. */
export interface Streak {
  days: number;
  from: Day;
  to: Day;
}

export interface Streaks {
  /** The one that goes on, up to today or, where today nothing was watched yet, to yesterday. */
  current: Streak | null;
  /** The longest; of several the newest. */
  longest: Streak | null;
}

/** @param days on which something was watched, in order, each once */
export const streaksOf = (days: readonly Day[], today: Day): Streaks => {
  const runs = runsOf(days);
  const last = runs.at(-1);
  const isGoingOn = last !== undefined && daysSince1970(today) - daysSince1970(last.to) <= 1;
  return { current: isGoingOn ? last : null, longest: longestOf(runs) };
};

/** The longest run of days, of several the newest. @param days as {@link streaksOf} */
export const longestStreak = (days: readonly Day[]): Streak | null => longestOf(runsOf(days));

const longestOf = (runs: readonly Streak[]): Streak | null =>
  runs.reduce<Streak | null>((best, run) => (best && best.days > run.days ? best : run), null);

const runsOf = (days: readonly Day[]): Streak[] => {
  const runs: Streak[] = [];
  let run: Streak | undefined;
  let next = Number.NaN;
  for (const day of days) {
    if (run && day === next) {
      run.days += 1;
      run.to = day;
    } else {
      run = { days: 1, from: day, to: day };
      runs.push(run);
    }
    next = dayOf(daysSince1970(day) + 1);
  }
  return runs;
};
