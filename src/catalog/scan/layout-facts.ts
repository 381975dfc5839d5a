import { fromIso } from '#kernel/clock.ts';
import type { ExternalId, IncomingEpisode, IncomingFacts, IncomingMovie, IncomingSeries } from '../incoming.ts';
import type { NfoDocument } from './nfo.ts';
import type { ParsedName } from './release-name.ts';
import type { SeriesFolder } from './series-folder.ts';

/** What an NFO document tells, in the catalog's words. Its title wins over a name's; ids of both are kept. */
const factsOf = (document: NfoDocument | undefined, title: string, ids: readonly ExternalId[]): IncomingFacts => {
  const {
    kind: _kind,
    rating: _rating,
    seasonNumber: _season,
    episodeNumber: _episode,
    status: _status,
    collection: _set,
    tagline: _line,
    ...told
  } = document ?? { kind: 'link' as const, externalIds: [], tags: [], images: [] };
  return { ...told, title: told.title ?? title, externalIds: joined(told.externalIds, ids) };
};

/** Of one provider the first id counts: the NFO file's before the name's. */
const joined = (first: readonly ExternalId[], second: readonly ExternalId[]): ExternalId[] => [
  ...first,
  ...second.filter(({ provider }) => !first.some((known) => known.provider === provider)),
];

export const movieOf = (parsed: ParsedName, own: readonly NfoDocument[]): IncomingMovie => {
  const document = own.find(({ kind }) => kind === 'movie' || kind === 'link');
  const movie: IncomingMovie = factsOf(document, parsed.title, parsed.ids);
  // A year from the name must not join a title from the NFO that has its own.
  if (movie.year === undefined && parsed.year !== undefined) movie.year = parsed.year;
  if (document?.tagline !== undefined) movie.tagline = document.tagline;
  if (document?.collection) movie.collection = document.collection;
  return movie;
};

export const seriesOf = (parsed: ParsedName, { named, document, folder }: SeriesFolder): IncomingSeries => {
  const useFolder = folder !== null && named !== undefined && named.title !== '';
  const title = useFolder ? named.title : parsed.title;
  const year = (useFolder ? named.year : undefined) ?? parsed.year;
  const ids = useFolder ? [...named.ids, ...(named.seriesIds ?? [])] : (parsed.seriesIds ?? []);
  const series: IncomingSeries = factsOf(document, title, ids);
  if (series.year === undefined && year !== undefined) series.year = year;
  if (document?.status !== undefined) series.status = document.status;
  return series;
};

/** The episodes a file holds: as many as its NFO file tells, else as many as its name. */
export const episodesOf = (parsed: ParsedName, own: readonly NfoDocument[]): IncomingEpisode[] => {
  const told = own.filter(({ kind }) => kind === 'episode');
  const named = namedEpisodes(parsed);
  if (told.length === 0) return named;
  return told.map((document, index) => {
    const place = named[index] ?? named[0];
    const facts = factsOf(document, place?.title ?? '', []);
    const seasonNumber = document.seasonNumber ?? place?.seasonNumber ?? 1;
    const episodeNumber = document.episodeNumber ?? place?.episodeNumber;
    return episodeNumber === undefined
      ? { ...place, ...facts, seasonNumber }
      : { ...facts, seasonNumber, episodeNumber };
  });
};

/** A number without a season is one of season 1 and counts through all: whichever the catalog knows it by fits. */
const namedEpisodes = ({
  season,
  episodes = [],
  absolute = [],
  date,
  episodeTitle,
  ids,
}: ParsedName): IncomingEpisode[] => {
  const releasedAt = date === undefined ? undefined : fromIso(date);
  const day = releasedAt === undefined ? {} : { releasedAt };
  const count = Math.max(episodes.length, absolute.length);
  const title = count <= 1 ? (episodeTitle ?? '') : '';
  const externalIds = count <= 1 ? ids : [];
  if (count === 0) {
    const seasonNumber = season ?? (date === undefined ? 1 : Number(date.slice(0, 4)));
    return [{ title, externalIds, seasonNumber, ...day }];
  }
  return Array.from({ length: count }, (_, index) => {
    const absoluteNumber = absolute[index];
    const episodeNumber = episodes[index] ?? (season === undefined ? absoluteNumber : undefined);
    return {
      title,
      externalIds,
      seasonNumber: season ?? 1,
      ...(episodeNumber === undefined ? {} : { episodeNumber }),
      ...(absoluteNumber === undefined ? {} : { absoluteNumber }),
      ...day,
    };
  });
};
