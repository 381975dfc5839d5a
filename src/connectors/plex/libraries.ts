import { ConnectorError } from '#sync/connector-error.ts';
import type { AccountKey, ItemsQuery, RemoteItem, RemoteKind, RemoteLibrary, RemotePage } from '#sync/media-server.ts';
import type { Http } from '../http.ts';
import { MetadataPage, type PlexMetadata, Sections } from './answers.ts';
import { tokenHeader } from './hosts.ts';
import { itemOf, plexTypes } from './items.ts';
import { countOf, type List, readPages } from './pages.ts';
import { createSpans } from './spans.ts';
import { clip, keyOf, textOf } from './values.ts';

export type TokenOf = (account: AccountKey) => string | null;

export interface PlexSection {
  key: string;
  type: keyof typeof topKinds;
  title: string;
}

/** What a library holds at its top, and which of ours it is. */
const topKinds = {
  movie: { top: 'movie', counted: 'movie', kind: 'movies' },
  show: { top: 'series', counted: 'series', kind: 'series' },
  artist: { top: 'artist', counted: 'track', kind: 'music' },
} as const;

/** The libraries that an account may see and that we know what to do with, always in the same order. */
export const readSections = async (http: Http, token: string | null, signal: AbortSignal): Promise<PlexSection[]> => {
  const { MediaContainer } = await http.get('/library/sections', {
    shape: Sections,
    headers: tokenHeader(token),
    signal,
  });
  return (MediaContainer.Directory ?? [])
    .flatMap(({ key, type, title }) => {
      const id = keyOf(key);
      return id === undefined || !type || !Object.hasOwn(topKinds, type)
        ? []
        : [{ key: id, type: type as PlexSection['type'], title: clip(textOf(title) ?? `Library ${id}`) }];
    })
    .sort((one, other) => Number(one.key) - Number(other.key));
};

export const readLibraries = async (
  http: Http,
  token: string | null,
  signal: AbortSignal,
): Promise<RemoteLibrary[]> => {
  const sections = await readSections(http, token, signal);
  return Promise.all(
    sections.map(async (section) => ({
      remoteId: section.key,
      name: section.title,
      kind: topKinds[section.type].kind,
      count: await countOf(http, listOf(section, topKinds[section.type].counted, token), signal),
    })),
  );
};

/** What Plex would send of each entry and nobody reads: most of its bytes. */
const UNREAD = 'Role,Director,Writer,Producer,Country,Image,UltraBlurColors,Chapter,Marker,Field,Rating,Review,Similar';

/** In the order in which they were added, so that what is added while it is read comes last; ids part equal dates. */
const listOf = (section: PlexSection, kind: RemoteKind, token: string | null): List<PlexMetadata> => ({
  path: `/library/sections/${section.key}/all`,
  query: {
    type: plexTypes[kind].number,
    includeGuids: 1,
    sort: 'addedAt,id',
    excludeElements: UNREAD,
  },
  shape: MetadataPage,
  token,
});

/** All entries of a kind, one library after the other; `from` counts through them all. */
export async function* readItems(
  http: Http,
  { kind, account, libraries, from = 0 }: ItemsQuery,
  tokenOf: TokenOf,
  signal: AbortSignal,
): AsyncGenerator<RemotePage> {
  const token = tokenOf(account);
  const sections = (await readSections(http, token, signal)).filter(
    ({ key, type }) => type === plexTypes[kind].section && (libraries === undefined || libraries.includes(key)),
  );
  const totals = await Promise.all(sections.map((section) => countOf(http, listOf(section, kind, token), signal)));
  const total = () => totals.reduce((sum, count) => sum + count, 0);
  if (total() === 0) yield { items: [], done: 0, total: 0 };
  const read = createReading(http, kind, token, signal);
  let before = 0;
  for (const [at, section] of sections.entries()) {
    const start = Math.max(0, from - before);
    if (start < (totals[at] ?? 0)) {
      for await (const part of readPages(http, listOf(section, kind, token), start, signal)) {
        totals[at] = part.total;
        yield { items: await read(part.rows, section), done: before + part.end, total: total() };
      }
    }
    before += totals[at] ?? 0;
  }
}

/**
 * Turns rows into items; an entry that moved while it was read, and comes twice, is given once.
 * @throws ConnectorError `bad_answer` for an entry without an id and for two of one id: taken for what they are not, or left
 *   out, they would look as if they were gone
 */
const createReading = (http: Http, kind: RemoteKind, token: string | null, signal: AbortSignal) => {
  const given = new Map<string, string>();
  const spans = createSpans((season) => readChildren(http, season, token, signal));
  return async (rows: PlexMetadata[], section: PlexSection): Promise<RemoteItem[]> => {
    const items: RemoteItem[] = [];
    for (const row of rows) {
      const last = kind === 'episode' ? await spans.lastEpisodeOf(row, rows) : undefined;
      if (keyOf(row.ratingKey) === undefined) throw nameless(row);
      const item = itemOf(kind, row, section.key, last);
      if (!item) continue;
      const before = given.get(item.remoteId);
      if (before !== undefined && before !== item.facts.title) throw sameId(before, item);
      if (before !== undefined) continue;
      given.set(item.remoteId, item.facts.title);
      items.push(item);
    }
    return items;
  };
};

const nameless = ({ title, type }: PlexMetadata): ConnectorError =>
  new ConnectorError('bad_answer', `Plex told of an entry without an id: ${quoted(textOf(title) ?? textOf(type))}.`);

const sameId = (before: string, { remoteId, facts }: RemoteItem): ConnectorError =>
  new ConnectorError(
    'bad_answer',
    `Plex told of two entries with the id ${remoteId}: ${quoted(before)} and ${quoted(facts.title)}.`,
  );

const quoted = (title = 'untitled'): string => `"${title.slice(0, 100)}"`;

const readChildren = async (http: Http, key: string, token: string | null, signal: AbortSignal) => {
  const rows: PlexMetadata[] = [];
  const path = `/library/metadata/${key}/children`;
  const list: List<PlexMetadata> = { path, query: {}, shape: MetadataPage, token };
  for await (const part of readPages(http, list, 0, signal)) rows.push(...part.rows);
  return rows;
};
