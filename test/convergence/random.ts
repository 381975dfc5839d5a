/** Chance that is the same each time for a seed. */
export interface Random {
  /** 0 up to, not including, `end`. */
  below(end: number): number;
  between(first: number, last: number): number;
  chance(share: number): boolean;
  pick<T>(of: readonly T[]): T;
  /** One of the names, as often as their weights say. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T;
}

/** Mulberry32: small, quick, and good enough to shuffle steps. */
export const createRandom = (seed: number): Random => {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // Seeds follow one another: their first numbers are alike.
  for (let n = 0; n < 8; n++) next();
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (share) => next() < share,
    pick: (of) => of[below(of.length)]!,
    weighed: <T extends string>(weights: Readonly<Record<T, number>>): T => {
      const entries = Object.entries(weights) as [T, number][];
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return entries[0]![0];
    },
  };
};
