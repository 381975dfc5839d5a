import type { SqlDialect } from '../dialect.ts';

/** What was changed by whom, so that it can be taken back; and what several processes agree on by rows. */
export const changes = ({ ddl: { passingId, int, text, end, clustered } }: SqlDialect): string[] => [
  // Items are named without a foreign key: a set outlives what it was about, and every mark writes one. Of what is deleted
  // the newest is only a set that turned out empty.
  `CREATE TABLE change_sets (
    id ${passingId},
    user_id ${int} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_user_id ${int} NOT NULL REFERENCES device_users (id) ON DELETE CASCADE,
    at ${int} NOT NULL,
    kind ${text} NOT NULL CHECK (kind IN ('mark', 'import', 'add', 'edit', 'delete', 'clear', 'undo')),
    item_id ${int},
    watched ${int} CHECK (watched IN (0, 1)),
    run_id ${int},
    undoes ${int},
    touched ${int} NOT NULL CHECK (touched >= 0),
    entries ${text},
    undone_at ${int},
    undone_by ${int}
  ) ${end}`,
  `CREATE INDEX change_sets_of_user ON change_sets (user_id, id)`,
  `CREATE INDEX change_sets_of_device ON change_sets (device_user_id, id)`,

  `CREATE TABLE change_parts (
    set_id ${int} NOT NULL REFERENCES change_sets (id) ON DELETE CASCADE,
    number ${int} NOT NULL,
    entries ${text} NOT NULL,
    PRIMARY KEY (set_id, number)
  ) ${end}`,

  // The change set that last took a play away: also after it came back, so that it can be taken away again.
  `ALTER TABLE plays ADD COLUMN deleted_in ${int}`,
  `CREATE INDEX plays_deleted_in ON plays (deleted_in) WHERE deleted_in IS NOT NULL`,
  `CREATE INDEX plays_deleted ON plays (deleted_at) WHERE deleted_at IS NOT NULL`,
  `CREATE INDEX plays_provisional ON plays (id) WHERE confirmed = 0`,

  `CREATE TABLE leases (
    name ${text} PRIMARY KEY,
    holder ${text} NOT NULL,
    held_until ${int} NOT NULL
  ) ${clustered}`,
];
