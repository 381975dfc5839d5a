import type { KnownFile } from './compare.ts';
import { baseName } from './nfo-places.ts';
import type { FoundFile } from './walk.ts';

/** A file that was found where it was not before, with what knows it again. */
export interface FreshFile {
  found: FoundFile;
  fingerprint: string;
}

/** A file that is where it was no more. */
export interface GoneFile extends KnownFile {
  fingerprint: string;
}

/**
 * Tells which fresh file is which that went away: the same fingerprint, and no doubt. Of several copies those that kept
 * their name are the same; what is left is matched only when one stands against one.
 */
export const findMoves = <F extends FreshFile, G extends GoneFile>(
  fresh: readonly F[],
  gone: readonly G[],
): Map<F, G> => {
  const moves = new Map<F, G>();
  const lost = byFingerprint(gone);
  for (const [fingerprint, group] of byFingerprint(fresh.filter(({ found }) => found.size > 0))) {
    let [here, there] = [group, lost.get(fingerprint) ?? []];
    if (here.length > 1 || there.length > 1) {
      for (const file of here) {
        const same = there.filter(({ path }) => baseName(path) === baseName(file.found.path));
        const rivals = here.filter(({ found }) => baseName(found.path) === baseName(file.found.path));
        const [only] = same;
        if (only && same.length === 1 && rivals.length === 1) moves.set(file, only);
      }
      here = here.filter((file) => !moves.has(file));
      const taken = new Set(moves.values());
      there = there.filter((file) => !taken.has(file));
    }
    const [file, from] = [here[0], there[0]];
    if (file && from && here.length === 1 && there.length === 1) moves.set(file, from);
  }
  return moves;
};

const byFingerprint = <T extends { fingerprint: string }>(files: readonly T[]): Map<string, T[]> =>
  Map.groupBy(files, ({ fingerprint }) => fingerprint);
