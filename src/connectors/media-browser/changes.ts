import type { Instant } from '#kernel/clock.ts';
import type { RemoteStanding } from '#sync/media-server.ts';
import type { Query } from '../http.ts';
import { type Item, ItemsAnswer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { types } from './listing.ts';
import type { Session } from './session.ts';
import { standingOf } from './standing.ts';
import { plainId, readInstant } from './units.ts';

/** Entries of a page. Mostly there is one. */
const PAGE = 200;

/**
 * What was played since, newest first; then all that is in progress and all favourites, for neither a moved position nor
 * a star has a date of its own. (`minDateLastSavedForUser` does not do what its name says.)
 */
export async function* changedSince(
  dialect: Dialect,
  session: Session,
  account: string,
  since: Instant,
  signal: AbortSignal,
): AsyncGenerator<RemoteStanding[]> {
  const told = new Set<string>();
  const read = (query: Query) => readAll(dialect, session, account, query, signal);
  for await (const rows of read({ includeItemTypes: leaves, sortBy: 'DatePlayed', sortOrder: 'Descending' })) {
    const recent = rows.filter((row) => playedSince(row, since));
    if (recent.length > 0) yield standingsOf(recent, told);
    if (recent.length < rows.length) break;
  }
  for (const query of [
    { includeItemTypes: leaves, filters: 'IsResumable' },
    { includeItemTypes: Object.values(types).join(','), filters: 'IsFavorite' },
  ]) {
    for await (const rows of read({ ...query, sortBy: 'DateCreated,SortName', sortOrder: 'Ascending' })) {
      const standings = standingsOf(rows, told);
      if (standings.length > 0) yield standings;
    }
  }
}

const leaves = [types.movie, types.episode, types.track].join(',');

const playedSince = ({ UserData }: Item, since: Instant): boolean => {
  const at = readInstant(UserData?.LastPlayedDate);
  return at !== undefined && at >= since;
};

/** Of those that were not told yet. */
const standingsOf = (rows: readonly Item[], told: Set<string>): RemoteStanding[] =>
  rows.flatMap((row) => {
    const remoteId = plainId(row.Id);
    const standing = standingOf(row);
    if (!standing || told.has(remoteId)) return [];
    told.add(remoteId);
    return [{ remoteId, ...standing }];
  });

async function* readAll(
  dialect: Dialect,
  session: Session,
  account: string,
  query: Query,
  signal: AbortSignal,
): AsyncGenerator<Item[]> {
  const always = { recursive: true, enableImages: false, enableUserData: true, ...dialect.lists };
  const fields = dialect.fields.state.length > 0 ? { fields: dialect.fields.state.join(',') } : {};
  for (let startIndex = 0; ; startIndex += PAGE) {
    const page = { ...always, ...fields, ...query, ...dialect.uncounted, startIndex, limit: PAGE };
    const { Items } = await session.getOwn(dialect.items(account, page), ItemsAnswer, signal);
    yield Items;
    if (Items.length < PAGE) return;
  }
}
