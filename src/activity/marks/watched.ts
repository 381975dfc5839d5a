import type { Instant } from '#kernel/clock.ts';

/** In some scope, some node was set watched or unwatched at this instant (domain §3). */
export interface Mark {
  watched: boolean;
  at: Instant;
}

/** Whether a mark takes the place of another on the same node: the newer wins, of equal instants `watched`. */
export const overrules = (mark: Mark, other: Mark | undefined): boolean =>
  other === undefined || mark.at > other.at || (mark.at === other.at && mark.watched && !other.watched);

/** The mark that overrules all others; undefined when there is none. */
export const newestOf = (marks: Iterable<Mark | undefined>): Mark | undefined => {
  let newest: Mark | undefined;
  for (const mark of marks) if (mark && overrules(mark, newest)) newest = mark;
  return newest;
};

/**
 * The mark that decides the state of a node: the newest of its own and of those above that cover it. A mark on a
 * container covers what was in the catalog when it was made; a mark on the node itself always does.
 * @param own of the node, one from each scope that is read
 * @param above of its season or album, series or artist, and library; those of more containers may be added
 */
export const decidingMark = (
  addedAt: Instant,
  own: readonly (Mark | undefined)[],
  above: readonly (Mark | undefined)[],
): Mark | undefined => newestOf([...own, ...above.filter((mark) => mark !== undefined && mark.at >= addedAt)]);

export const isWatched = (mark: Mark | undefined): boolean => mark?.watched ?? false;

/** A position lives until a mark covers its leaf, watched or not, at the instant of its report or later. */
export const positionLives = (reportedAt: Instant, deciding: Mark | undefined): boolean =>
  deciding === undefined || deciding.at < reportedAt;
