import type { TUnsafe } from 'typebox';
import { MINUTE, type Millis } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Shape } from '../exchange.ts';
import type { Http, Query } from '../http.ts';
import { tokenHeader } from './hosts.ts';
import { integerOf } from './values.ts';

/** Entries asked for at a time. A server may give fewer. */
export const PAGE = 500;

/** A list with rows of one sort, and how it is asked for. */
export interface List<R> {
  path: string;
  query: Query;
  shape: Shape<TUnsafe<Paged<R>>>;
  token: string | null;
}

export interface Part<R> {
  rows: R[];
  /** Where in the list the next ones begin. */
  end: number;
  total: number;
}

interface Paged<R> {
  MediaContainer: { totalSize?: Told; offset?: Told; Metadata?: R[] | null };
}
type Told = number | string | null;

/** Making a page of a large library takes a slow machine its time. */
const TIME_LIMIT: Millis = 2 * MINUTE;

/**
 * Reads a list from an entry on, page by page. Plex does as it likes with a page: it may give fewer entries than were
 * asked for, or the whole list, so that each answer is asked where it begins.
 */
export async function* readPages<R>(
  http: Http,
  list: List<R>,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<Part<R>> {
  for (let start = from; ; ) {
    const { rows, offset, total } = await readPart(http, list, start, PAGE, signal);
    if (offset > start) {
      throw new ConnectorError('bad_answer', `Plex gave entries from ${offset} on where ${start} was asked for.`);
    }
    const fresh = rows.slice(start - offset);
    const end = start + fresh.length;
    yield { rows: fresh, end, total };
    if (fresh.length === 0 || end >= total) return;
    start = end;
  }
}

/** How many entries a list has, asked with a page of none. */
export const countOf = async <R>(http: Http, list: List<R>, signal: AbortSignal): Promise<number> =>
  (await readPart(http, list, 0, 0, signal)).total;

const readPart = async <R>(
  http: Http,
  { path, query, shape, token }: List<R>,
  start: number,
  size: number,
  signal: AbortSignal,
): Promise<{ rows: R[]; offset: number; total: number }> => {
  // Some versions read the one, some the other.
  const paging = { 'X-Plex-Container-Start': String(start), 'X-Plex-Container-Size': String(size) };
  const { MediaContainer } = await http.get(path, {
    shape,
    query: { ...query, ...paging },
    headers: { ...tokenHeader(token), ...paging },
    signal,
    timeLimitMs: TIME_LIMIT,
  });
  const rows = MediaContainer.Metadata ?? [];
  const total = integerOf(MediaContainer.totalSize);
  // What tells neither where it begins nor how long the list is, is the whole list.
  const offset = integerOf(MediaContainer.offset) ?? (total === undefined ? 0 : start);
  return { rows, offset, total: Math.max(0, total ?? offset + rows.length) };
};
