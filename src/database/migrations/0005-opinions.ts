import type { SqlDialect } from '../dialect.ts';

/** What users think of items and want to watch. Each field has its own instant, also of when it was taken back. */
export const opinions = ({ ddl: { int, text, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE opinions (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    item_id ${int} NOT NULL REFERENCES media_items (id) ON DELETE CASCADE,
    favourite ${int} NOT NULL CHECK (favourite IN (0, 1)),
    favourite_at ${int},
    disliked ${int} NOT NULL CHECK (disliked IN (0, 1)),
    disliked_at ${int},
    watchlist ${int} NOT NULL CHECK (watchlist IN (0, 1)),
    watchlist_at ${int},
    rating ${int} CHECK (rating BETWEEN 1 AND 20),
    rated_at ${int},
    review ${text} CHECK (length(review) BETWEEN 1 AND 10000),
    reviewed_at ${int},
    PRIMARY KEY (user_id, item_id),
    CHECK (favourite = 0 OR disliked = 0),
    CHECK (favourite = 0 OR favourite_at IS NOT NULL),
    CHECK (disliked = 0 OR disliked_at IS NOT NULL),
    CHECK (watchlist = 0 OR watchlist_at IS NOT NULL),
    CHECK (rating IS NULL OR rated_at IS NOT NULL),
    CHECK (review IS NULL OR reviewed_at IS NOT NULL)
  ) ${clustered}`,
  // One for each list; all are walked backwards, newest or best first.
  `CREATE INDEX opinions_favourites ON opinions (user_id, favourite_at, item_id) WHERE favourite = 1`,
  `CREATE INDEX opinions_disliked ON opinions (user_id, disliked_at, item_id) WHERE disliked = 1`,
  `CREATE INDEX opinions_watchlist ON opinions (user_id, watchlist_at, item_id) WHERE watchlist = 1`,
  `CREATE INDEX opinions_ratings ON opinions (user_id, rated_at, item_id) WHERE rating IS NOT NULL`,
  `CREATE INDEX opinions_best_rated ON opinions (user_id, rating, rated_at, item_id) WHERE rating IS NOT NULL`,
  `CREATE INDEX opinions_item ON opinions (item_id)`,
];
