import type { TSchema } from 'typebox';
import type { Instant } from '#kernel/clock.ts';
import type { RemoteItem, RemoteStanding } from '#sync/media-server.ts';
import { episodeOf, movieOf, songOf } from './items.ts';
import { earliestSince } from './kodi-time.ts';
import { type Listing, readList } from './listing.ts';
import { episodes, firstOfFile, movies, songs } from './lists.ts';
import type { Kodi } from './standing.ts';

/**
 * What was played last since then, and what is in progress: a resume point that another program wrote has no date. Kodi
 * tells no order that it would not have to sort for, so they come in that of their ids, kind by kind.
 */
export async function* readChanged(
  { rpc, zone }: Kodi,
  since: Instant,
  now: Instant,
  signal: AbortSignal,
): AsyncGenerator<RemoteStanding[]> {
  const played = { field: 'lastplayed', operator: 'greaterthan', value: earliestSince(since - MARGIN, now, zone) };
  const begun = { field: 'inprogress', operator: 'true', value: '' };
  const video = { or: [played, begun] };
  for await (const { rows } of readList(rpc, filtered(movies, video), signal)) {
    yield rows.map((row) => standingOf(movieOf(row, zone)));
  }
  // Of several episodes in one file all are in the list or none is.
  const isFirst = firstOfFile();
  for await (const { rows } of readList(rpc, filtered(episodes, video), signal)) {
    yield rows.map((row) => standingOf(episodeOf(row, zone, isFirst(row.file))));
  }
  for await (const { rows } of readList(rpc, filtered(songs, played), signal)) {
    yield rows.map((row) => standingOf(songOf(row, zone)));
  }
}

/** Kodi's dates are whole seconds, and the filter leaves out the second itself. */
const MARGIN = 1000;

const filtered = <S extends TSchema>(list: Listing<S>, filter: object): Listing<S> => ({
  ...list,
  params: { ...list.params, filter },
});

const standingOf = ({ remoteId, state, opinion }: RemoteItem & { state: RemoteStanding['state'] }): RemoteStanding => ({
  remoteId,
  ...(state && { state }),
  ...(opinion && { opinion }),
});
