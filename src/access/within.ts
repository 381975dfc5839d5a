import type { Fault } from '#kernel/errors.ts';
import type { Grants } from '#kernel/viewer.ts';

/**
 * Where grants that someone wants to give go beyond what they have themselves. No limit (null) is never beyond: a managed
 * user's grants are narrowed by the owner's anyway.
 */
export const faultsOutside = (given: Grants, own: Grants): Fault[] => [
  ...outside('libraries', given.libraries, own.libraries),
  ...outside('streamSources', given.streamSources, own.streamSources),
  ...outside('allowedTags', given.allowedTags, own.allowedTags),
  ...(given.maxRatingLevel !== null && own.maxRatingLevel !== null && given.maxRatingLevel > own.maxRatingLevel
    ? [{ path: 'grants.maxRatingLevel', message: `must be at most your own, ${own.maxRatingLevel}` }]
    : []),
];

const outside = (field: string, given: readonly number[] | null, own: readonly number[] | null): Fault[] =>
  (given ?? []).flatMap((id, index) =>
    own === null || own.includes(id)
      ? []
      : [{ path: `grants.${field}.${index}`, message: 'is not among what you may see' }],
  );
