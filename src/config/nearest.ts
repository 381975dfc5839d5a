/** The candidate most like a mistyped word, if any is near enough to be meant: `prot` → `port`, `port` → `server.port`. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  const [best] = candidates
    .map((candidate) => ({ candidate, far: distance(bare(word), bare(candidate)) }))
    .sort((a, b) => a.far - b.far);
  if (best && best.far <= Math.max(2, Math.floor(best.candidate.length / 4))) return best.candidate;
  const alike = candidates.filter((candidate) => lastPart(candidate) === lastPart(word));
  return alike.length === 1 ? alike[0] : undefined;
};

const lastPart = (word: string): string | undefined => word.toLowerCase().split(/[._-]/).at(-1);

/** Case and dividers are what people mistake first. */
const bare = (word: string): string => word.toLowerCase().replace(/[._-]/g, '');

/** Levenshtein's edit distance. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1];
    for (let column = 0; column < b.length; column++) {
      const change = (row[column] ?? 0) + (b[column] === letter ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
