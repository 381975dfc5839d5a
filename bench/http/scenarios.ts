import { request } from '../load.ts';
import type { Measured } from '../process.ts';
import type { Scenario } from '../rounds.ts';
import type { House } from './house.ts';
import { randomOf } from './words.ts';

const PAGE = 40;
/** Pages of each list that are known by their cursor. */
const PAGES_KNOWN = 100;

/** With random ids or pages, so that no answer is asked for twice in a row. */
export const scenariosOf = (house: House, server: Measured, floor: Measured): Scenario[] => {
  const random = randomOf(7);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const get = (path: string) => request('GET', `/api/v1${path}`, house.token);
  const ready = (next: () => string) => async () => next;
  const pages = (path: string) => async () => {
    const known = (await pagesOf(server, house.token, path)).map(get);
    return () => one(known);
  };
  const item = () => one(house.movies);
  return [
    { name: 'floor', server: floor, begin: ready(() => request('GET', `/items/${item()}`, house.token)) },
    { name: 'item by id', server, begin: ready(() => get(`/items/${item()}`)) },
    { name: 'list page', server, begin: pages(`/items?kind=movie&limit=${PAGE}`) },
    { name: 'continue watching', server, begin: pages(`/me/continue-watching?limit=${PAGE}`) },
    { name: 'next up', server, begin: pages(`/me/next-up?limit=${PAGE}`) },
    { name: 'history page', server, begin: pages(`/me/history?limit=${PAGE}`) },
    { name: 'mark an episode', server, begin: ready(() => markOf(one(house.startedEpisodes), random() < 0.7, house)) },
  ];
};

const markOf = (episode: number, watched: boolean, house: House): string =>
  request('PUT', `/api/v1/items/${episode}/watched`, house.token, { watched });

/**
 * The addresses of a list's first full pages.
 * @throws Error when there is not one: the figures would be of an easier list than they say
 */
const pagesOf = async (server: Measured, token: string, path: string): Promise<string[]> => {
  const pages: string[] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < PAGES_KNOWN; ) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${next}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${next} was answered with ${answer.status}: ${await answer.text()}`);
    const { items, next: cursor } = (await answer.json()) as { items: unknown[]; next: string | null };
    if (items.length === PAGE) pages.push(next);
    next = cursor === null ? undefined : `${path}&cursor=${encodeURIComponent(cursor)}`;
  }
  if (pages.length === 0) throw new Error(`${path} has no page of ${PAGE} entries.`);
  return pages;
};
