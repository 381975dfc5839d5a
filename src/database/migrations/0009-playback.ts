import type { SqlDialect } from '../dialect.ts';

/** From where on something counts as watched, by library; and which requests were carried out already. */
export const playback = ({ ddl: { int, text, end, clustered } }: SqlDialect): string[] => [
  `CREATE TABLE library_thresholds (
    library_id ${int} PRIMARY KEY REFERENCES libraries (item_id) ON DELETE CASCADE,
    low_percent ${int} CHECK (low_percent BETWEEN 0 AND 45),
    low_seconds ${int} CHECK (low_seconds BETWEEN 0 AND 3600),
    high_percent ${int} CHECK (high_percent BETWEEN 50 AND 100),
    high_seconds ${int} CHECK (high_seconds BETWEEN 0 AND 86400)
  ) ${end}`,

  `CREATE TABLE idempotency_keys (
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key ${text} NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    target ${text} NOT NULL,
    digest ${text} NOT NULL,
    status ${int},
    answer ${text},
    created_at ${int} NOT NULL,
    PRIMARY KEY (user_id, key)
  ) ${clustered}`,
  `CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at, user_id, key)`,
];
