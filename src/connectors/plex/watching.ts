import { type Instant, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { AccountKey, RemotePlay, RemoteSession, RemoteStanding } from '#sync/media-server.ts';
import type { Http } from '../http.ts';
import { History, MetadataPage, type PlexMetadata, type PlexPlay, Sessions } from './answers.ts';
import { tokenHeader } from './hosts.ts';
import { readSections } from './libraries.ts';
import { type List, readPages } from './pages.ts';
import { leafTypes, standingOf } from './standing.ts';
import { instantOf, integerOf, keyOf } from './values.ts';

/** The owner's number on the server itself; everybody else has the one of plex.tv there. */
export const OWNER = '1';

/**
 * What an account plays. Only the owner may ask; where the connection is somebody else's it cannot be known, and nothing
 * is told.
 * @param ids how the server calls the account
 */
export const readPlaying = async (
  http: Http,
  token: string | null,
  account: AccountKey,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<RemoteSession[]> => {
  const rows = await allowed(async () => {
    const answer = await http.get('/status/sessions', { shape: Sessions, headers: tokenHeader(token), signal });
    return answer.MediaContainer.Metadata ?? [];
  }, []);
  return rows.flatMap(({ ratingKey, viewOffset, User }) => {
    const remoteId = keyOf(ratingKey);
    const user = keyOf(User?.id);
    if (remoteId === undefined || user === undefined || !ids.includes(user)) return [];
    return [{ remoteId, accountId: account.remoteId, positionMs: integerOf(viewOffset) ?? null }];
  });
};

/** Whether the connection's credentials are those of the server's owner, who alone may see its accounts. */
export const isOwner = (http: Http, token: string | null, signal: AbortSignal): Promise<boolean> =>
  allowed(async () => {
    await http.send('GET', '/accounts', { headers: tokenHeader(token), signal });
    return true;
  }, false);

const allowed = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectorError && error.fault === 'forbidden') return otherwise;
    throw error;
  }
};

const dated = [
  { section: 'movie', type: 1, field: 'lastViewedAt' },
  { section: 'show', type: 4, field: 'episode.lastViewedAt' },
  { section: 'artist', type: 10, field: 'track.lastViewedAt' },
] as const;

/** What was marked or played since, library by library, newest first. Plex says "after", so a second is added. */
export async function* readChanged(
  http: Http,
  token: string | null,
  since: Instant,
  signal: AbortSignal,
): AsyncGenerator<RemoteStanding[]> {
  const after = Math.floor(since / SECOND) - 1;
  for (const { key, type: section } of await readSections(http, token, signal)) {
    const { type, field } = dated.find((one) => one.section === section) ?? dated[0];
    const query = { type, [`${field}>>`]: after, sort: `${field}:desc` };
    const path = `/library/sections/${key}/all`;
    const list: List<PlexMetadata> = { path, query, shape: MetadataPage, token };
    for await (const { rows } of readPages(http, list, 0, signal)) {
      const changed = rows.flatMap((row) => {
        const [remoteId, standing] = [keyOf(row.ratingKey), standingOf(row)];
        return remoteId !== undefined && standing ? [{ remoteId, ...standing }] : [];
      });
      if (changed.length > 0) yield changed;
    }
  }
}

/**
 * The server's log of sittings, oldest first. Marks by hand are not in it. The owner sees everybody's, so that it is asked
 * by account; of items that were deleted the log no longer says which they were.
 * @param id how the server calls the account; null: not known, and then it is told only its own
 */
export async function* readPlays(
  http: Http,
  token: string | null,
  id: string | null,
  since: Instant | null,
  signal: AbortSignal,
): AsyncGenerator<RemotePlay[]> {
  const query = {
    sort: 'viewedAt:asc',
    accountID: id,
    // Read as `viewedAt>=`: the name of the parameter ends with the sign.
    'viewedAt>': since === null ? null : Math.floor(since / SECOND),
  };
  const list: List<PlexPlay> = { path: '/status/sessions/history/all', query, shape: History, token };
  for await (const { rows } of readPages(http, list, 0, signal)) {
    const plays = rows.flatMap((row): RemotePlay[] => {
      const [remoteId, at] = [keyOf(row.ratingKey), instantOf(row.viewedAt)];
      if (remoteId === undefined || at === undefined || !row.historyKey) return [];
      if (id !== null && keyOf(row.accountID) !== id) return [];
      return leafTypes.includes(row.type ?? 'movie') ? [{ remoteId, key: row.historyKey, at }] : [];
    });
    if (plays.length > 0) yield plays;
  }
}
