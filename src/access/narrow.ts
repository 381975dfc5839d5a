import type { Grants } from '#kernel/viewer.ts';

/**
 * Grants that let through only what both do. A managed user never sees what their owner may not, also when the owner's
 * grants shrink later. Where one list of allowed tags cannot say it exactly, less is seen, not more.
 */
export const narrow = (a: Grants, b: Grants): Grants => ({
  libraries: both(a.libraries, b.libraries),
  streamSources: both(a.streamSources, b.streamSources),
  ...narrowRating(a, b),
  allowedTags: both(a.allowedTags, b.allowedTags),
  blockedTags: [...new Set([...a.blockedTags, ...b.blockedTags])],
});

/** null: no limit. */
const both = <T>(a: T[] | null, b: T[] | null): T[] | null => {
  if (a === null || b === null) return a ?? b;
  return a.filter((one) => b.includes(one));
};

/** Where one has no limit, the other's word on unrated items holds. */
const narrowRating = (a: Grants, b: Grants): Pick<Grants, 'maxRatingLevel' | 'allowUnrated'> => {
  if (a.maxRatingLevel === null || b.maxRatingLevel === null) {
    const { maxRatingLevel, allowUnrated } = a.maxRatingLevel === null ? b : a;
    return { maxRatingLevel, allowUnrated };
  }
  return {
    maxRatingLevel: Math.min(a.maxRatingLevel, b.maxRatingLevel),
    allowUnrated: a.allowUnrated && b.allowUnrated,
  };
};
