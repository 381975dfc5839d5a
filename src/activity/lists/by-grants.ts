import type { Grants } from '#kernel/viewer.ts';

/**
 * Makes something once for each viewer's grants, and lets it go with them: the access rule is part of a compiled query's
 * text, and grants are the same object from request to request.
 */
export const byGrants = <T>(make: (grants: Grants) => T): ((grants: Grants) => T) => {
  const made = new WeakMap<Grants, T>();
  return (grants) => {
    const known = made.get(grants);
    if (known !== undefined) return known;
    const one = make(grants);
    made.set(grants, one);
    return one;
  };
};
