import Type, { type Static, type TSchema } from 'typebox';
import { type Shape, shape } from '../exchange.ts';
import { Limits } from './answers.ts';
import type { KodiRpc } from './rpc.ts';

/** One of Kodi's lists: the method, the name of the list in its answer, and what is asked of each row. */
export interface Listing<S extends TSchema> {
  method: string;
  params: object;
  rows(answer: unknown): Static<S>[];
  shape: Shape<TSchema>;
}

export interface Part<R> {
  rows: R[];
  done: number;
  total: number;
}

/** Rows asked for at a time. */
export const PAGE = 500;

export const listing = <S extends TSchema>(
  method: string,
  name: string,
  row: S,
  properties: string[],
  more: object = {},
): Listing<S> => ({
  method,
  params: { properties, ...more },
  rows: (answer) => (answer as Record<string, Static<S>[] | null | undefined>)[name] ?? [],
  shape: shape(
    Type.Object({ limits: Limits, [name]: Type.Optional(Type.Union([Type.Array(row), Type.Null()])) }) as TSchema,
  ),
});

/**
 * Reads a list from an entry to its end. No order is asked for: Kodi then lets its database cut the page, while for any order it would
 * fetch and sort the whole list anew for each page. Rows come in the order of their ids.
 */
export async function* readList<S extends TSchema>(
  rpc: KodiRpc,
  list: Listing<S>,
  signal: AbortSignal,
  from = 0,
): AsyncGenerator<Part<Static<S>>> {
  for (let start = from; ; start += PAGE) {
    const limits = { start, end: start + PAGE };
    const answer = await rpc.call(list.method, { ...list.params, limits }, list.shape, signal);
    const { total } = (answer as { limits: Static<typeof Limits> }).limits;
    const rows = list.rows(answer);
    yield { rows, done: Math.min(start + rows.length, total), total };
    if (rows.length === 0 || start + PAGE >= total) return;
  }
}
