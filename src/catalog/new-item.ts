import type { Facts } from './facts.ts';

/** The columns of a new item that any kind may have. */
export const commonOf = (facts: Facts) => ({
  original_title: facts.original_title ?? null,
  overview: facts.overview ?? null,
  year: facts.year ?? null,
  released_at: facts.released_at ?? null,
  runtime_ms: facts.runtime_ms ?? null,
  content_rating: facts.content_rating ?? null,
  rating_level: facts.rating_level ?? null,
});
