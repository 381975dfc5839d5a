import type { Transaction } from '#database/database.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import type { Taken } from '../incoming.ts';
import type { Comparison } from './compare.ts';
import type { ScanContext } from './known-files.ts';
import type { LaidFile, Layout, MovieUnit, SeriesUnit } from './layout.ts';
import { batches, deleteLocations, type FileFacts, type Location, putLocations } from './locations-repository.ts';
import { folderOf } from './nfo-places.ts';
import { addAmbiguity, addFault, type ScanReport } from './report.ts';

/** What is known of new files, by path. */
export type NewFiles = ReadonlyMap<string, Omit<FileFacts, 'part' | 'version'> & { stale: readonly Location[] }>;

/** Movies, and episodes, taken in one unit of work at the most. */
const MOVIES = 50;
const EPISODES = 80;

/** Takes laid out files into the catalog, in units of work of a bounded size. */
export const takeUnits = async (
  context: ScanContext,
  { units, unknown }: Layout,
  files: NewFiles,
  compared: Comparison,
  step: (done: number, total: number) => void,
): Promise<void> => {
  for (const path of unknown)
    addFault(context.report, path, 'has a name that does not tell what it is; rename it, or put an NFO file beside it');
  let done = unknown.length;
  const advance = (count: number): void => {
    done += count;
    step(done, files.size);
  };
  const movies = units.filter((unit) => unit.kind === 'movie');
  if (movies.length > 0) {
    const library = await libraryFor(context, 'movies');
    for (const some of batches(movies, MOVIES)) {
      await takeMovies(context, library, some, files);
      advance(some.reduce((sum, unit) => sum + unit.files.length, 0));
    }
  }
  const series = units.filter((unit) => unit.kind === 'series');
  if (series.length === 0) return;
  const library = await libraryFor(context, 'series');
  const housed = seriesByFolder(compared);
  for (const unit of series) {
    await takeSeries(context, library, unit, files, housed);
    advance(unit.episodes.reduce((sum, episode) => sum + episode.files.length, 0));
  }
};

/** The folder's own library where the kinds agree, else the default one. */
const libraryFor = async (
  { database, ingest, folder }: ScanContext,
  kind: 'movies' | 'series',
): Promise<MediaItemId> =>
  folder.libraryKind === kind ? folder.libraryId : database.transaction((tx) => ingest.library(tx, kind));

const takeMovies = async (
  context: ScanContext,
  library: MediaItemId,
  units: readonly MovieUnit[],
  files: NewFiles,
): Promise<void> => {
  const { database, ingest } = context;
  const expected = units.map(({ movie }) => ({ kind: 'movie' as const, parentId: null, told: movie }));
  const taken = await database.transaction((tx) =>
    ingest.batch(tx, expected, async () => {
      const results: Taken[] = [];
      for (const unit of units) {
        const result = await ingest.movie(tx, library, unit.movie);
        if (result.outcome !== 'ambiguous') await place(tx, context, result.itemId, unit.files, files);
        results.push(result);
      }
      return results;
    }),
  );
  for (const [index, unit] of units.entries()) tally(context.report, taken[index], unit.movie.title, unit.files);
};

const takeSeries = async (
  context: ScanContext,
  library: MediaItemId,
  unit: SeriesUnit,
  files: NewFiles,
  housed: () => ReadonlyMap<string, ReadonlySet<MediaItemId>>,
): Promise<void> => {
  let seriesId = unit.folder === null ? undefined : onlyOne(housed().get(unit.folder));
  for (const some of batches(unit.episodes, EPISODES)) {
    const known = seriesId;
    const { series, taken } = await context.database.transaction((tx) =>
      takeEpisodes(tx, context, library, unit.series, known, some, files),
    );
    if (series.outcome === 'ambiguous') return tellAmbiguousSeries(context.report, unit, series);
    seriesId = series.itemId;
    for (const [index, { episode, files: laid }] of some.entries()) {
      tally(
        context.report,
        taken[index],
        `${unit.series.title} ${episode.seasonNumber}x${episode.episodeNumber ?? '?'}`,
        laid,
      );
    }
  }
};

/** @param known the series, where it is known already */
const takeEpisodes = (
  tx: Transaction,
  context: ScanContext,
  library: MediaItemId,
  told: SeriesUnit['series'],
  known: MediaItemId | undefined,
  units: readonly SeriesUnit['episodes'][number][],
  files: NewFiles,
): Promise<{ series: Taken; taken: Taken[] }> => {
  const { ingest } = context;
  const expected = units.map(({ episode }) => ({ kind: 'episode' as const, parentId: null, told: episode }));
  return ingest.batch(tx, expected, async () => {
    const series: Taken =
      known === undefined ? await ingest.series(tx, library, told) : { outcome: 'title', itemId: known };
    const taken: Taken[] = [];
    if (series.outcome === 'ambiguous') return { series, taken };
    for (const { episode, files: laid } of units) {
      const result = await ingest.episode(tx, series.itemId, episode);
      if (result.outcome !== 'ambiguous') await place(tx, context, result.itemId, laid, files);
      taken.push(result);
    }
    return { series, taken };
  });
};

const onlyOne = <T>(set: ReadonlySet<T> | undefined): T | undefined => (set?.size === 1 ? [...set][0] : undefined);

/** The series whose files lie in a folder already: new files in it are of the same, whatever it is called by now. */
const seriesByFolder = ({ unchanged, changed }: Comparison): (() => Map<string, Set<MediaItemId>>) => {
  let known: Map<string, Set<MediaItemId>> | undefined;
  return () => {
    if (known) return known;
    known = new Map();
    for (const { path, rows } of [...unchanged, ...changed.map((one) => one.known)]) {
      for (const { rootId } of rows) {
        for (let folder = folderOf(path); rootId !== null && folder !== ''; folder = folderOf(folder)) {
          known.set(folder, (known.get(folder) ?? new Set()).add(rootId));
        }
      }
    }
    return known;
  };
};

const place = async (
  tx: Transaction,
  { folder }: ScanContext,
  itemId: MediaItemId,
  laid: readonly LaidFile[],
  files: NewFiles,
): Promise<void> => {
  const rows = laid.flatMap(({ path, part, version }) => {
    const file = files.get(path);
    return file ? [{ ...file, part, version, itemId }] : [];
  });
  // What lay there under the same name before was another file; its rows give way.
  await deleteLocations(
    tx,
    rows.flatMap(({ stale }) => stale.filter((row) => row.itemId !== itemId).map(({ id }) => id)),
  );
  await putLocations(tx, folder.id, rows);
};

const tally = (report: ScanReport, taken: Taken | undefined, title: string, files: readonly LaidFile[]): void => {
  if (taken?.outcome === 'created') report.added++;
  else if (taken?.outcome === 'ambiguous')
    addAmbiguity(
      report,
      { path: files[0]?.path ?? '', title, reason: taken.reason, candidates: taken.candidates },
      files.length,
    );
  else if (taken) report.matched++;
};

const tellAmbiguousSeries = (
  report: ScanReport,
  unit: SeriesUnit,
  { reason, candidates }: Extract<Taken, { outcome: 'ambiguous' }>,
): void => {
  const files = new Set(unit.episodes.flatMap((episode) => episode.files.map(({ path }) => path)));
  addAmbiguity(
    report,
    { path: unit.folder ?? [...files][0] ?? '', title: unit.series.title, reason, candidates },
    files.size,
  );
};
