import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { DAY, type Instant, MINUTE } from '#kernel/clock.ts';
import { fold, sortTitleOf } from '#kernel/text.ts';
import { episodeTitle, overview, randomOf, title } from './words.ts';

export const MOVIES = 20_000;
export const SERIES = 1_000;
const SEASONS = 10;
const EPISODES_A_SEASON = 10;

/** What was put into the database: ids by kind, the episodes of each series in order. */
export interface Catalog {
  movies: number[];
  series: { id: number; episodes: number[] }[];
}

/**
 * Fills a migrated SQLite file with movies and series, by plain inserts: how items get in is not what is measured here.
 * The same at every run.
 * @param now the catalog's newest item is this old
 */
export const fillCatalog = (file: string, now: Instant): Catalog => {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN');
  const insert = inserter(database, now);
  const moviesLibrary = insert.library('movies', 'Movies');
  const seriesLibrary = insert.library('series', 'Series');
  const movies = Array.from({ length: MOVIES }, (_, n) => insert.movie(moviesLibrary, n));
  const series = Array.from({ length: SERIES }, (_, n) => insert.series(seriesLibrary, n));
  database.exec('COMMIT; ANALYZE');
  database.close();
  return { movies, series };
};

/** What differs from item to item; the rest is null. */
interface Item {
  kind: string;
  title: string;
  library?: number;
  parent?: number;
  root?: number;
  season?: number;
  episode?: number;
  overview?: string;
  year?: number;
  releasedAt?: Instant;
  runtimeMs?: number;
  rating?: string;
  addedAt: Instant;
}

const inserter = (database: DatabaseSync, now: Instant) => {
  const random = randomOf(2);
  const statements = prepare(database);
  const add = (item: Item): number => addItem(statements, item);

  return {
    library(kind: string, name: string): number {
      const id = add({ kind: 'library', title: name, addedAt: now - 3000 * DAY });
      database.prepare('UPDATE media_items SET library_id = id WHERE id = ?').run(id);
      database.prepare('INSERT INTO libraries (item_id, library_kind) VALUES (?, ?)').run(id, kind);
      return id;
    },

    movie(library: number, n: number): number {
      const year = 1930 + Math.floor(random() * 96);
      const id = add({
        kind: 'movie',
        title: title(random),
        library,
        overview: overview(random),
        year,
        releasedAt: Date.UTC(year, n % 12, 1 + (n % 28)),
        runtimeMs: (80 + Math.floor(random() * 80)) * MINUTE,
        rating: 'PG-13',
        addedAt: now - Math.floor(random() * 2500) * DAY,
      });
      statements.movie.run(id, 'They had one night to make it right.');
      describe(statements, id, 'movie', n);
      return id;
    },

    series(library: number, n: number): { id: number; episodes: number[] } {
      const year = 1980 + Math.floor(random() * 40);
      const addedAt = now - Math.floor(random() * 2500) * DAY;
      const id = add({ kind: 'series', title: title(random), library, overview: overview(random), year, addedAt });
      statements.series.run(id);
      describe(statements, id, 'series', n);
      const common = { library, root: id, addedAt };
      const episodes: number[] = [];
      for (let season = 1; season <= SEASONS; season += 1) {
        const parent = add({ ...common, kind: 'season', title: `Season ${season}`, parent: id, season });
        for (let episode = 1; episode <= EPISODES_A_SEASON; episode += 1) {
          episodes.push(
            add({
              ...common,
              kind: 'episode',
              title: episodeTitle(random),
              parent,
              season,
              episode,
              overview: overview(random),
              releasedAt: Date.UTC(year + Math.floor(season / 2), 0, 1 + episode * 7),
              runtimeMs: 45 * MINUTE,
            }),
          );
        }
      }
      return { id, episodes };
    },
  };
};

interface Statements {
  item: StatementSync;
  search: StatementSync;
  movie: StatementSync;
  series: StatementSync;
  externalId: StatementSync;
  image: StatementSync;
}

const prepare = (database: DatabaseSync): Statements => ({
  item: database.prepare(`INSERT INTO media_items (kind, library_id, parent_id, root_id, season_number, episode_number,
    title, sort_title, title_key, overview, year, released_at, runtime_ms, content_rating, added_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  search: database.prepare('INSERT INTO item_search (rowid, title_key) VALUES (?, ?)'),
  movie: database.prepare('INSERT INTO movies (item_id, tagline) VALUES (?, ?)'),
  series: database.prepare(`INSERT INTO series (item_id, status) VALUES (?, 'ended')`),
  externalId: database.prepare('INSERT INTO external_ids (kind, provider, value, item_id) VALUES (?, ?, ?, ?)'),
  image: database.prepare('INSERT INTO images (item_id, role, address) VALUES (?, ?, ?)'),
});

const addItem = (statements: Statements, item: Item): number => {
  const key = fold(item.title);
  const { lastInsertRowid } = statements.item.run(
    item.kind,
    // The schema wants a library from the start; a library itself gets its own id afterwards.
    item.library ?? null,
    item.parent ?? null,
    item.root ?? null,
    item.season ?? null,
    item.episode ?? null,
    item.title,
    sortTitleOf(item.title),
    key,
    item.overview ?? null,
    item.year ?? null,
    item.releasedAt ?? null,
    item.runtimeMs ?? null,
    item.rating ?? null,
    item.addedAt,
    item.addedAt,
  );
  statements.search.run(lastInsertRowid, key);
  return Number(lastInsertRowid);
};

/** Ids of two providers and two pictures, as a real item has them. */
const describe = (statements: Statements, id: number, kind: string, n: number): void => {
  statements.externalId.run(kind, 'imdb', `tt${String(1_000_000 + n)}`, id);
  statements.externalId.run(kind, 'tmdb', String(n + 1), id);
  statements.image.run(id, 'poster', `https://images.example/${kind}/${n}/poster.jpg`);
  statements.image.run(id, 'backdrop', `https://images.example/${kind}/${n}/backdrop.jpg`);
};
