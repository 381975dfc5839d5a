import type { House } from './house.ts';
import { request } from './load.ts';
import type { Measured } from './process.ts';
import { randomOf } from './words.ts';

/** One way of asking, with random ids or pages, so that no answer is asked for twice in a row. */
export interface Scenario {
  name: string;
  server: Measured;
  next(): string;
}

const PAGE = 40;
/** Pages of each list that are known by their cursor. */
const PAGES_KNOWN = 100;

export const scenariosOf = async (house: House, server: Measured, floor: Measured): Promise<Scenario[]> => {
  const random = randomOf(7);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const get = (path: string) => request('GET', `/api/v1${path}`, house.token);
  const page = async (path: string) => {
    const pages = (await pagesOf(server, house.token, path)).map(get);
    return () => one(pages);
  };
  const item = () => one(house.movies);
  return [
    { name: 'floor', server: floor, next: () => request('GET', `/items/${item()}`, house.token) },
    { name: 'item by id', server, next: () => get(`/items/${item()}`) },
    { name: 'list page', server, next: await page(`/items?kind=movie&limit=${PAGE}`) },
    { name: 'continue watching', server, next: await page(`/me/continue-watching?limit=${PAGE}`) },
    { name: 'next up', server, next: await page(`/me/next-up?limit=${PAGE}`) },
    { name: 'history page', server, next: await page(`/me/history?limit=${PAGE}`) },
    {
      name: 'mark an episode',
      server,
      next: () =>
        request('PUT', `/api/v1/items/${one(house.startedEpisodes)}/watched`, house.token, { watched: random() < 0.7 }),
    },
  ];
};

/** The addresses of a list's first pages that are full; of a short list there is one. */
const pagesOf = async (server: Measured, token: string, path: string): Promise<string[]> => {
  const pages: string[] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < PAGES_KNOWN; ) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1${next}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!answer.ok) throw new Error(`${next} was answered with ${answer.status}: ${await answer.text()}`);
    const { items, next: cursor } = (await answer.json()) as { items: unknown[]; next: string | null };
    if (items.length === PAGE || pages.length === 0) pages.push(next);
    next = cursor === null ? undefined : `${path}&cursor=${encodeURIComponent(cursor)}`;
  }
  return pages;
};
