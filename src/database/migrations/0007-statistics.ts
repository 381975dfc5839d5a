import type { SqlDialect } from '../dialect.ts';

/** Counters of what was watched, kept by device user so that who reads them sees the devices that they may. */
export const statistics = ({ name, ddl: { int, text, clustered } }: SqlDialect): string[] => {
  const counted = `ms ${int} NOT NULL,
    plays ${int} NOT NULL,
    completed ${int} NOT NULL`;
  // Libraries and roots are told by plays, which know their items; so they need no foreign key and its index.
  const own = `device_user_id ${int} NOT NULL REFERENCES device_users (id) ON DELETE CASCADE`;
  return [
    `CREATE TABLE watch_days (
    ${own},
    day ${int} NOT NULL,
    library_id ${int} NOT NULL,
    ${counted},
    PRIMARY KEY (device_user_id, day, library_id)
  ) ${clustered}`,
    `CREATE TABLE watch_hours (
    ${own},
    month ${int} NOT NULL,
    hour ${int} NOT NULL CHECK (hour BETWEEN 0 AND 167),
    library_id ${int} NOT NULL,
    ${counted},
    PRIMARY KEY (device_user_id, month, hour, library_id)
  ) ${clustered}`,
    `CREATE TABLE watch_roots (
    ${own},
    period ${int} NOT NULL,
    root_id ${int} NOT NULL,
    ${counted},
    PRIMARY KEY (device_user_id, period, root_id)
  ) ${clustered}`,
    // When something was begun: the periods of one root.
    `CREATE INDEX watch_roots_root ON watch_roots (root_id, device_user_id, period)`,
    `CREATE TABLE watch_recounts (
    user_id ${int} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    time_zone ${text} NOT NULL,
    at ${int},
    play_id ${int},
    CHECK ((at IS NULL) = (play_id IS NULL))
  ) ${clustered}`,
    ...takeBackDeleted(name),
    ...countMovedAnew(name),
  ];
};

/** Whoever deletes a play for good, and be it with its item or device: what was counted of it is taken back. */
const takeBackDeleted = (name: SqlDialect['name']): string[] => {
  const less = `ms = ms - OLD.counted_ms, plays = plays - 1, completed = completed - OLD.counted_completed`;
  const statements = [
    ['watch_days', 'day = OLD.counted_day AND library_id = OLD.counted_library'],
    ['watch_hours', 'month = OLD.counted_day / 100 AND hour = OLD.counted_hour AND library_id = OLD.counted_library'],
    // The month, where it is known, and its year; see WatchRootsTable.
    ['watch_roots', 'period IN (OLD.counted_day / 100, OLD.counted_day / 10000 * 100) AND root_id = OLD.counted_root'],
  ].flatMap(([table, where]) => [
    `UPDATE ${table} SET ${less} WHERE device_user_id = OLD.device_user_id AND ${where};`,
    `DELETE FROM ${table} WHERE device_user_id = OLD.device_user_id AND ${where} AND plays = 0;`,
  ]);
  return name === 'sqlite'
    ? [
        `CREATE TRIGGER plays_taken_back AFTER DELETE ON plays WHEN OLD.counted_day IS NOT NULL
        BEGIN ${statements.join(' ')} END`,
      ]
    : [
        `CREATE FUNCTION take_back_play() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN ${statements.join(' ')} RETURN NULL; END'`,
        `CREATE TRIGGER plays_taken_back AFTER DELETE ON plays FOR EACH ROW WHEN (OLD.counted_day IS NOT NULL)
        EXECUTE FUNCTION take_back_play()`,
      ];
};

/** Plays of an item that came to stand elsewhere, or turned out longer or shorter, are to be counted anew. */
const countMovedAnew = (name: SqlDialect['name']): string[] => {
  const update = 'UPDATE plays SET unsettled = 1 WHERE item_id = NEW.id AND counted_day IS NOT NULL AND unsettled = 0;';
  const differs = (is: string) =>
    ['library_id', 'root_id', 'runtime_ms'].map((column) => `OLD.${column} ${is} NEW.${column}`).join(' OR ');
  return name === 'sqlite'
    ? [
        `CREATE TRIGGER items_counted_anew AFTER UPDATE OF library_id, root_id, runtime_ms ON media_items
        WHEN ${differs('IS NOT')} BEGIN ${update} END`,
      ]
    : [
        `CREATE FUNCTION count_plays_anew() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${update} RETURN NULL; END'`,
        `CREATE TRIGGER items_counted_anew AFTER UPDATE OF library_id, root_id, runtime_ms ON media_items
        FOR EACH ROW WHEN (${differs('IS DISTINCT FROM')}) EXECUTE FUNCTION count_plays_anew()`,
      ];
};
