import type { LibraryKind } from '#kernel/media.ts';
import type { RemoteLibrary } from '#sync/media-server.ts';
import { CountAnswer, type View, ViewsAnswer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Session } from './session.ts';
import { plainId } from './units.ts';

type Kind = Exclude<LibraryKind, 'streams'>;

/** What is counted in a library of a kind. */
const counted: Record<Kind, string> = { movies: 'Movie', series: 'Series', music: 'Audio' };

const kinds: Record<string, Kind> = { movies: 'movies', tvshows: 'series', music: 'music' };

/** Kinds that hold nothing of ours, or what stands in another library as well. */
const leftOut = new Set([
  'musicvideos',
  'trailers',
  'boxsets',
  'books',
  'photos',
  'livetv',
  'playlists',
  'folders',
  'games',
]);

/** The libraries that an account sees. Those of no kind, or of one that is not known, are called after what most is in them. */
export const readLibraries = async (
  dialect: Dialect,
  session: Session,
  account: string,
  signal: AbortSignal,
): Promise<RemoteLibrary[]> => {
  const views = await readViews(dialect, session, account, signal);
  const count = (view: View, kind: Kind) => countItems(dialect, session, account, counted[kind], view.Id, signal);
  const read = async (view: View): Promise<RemoteLibrary[]> => {
    const type = view.CollectionType?.toLowerCase() ?? '';
    if (leftOut.has(type)) return [];
    const candidates = kinds[type] ? [kinds[type]] : (Object.keys(counted) as Kind[]);
    const found = await Promise.all(candidates.map(async (kind) => ({ kind, count: await count(view, kind) })));
    const [most] = found.sort((one, other) => other.count - one.count);
    if (!most || (candidates.length > 1 && most.count === 0)) return [];
    return [{ remoteId: plainId(view.Id), name: view.Name?.trim() || most.kind, ...most }];
  };
  return (await Promise.all(views.map(read))).flat();
};

export const readViews = async (
  dialect: Dialect,
  session: Session,
  account: string,
  signal: AbortSignal,
): Promise<View[]> => (await session.getOwn(dialect.views(account), ViewsAnswer, signal)).Items;

const countItems = async (
  dialect: Dialect,
  session: Session,
  account: string,
  type: string,
  library: string,
  signal: AbortSignal,
): Promise<number> => {
  const query = {
    recursive: true,
    includeItemTypes: type,
    parentId: library,
    startIndex: 0,
    limit: 1,
    enableImages: false,
    enableUserData: false,
    ...dialect.lists,
  };
  return (await session.get(dialect.items(account, query), CountAnswer, signal)).TotalRecordCount;
};
