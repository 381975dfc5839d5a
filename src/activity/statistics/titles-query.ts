import { type Expression, type RawBuilder, sql } from 'kysely';
import { visibleTo } from '#access/visible.ts';
import { byGrants } from '#activity/lists/by-grants.ts';
import type { Reader } from '#database/database.ts';
import type { SqlDialect } from '#database/dialect.ts';
import { dialectOf } from '#database/dialect-of.ts';
import { idIn, idList } from '#database/json.ts';
import { prepare, type Value } from '#database/prepared.ts';
import { monthOf, yearOf } from '#kernel/day.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { LeafKind, MediaKind } from '#kernel/media.ts';
import type { Grants } from '#kernel/viewer.ts';
import type { Figure, Figures } from './figures-query.ts';
import { rootPeriods } from './period.ts';

/** Time watched of something that has a name. */
export interface Named extends Figure {
  label: string;
}

export interface Title extends Figure<MediaItemId> {
  label: string;
  kind: MediaKind;
}

/** What stands for a kind in these figures: the series of episodes, the artist of tracks. */
const rootOf: Record<LeafKind, MediaKind> = {
  movie: 'movie',
  episode: 'series',
  track: 'artist',
  stream: 'stream',
};

/** Series, movies, artists and streams that may be seen, by time watched in the months that the period touches. */
export const titlesOf = (db: Reader, grants: Grants, figures: Figures, limit: number): Promise<Title[]> =>
  titles(grants)(db, { ...valuesOf(db, figures), limit });

/** Genres of what may be seen, by the time that it was watched; what is of two genres counts for both. */
export const genresOf = (db: Reader, grants: Grants, figures: Figures, limit: number): Promise<Named[]> =>
  genres(grants)(db, { ...valuesOf(db, figures), limit });

/** Who made or plays in the 200 titles watched longest, whatever their part; of those that may be seen. */
export const peopleOf = (db: Reader, grants: Grants, figures: Figures, limit: number): Promise<Named[]> =>
  people(grants)(db, { ...valuesOf(db, figures), limit });

/** How many there were of each kind, and how many of them were begun in the period: never watched before it. */
export const countTitles = async (
  db: Reader,
  figures: Figures,
): Promise<Map<MediaKind, { titles: number; begun: number; again: number }>> => {
  const { from } = figures.period;
  const values = valuesOf(db, figures);
  const rows = await counts(db, {
    ...values,
    before: from === null ? 0 : monthOf(from),
    year: from === null ? 0 : yearOf(from) * 100,
  });
  return new Map(rows.map(({ kind, ...row }) => [kind, row]));
};

interface Values {
  devices: string;
  periods: string;
  root: string;
  library: number;
}

const valuesOf = (db: Reader, { devices, period, kind, libraryId }: Figures): Values => ({
  devices: idList(dialectOf(db), devices),
  periods: idList(dialectOf(db), rootPeriods(period)),
  root: kind === undefined ? '' : rootOf[kind],
  library: libraryId ?? 0,
});

/** Roots with what was watched of each, `w`, as far as they may be seen. */
const watched = (dialect: SqlDialect, grants: Grants, value: Value<Values>): RawBuilder<unknown> =>
  sql`(SELECT s.root_id, i.title, i.kind, s.ms, s.plays, s.completed
    FROM ${sums(dialect, value('devices'), value('periods'))} AS s
    JOIN media_items AS i ON i.id = s.root_id
    WHERE (${value('root')} = '' OR i.kind = ${value('root')})
      AND (CAST(${value('library')} AS bigint) = 0 OR i.library_id = ${value('library')})
      AND ${visibleTo(grants, 'i')})`;

const sums = (dialect: SqlDialect, devices: Expression<string>, periods: Expression<string>): RawBuilder<unknown> =>
  sql`(SELECT root_id, CAST(sum(ms) AS bigint) AS ms, CAST(sum(plays) AS bigint) AS plays,
      CAST(sum(completed) AS bigint) AS completed
    FROM watch_roots
    WHERE ${idIn(dialect, 'device_user_id', devices)} AND ${idIn(dialect, 'period', periods)}
    GROUP BY root_id)`;

type Limited = Values & { limit: number };

const titles = byGrants((grants) =>
  prepare<Limited>()((db, value, dialect) => ({
    compile: () =>
      sql<Title>`SELECT w.root_id AS key, w.title AS label, w.kind, w.ms, w.plays, w.completed
        FROM ${watched(dialect, grants, value)} AS w
        ORDER BY w.ms DESC, w.plays DESC, w.root_id LIMIT ${value('limit')}`.compile(db),
  })),
);

const genres = byGrants((grants) =>
  prepare<Limited>()((db, value, dialect) => ({
    compile: () =>
      sql<Named>`SELECT g.id AS key, g.name AS label, ${amounts}
        FROM ${watched(dialect, grants, value)} AS w
        JOIN item_genres AS ig ON ig.item_id = w.root_id
        JOIN genres AS g ON g.id = ig.genre_id
        GROUP BY g.id, g.name ORDER BY ms DESC, plays DESC, g.id LIMIT ${value('limit')}`.compile(db),
  })),
);

const MOST_TITLES = 200;

const people = byGrants((grants) =>
  prepare<Limited>()((db, value, dialect) => ({
    compile: () =>
      sql<Named>`SELECT p.id AS key, p.name AS label, ${amounts}
        FROM (SELECT DISTINCT c.person_id, w.root_id, w.ms, w.plays, w.completed
          FROM (SELECT * FROM ${watched(dialect, grants, value)} AS t
            ORDER BY t.ms DESC, t.root_id LIMIT ${sql.lit(MOST_TITLES)}) AS w
          JOIN credits AS c ON c.item_id = w.root_id) AS w
        JOIN people AS p ON p.id = w.person_id
        GROUP BY p.id, p.name ORDER BY ms DESC, plays DESC, p.id LIMIT ${value('limit')}`.compile(db),
  })),
);

const amounts = sql`CAST(sum(w.ms) AS bigint) AS ms, CAST(sum(w.plays) AS bigint) AS plays,
  CAST(sum(w.completed) AS bigint) AS completed`;

const counts = prepare<Values & { before: number; year: number }>()((db, value, dialect) => {
  // A year's own row holds all its months. Undated plays come before everything: nothing is called new by a guess.
  const before = (completed: boolean) => sql`EXISTS (SELECT 1 FROM watch_roots AS b
    WHERE ${idIn(dialect, 'b.device_user_id', value('devices'))} AND b.root_id = s.root_id
      AND b.period < ${value('before')} AND b.period <> ${value('year')}
      AND (b.completed > 0 OR ${completed ? sql`1 = 0` : sql`1 = 1`}))`;
  return {
    compile: () =>
      sql<{ kind: MediaKind; titles: number; begun: number; again: number }>`SELECT i.kind, count(*) AS titles,
        CAST(sum(CASE WHEN ${before(false)} THEN 0 ELSE 1 END) AS bigint) AS begun,
        CAST(sum(CASE WHEN s.completed > 1 OR (s.completed = 1 AND ${before(true)}) THEN 1 ELSE 0 END) AS bigint) AS again
        FROM ${sums(dialect, value('devices'), value('periods'))} AS s
        JOIN media_items AS i ON i.id = s.root_id
        WHERE (${value('root')} = '' OR i.kind = ${value('root')})
          AND (CAST(${value('library')} AS bigint) = 0 OR i.library_id = ${value('library')})
        GROUP BY i.kind`.compile(db),
  };
});
