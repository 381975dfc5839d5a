import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ImageRole } from '#database/tables/catalog.ts';
import { fromIso, type Instant, MINUTE, type Millis, SECOND } from '#kernel/clock.ts';
import { invalid, messageOf } from '#kernel/errors.ts';
import type { ExternalId, IncomingCredit } from '../incoming.ts';
import { addId, idsOf, linkedIds } from './nfo-ids.ts';
import { genresOf, peopleOf } from './nfo-people.ts';
import { all, attribute, isElement, type NfoElement, numeral, text } from './nfo-xml.ts';

/** What one root element of an NFO file tells (kodi.wiki/view/NFO_files), or what its links do. Absent: not told. */
export interface NfoDocument {
  /** `link`: the file holds addresses of the work on imdb, tmdb or tvdb and no XML. */
  kind: 'movie' | 'series' | 'season' | 'episode' | 'artist' | 'album' | 'link';
  title?: string;
  originalTitle?: string;
  sortTitle?: string;
  overview?: string;
  tagline?: string;
  year?: number;
  releasedAt?: Instant;
  runtimeMs?: Millis;
  contentRating?: string;
  /** Of ten. */
  rating?: number;
  seasonNumber?: number;
  episodeNumber?: number;
  status?: 'continuing' | 'ended';
  collection?: { title: string; externalIds: ExternalId[] };
  externalIds: ExternalId[];
  tags: string[];
  genres?: string[];
  people?: IncomingCredit[];
  images: { role: ImageRole; address: string }[];
}

/** No NFO file that a program wrote is larger, in bytes. */
export const LARGEST_NFO = 5 * 1024 * 1024;
const LONGEST_OVERVIEW = 20_000;

const KINDS: Record<string, NfoDocument['kind']> = {
  movie: 'movie',
  tvshow: 'series',
  season: 'season',
  episodedetails: 'episode',
  artist: 'artist',
  album: 'album',
};

/** Nothing in the document is taken for a number, no entity beyond XML's own five and character numbers is known. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxExpandedLength: LARGEST_NFO },
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 30,
});

/**
 * Reads an NFO file: XML of one or several root elements, addresses of the work, or XML followed by such an address.
 * @throws AppError `invalid` saying what is wrong when it is neither, too large, or defines entities
 */
export const readNfo = (content: string): NfoDocument[] => {
  if (content.length > LARGEST_NFO) throw invalid('The NFO file is larger than 5 MB.');
  const start = content.indexOf('<');
  const end = content.lastIndexOf('>');
  const outside = start < 0 || end < start ? content : content.slice(0, start) + content.slice(end + 1);
  const links = linkedIds(outside);
  if (start < 0 || end < start) return linksAlone(links);
  const documents = documentsIn(parseXml(content.slice(start, end + 1)));
  for (const id of links) for (const document of documents.slice(0, 1)) addId(document.externalIds, id);
  return documents;
};

/** The text of an NFO file: UTF-8 or UTF-16 by its mark, UTF-8 where it is valid, else what old programs wrote (Windows-1252). */
export const decodeNfo = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const linksAlone = (externalIds: ExternalId[]): NfoDocument[] => {
  if (externalIds.length === 0) throw invalid('The NFO file holds neither XML nor an address of the work.');
  return [{ kind: 'link', externalIds, tags: [], images: [] }];
};

const parseXml = (content: string): NfoElement => {
  if (/<!ENTITY/i.test(content)) throw invalid('The NFO file defines entities of its own, which is not allowed.');
  const bare = content
    .replace(/<\?xml[^>]*\?>/gi, '')
    .replace(/<!DOCTYPE[^>[]*>/gi, '')
    .replace(/&(?!(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});)/gi, '&amp;');
  const whole = `<nfo>${bare}</nfo>`;
  const verdict = XMLValidator.validate(whole);
  if (verdict !== true) throw invalid(`The NFO file is not XML: ${verdict.err.msg} (line ${verdict.err.line}).`);
  const root = parsed(whole);
  return isElement(root) && isElement(root.nfo) ? root.nfo : {};
};

const parsed = (content: string): unknown => {
  try {
    return parser.parse(content);
  } catch (error) {
    throw invalid(`The NFO file cannot be read: ${messageOf(error)}.`);
  }
};

/** Kodi's export of a whole library holds the documents below one more element. */
const documentsIn = (root: NfoElement): NfoDocument[] => {
  const inner = Object.entries(root).flatMap(([name, value]) =>
    name === 'videodb'
      ? all(value).flatMap((one) => (isElement(one) ? Object.entries(one) : []))
      : [[name, value] as const],
  );
  return inner.flatMap(([name, value]) => {
    const kind = KINDS[name];
    return kind === undefined ? [] : all(value).flatMap((element) => documentsOf(kind, element));
  });
};

const documentsOf = (kind: NfoDocument['kind'], element: unknown): NfoDocument[] => {
  if (!isElement(element)) return [{ kind, externalIds: [], tags: [], images: [] }];
  const inside = kind === 'series' ? all(element.episodedetails).flatMap((one) => documentsOf('episode', one)) : [];
  return [documentOf(kind, element), ...inside];
};

const documentOf = (kind: NfoDocument['kind'], element: NfoElement): NfoDocument => {
  const released = releasedAt(element);
  const document: NfoDocument = {
    kind,
    externalIds: idsOf(kind, element),
    tags: tagsOf(element),
    images: imagesOf(kind, element),
  };
  return Object.assign(
    document,
    told({
      title: text(element.title ?? element.name),
      originalTitle: text(element.originaltitle),
      sortTitle: text(element.sorttitle),
      overview: text(element.plot ?? element.review ?? element.biography)?.slice(0, LONGEST_OVERVIEW),
      tagline: text(element.tagline),
      year: yearOf(element, released),
      releasedAt: released,
      runtimeMs: runtimeOf(text(element.runtime)),
      contentRating: text(element.mpaa)?.slice(0, 100),
      rating: ratingOf(element),
      // A series counts its seasons and episodes in these elements.
      seasonNumber: kind === 'series' ? undefined : countOf(element.season ?? element.seasonnumber),
      episodeNumber: kind === 'series' ? undefined : countOf(element.episode),
      status: statusOf(text(element.status)),
      collection: collectionOf(element),
      genres: genresOf(element),
      people: peopleOf(kind, element),
    }),
  );
};

/** Without the keys that have no value. */
const told = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

const releasedAt = (element: NfoElement): Instant | undefined => {
  const day = text(element.premiered ?? element.aired ?? element.releasedate);
  return day !== undefined && /^\d{4}-\d{2}-\d{2}/.test(day) ? fromIso(day.slice(0, 10)) : undefined;
};

const yearOf = (element: NfoElement, released: Instant | undefined): number | undefined => {
  const year = countOf(element.year) ?? (released === undefined ? undefined : new Date(released).getUTCFullYear());
  return year !== undefined && year >= 1800 && year <= 2200 ? year : undefined;
};

/** Minutes, as Kodi writes them; "1:42:00" and "95 min" as others do. */
const runtimeOf = (runtime: string | undefined): Millis | undefined => {
  const [, hours, minutes, seconds] = /^(?:(\d{1,2}):)(\d{2})(?::(\d{2}))?$/.exec(runtime ?? '') ?? [];
  if (hours !== undefined) return (Number(hours) * 60 + Number(minutes)) * MINUTE + Number(seconds ?? 0) * SECOND;
  const told = numeral(runtime?.replace(/\s*min\w*\.?$/i, ''));
  return told !== undefined && told > 0 && told < 10_000 ? Math.round(told * MINUTE) : undefined;
};

const countOf = (value: unknown): number | undefined => {
  const count = numeral(text(value));
  return count !== undefined && Number.isInteger(count) && count >= 0 ? count : undefined;
};

const ratingOf = (element: NfoElement): number | undefined => {
  const several = isElement(element.ratings) ? all(element.ratings.rating) : [];
  const chosen = several.find((rating) => attribute(rating, 'default') === 'true') ?? several[0];
  const value = numeral(text(isElement(chosen) ? chosen.value : (element.rating ?? element.communityrating)));
  return value !== undefined && value > 0 && value <= 10 ? value : undefined;
};

const statusOf = (status: string | undefined): NfoDocument['status'] => {
  if (status === undefined) return undefined;
  return /ended|cancel/i.test(status) ? 'ended' : /continuing|returning/i.test(status) ? 'continuing' : undefined;
};

const collectionOf = (element: NfoElement): NfoDocument['collection'] => {
  const set = all(element.set)[0];
  const title = text(isElement(set) && 'name' in set ? set.name : set);
  if (title === undefined) return undefined;
  const id = attribute(set, 'tmdbcolid') ?? text(element.tmdbcolid ?? element.tmdbCollectionId);
  return {
    title: title.slice(0, 500),
    externalIds: id !== undefined && /^\d+$/.test(id) ? [{ provider: 'tmdb', value: id }] : [],
  };
};

const tagsOf = (element: NfoElement): string[] => {
  const tags = all(element.tag).flatMap((tag) => text(tag)?.slice(0, 100) ?? []);
  return [...new Set(tags)].slice(0, 100);
};

/** Kodi's names of artwork and ours. */
const ROLES: Record<string, ImageRole> = {
  poster: 'poster',
  fanart: 'backdrop',
  landscape: 'backdrop',
  clearlogo: 'logo',
  logo: 'logo',
  banner: 'banner',
  discart: 'disc',
  thumb: 'thumb',
};

/** The first of each role: the others are alternatives. Pictures of seasons do not belong to their series. */
const imagesOf = (kind: NfoDocument['kind'], element: NfoElement): NfoDocument['images'] => {
  const thumbs = all(element.thumb).filter((thumb) => attribute(thumb, 'season') === undefined);
  const fanart = all(element.fanart).flatMap((one) => (isElement(one) ? all(one.thumb) : []));
  const byDefault: ImageRole = kind === 'episode' || kind === 'artist' ? 'thumb' : 'poster';
  const found = new Map<ImageRole, string>();
  for (const thumb of thumbs) keepFirst(found, roleOf(attribute(thumb, 'aspect'), byDefault), text(thumb));
  for (const thumb of fanart) keepFirst(found, 'backdrop', text(thumb));
  return [...found].map(([role, address]) => ({ role, address }));
};

/** Aspects that we do not keep ("set.poster", "keyart") have no role. */
const roleOf = (aspect: string | undefined, byDefault: ImageRole): ImageRole | undefined =>
  aspect === undefined ? byDefault : ROLES[aspect];

const keepFirst = (found: Map<ImageRole, string>, role: ImageRole | undefined, address: string | undefined): void => {
  if (role !== undefined && address !== undefined && /^https?:\/\/\S{4,1990}$/.test(address) && !found.has(role))
    found.set(role, address);
};
