import type { FakeEmby } from './emby/start.ts';
import type { FakeJellyfin } from './jellyfin/start.ts';

export const AT = Date.UTC(2024, 4, 1, 12, 34, 56);

type Fake = FakeJellyfin | FakeEmby;
export type Json = Record<string, unknown>;

/** Asks with the API key unless another token is given; the answer, and its JSON where it is some. */
export const ask = async (fake: Fake, request: string, options: { body?: object; token?: string } = {}) => {
  const [method = 'GET', path = ''] = request.split(' ');
  const token = options.token ?? fake.apiKey;
  const authorization = `MediaBrowser Token="${token}", Client="x", Device="y", DeviceId="z", Version="1"`;
  const headers = { authorization, ...(options.body && { 'content-type': 'application/json' }) };
  const body = options.body && JSON.stringify(options.body);
  const response = await fetch(`${fake.url}${path}`, { method, headers, redirect: 'manual', ...(body && { body }) });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
};

/** A person, a movie of ten minutes, and a series of a double episode and a special, on a shelf whose clock stands. */
export const stocked = (fake: Fake) => {
  const { shelf } = fake;
  shelf.clock = () => AT;
  const alice = shelf.addUser({ name: 'alice' });
  const movie = shelf.addMovie({ title: 'Big Buck Bunny', year: 2008, ids: { Imdb: 'tt1254207' }, runtimeMs: 600_000 });
  const series = shelf.addSeries({ title: 'Pioneer One', ids: { Tvdb: '170551' } });
  const episode = shelf.addEpisode(series, { season: 1, episode: 4, end: 5 });
  const special = shelf.addEpisode(series, { season: 0, episode: 1 });
  return { shelf, alice, movie, series, episode, special };
};
