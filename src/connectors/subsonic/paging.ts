import { ConnectorError } from '#sync/connector-error.ts';

/** Reads so many rows of a list after the first `offset` ones; fewer only at its end or where the server gives less. */
export type Fetch<R> = (offset: number, count: number) => Promise<R[]>;

export interface Part<R> {
  rows: R[];
  done: number;
  total: number;
}

/** Rows of a page; the API allows no more. */
export const PAGE = 500;

/**
 * Reads lists one after the other, as one. The API does not say how long a list is, so that is found out by asking for
 * single rows: about 30 short requests for 100,000 rows.
 */
export async function* readLists<R>(lists: Fetch<R>[], from: number, who: string): AsyncGenerator<Part<R>> {
  const counted = [];
  for (const list of lists) counted.push({ list, ...(await countRows(list, who)) });
  const total = counted.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  for (const { list, length, first } of counted) {
    for (let offset = Math.max(0, from - before); offset < length; ) {
      const rows = offset === 0 ? first : (await list(offset, PAGE)).slice(0, length - offset);
      offset += rows.length;
      yield { rows, done: before + offset, total };
      if (rows.length === 0) return;
    }
    before += length;
  }
  if (from >= total) yield { rows: [], done: total, total };
}

/** Cuts a list that the server gives as a whole. */
export function* cutList<R>(rows: R[], from: number): Generator<Part<R>> {
  const total = rows.length;
  let done = Math.min(from, total);
  do {
    const part = rows.slice(done, done + PAGE);
    done += part.length;
    yield { rows: part, done, total };
  } while (done < total);
}

/** More than any library holds: a server that still answers there does not look at the offset. */
const LIMIT = 20_000_000;

/** How many rows a list has, with the first of them. Doubles its step until there is none any more, then halves it. */
const countRows = async <R>(list: Fetch<R>, who: string): Promise<{ length: number; first: R[] }> => {
  const has = async (offset: number) => (await list(offset, 1)).length > 0;
  const first = await list(0, PAGE);
  let [some, none] = [first.length - 1, first.length];
  for (let step = PAGE; some >= 0 && (await has(none)); step *= 2) {
    [some, none] = [none, none + step];
    if (none > LIMIT) throw new ConnectorError('bad_answer', `${who} gives the same page of a list again and again.`);
  }
  while (none - some > 1) {
    const middle = Math.floor((some + none) / 2);
    if (await has(middle)) some = middle;
    else none = middle;
  }
  return { length: none, first };
};
