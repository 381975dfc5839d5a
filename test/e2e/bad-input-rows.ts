import { DAY, toIso } from '#kernel/clock.ts';
import type { ErrorCode } from '#kernel/errors.ts';
import type { Route } from '#kernel/route.ts';
import { type House, LENGTH_MS } from './bad-input-house.ts';

/** A request that is to be refused. */
export interface Case {
  says: string;
  method: Route['method'];
  path: string;
  body?: object | string;
  /** Ada when absent. */
  by?: 'ada' | 'bea' | 'gus' | 'nobody';
  key?: string;
  code: Exclude<ErrorCode, 'unavailable' | 'internal'>;
  /** The field that the answer names; absent: it is about no field. */
  field?: string;
}

/** Ids for the place of a route's first parameter. */
export const addressOf = (house: House, { path }: Pick<Route, 'path'>, id?: string | number): string => {
  const query = path === '/me/data' ? '?kind=movie' : path === '/me/statistics' ? '?by=day' : '';
  return `${path.replace(/:\w+/, String(id ?? idFor(house, path)))}${query}`;
};

const idFor = ({ films, movie, show, own }: House, path: string): number => {
  if (path.startsWith('/libraries/')) return films;
  if (path.startsWith('/me/history/')) return own.kept ?? 0;
  if (path.startsWith('/me/changes/')) return own.change;
  if (path.startsWith('/me/devices/')) return own.device;
  if (path.startsWith('/me/tokens/')) return own.token;
  if (path.endsWith('/:year')) return 2026;
  return /specials|snoozed/.test(path) ? show.series : movie;
};

/** Bodies that would be taken, by the operation; absent: it takes none. */
export const rightBodies = ({ movie, own, clock }: House): Record<string, object> => ({
  setWatched: { watched: true },
  reportProgress: { positionMs: 600_000, durationMs: LENGTH_MS },
  reportPlayback: { event: 'progress', itemId: movie, positionMs: 600_000, durationMs: LENGTH_MS },
  setLibraryThresholds: { lowPercent: 5 },
  addPlay: { itemId: movie },
  correctPlay: { completed: true },
  deletePlays: { playIds: [own.kept] },
  setRating: { rating: 8 },
  snoozeItem: { until: toIso(clock.now() + 7 * DAY) },
  setSpecials: { place: 'after' },
  setGenres: { genres: ['Drama'] },
  setPeople: { people: [{ name: 'Nora', role: 'director' }] },
  updateMe: { timeZone: 'Europe/Berlin' },
  updateMyDevice: { displayName: 'Screen' },
});

/** What only its meaning makes wrong. */
export const casesByMeaning = (house: House): Case[] => [
  ...playingCases(house),
  ...namingCases(house),
  ...markCases(house),
  ...choiceCases(house),
  ...changeCases(house),
  ...othersCases(house),
  ...listCases(house),
  ...settingCases(house),
];

const row =
  (method: Route['method']) =>
  (says: string, path: string, body?: object | string, field?: string, code: Case['code'] = 'invalid'): Case => ({
    says,
    method,
    path,
    code,
    ...(body !== undefined && { body }),
    ...(field !== undefined && { field }),
  });

const put = row('PUT');
const post = row('POST');
const patch = row('PATCH');
const remove = row('DELETE');
const get = (path: string, field?: string, code?: Case['code']) => row('GET')('a reader', path, undefined, field, code);

const playingCases = (house: House): Case[] => {
  const { movie, collection, show, artist, album, films, clock } = house;
  const path = `/items/${movie}/progress`;
  const right = { positionMs: 600_000, durationMs: LENGTH_MS };
  const containers = { series: show.series, season: show.seasons[0]!, collection, artist, album, library: films };
  return [
    put('a length of nothing', path, { ...right, durationMs: 0 }, 'durationMs'),
    put('a position beyond the end', path, { ...right, positionMs: LENGTH_MS * 2 }, 'positionMs'),
    put('a position beyond the length in the catalog', path, { positionMs: LENGTH_MS * 3 }, 'positionMs'),
    put('a hundred days and more', path, { positionMs: 8_640_000_001 }, 'positionMs'),
    put('more than any number', path, '{"positionMs": 1e400}', 'positionMs'),
    put('an empty method', path, { ...right, method: '' }, 'method'),
    post(
      'a position beyond the end',
      '/me/playback',
      { ...right, event: 'progress', itemId: movie, positionMs: LENGTH_MS * 2 },
      'positionMs',
    ),
    post(
      'credits beyond the end',
      '/me/playback',
      {
        ...right,
        event: 'progress',
        itemId: movie,
        creditsStartMs: LENGTH_MS * 2,
      },
      'creditsStartMs',
    ),
    ...Object.entries(containers).flatMap(([kind, id]) => [
      put(`a ${kind}`, `/items/${id}/progress`, right),
      post(`a ${kind}`, '/me/playback', { ...right, event: 'progress', itemId: id }),
      post(`a play of a ${kind}`, '/me/history', { itemId: id }),
      put(`a hidden ${kind}`, `/items/${id}/hidden`),
    ]),
    ...Object.entries({ artist, album, library: films }).flatMap(([kind, id]) => [
      put(`a dropped ${kind}`, `/items/${id}/dropped`),
      put(`a snoozed ${kind}`, `/items/${id}/snoozed`, { until: toIso(clock.now() + DAY) }),
    ]),
    ...Object.entries({ collection, artist, album, library: films }).flatMap(([kind, id]) => [
      post(`beginning a ${kind} anew`, `/items/${id}/start-over`),
      remove(`beginning a ${kind} anew`, `/items/${id}/start-over`),
      put(`specials of a ${kind}`, `/items/${id}/specials`, { place: 'never' }),
    ]),
  ];
};

const namingCases = ({ movie, gone }: House): Case[] => {
  const right = { event: 'progress', positionMs: 600_000, durationMs: LENGTH_MS };
  const post_ = (says: string, name: object, field?: string, code?: Case['code']) =>
    post(says, '/me/playback', { ...right, ...name }, field, code);
  const imdb = (value: string) => [{ provider: 'imdb', value }];
  return [
    post_('no item at all', {}, 'itemId'),
    post_('an item that is gone', { itemId: gone }, undefined, 'not_found'),
    post_('an external id nobody knows', { kind: 'movie', externalIds: imdb('tt9999999') }, undefined, 'not_found'),
    post_('external ids without a kind', { externalIds: imdb('tt0133093') }, 'kind'),
    post_('what is no external id', { kind: 'movie', externalIds: imdb('nonsense') }, 'externalIds.0'),
    post_('no external ids', { externalIds: [] }, 'externalIds'),
    post_(
      'a season without an episode',
      { kind: 'series', externalIds: imdb('tt0133093'), seasonNumber: 1 },
      'episodeNumber',
    ),
    post_('a place beside an item', { itemId: movie, seasonNumber: 1, episodeNumber: 1 }, 'itemId'),
    post_('a device without a key', { itemId: movie, device: { name: 'TV', kind: 'tv' } }, 'device.key'),
    post_('a device of no kind', { itemId: movie, device: { key: 'k', name: 'TV', kind: 'toaster' } }, 'device.kind'),
    post_(
      'a device that is somebody',
      { itemId: movie, device: { key: 'k', name: 'TV', kind: 'tv', userId: 2 } },
      'device.userId',
    ),
  ];
};

const markCases = ({ movie, others }: House): Case[] => {
  const path = `/items/${movie}/rating`;
  return [
    put("another's device", `/items/${movie}/watched`, { watched: true, deviceUserId: others.device }, 'deviceUserId'),
    ...[0, -1, 10.5].map((rating) => put(`the rating ${rating}`, path, { rating }, 'rating')),
    put('neither a rating nor a review', path, {}),
    put('a long review', path, { review: 'x'.repeat(10_001) }, 'review'),
  ];
};

const choiceCases = ({ movie, show, clock }: House): Case[] => {
  const snoozed = `/items/${show.series}/snoozed`;
  const until = toIso(clock.now() + DAY);
  return [
    put('neither a date nor a new episode', snoozed, {}, 'until'),
    put('both a date and a new episode', snoozed, { until, untilNew: true }, 'until'),
    put('not until a new episode', snoozed, { untilNew: false }, 'untilNew'),
    put('eleven years', snoozed, { until: toIso(clock.now() + 4020 * DAY) }, 'until'),
    put('new episodes of a movie', `/items/${movie}/snoozed`, { untilNew: true }, 'untilNew'),
    put('specials of a movie', `/items/${movie}/specials`, { place: 'never' }),
  ];
};

const changeCases = ({ movie, shows, own, gone, clock }: House): Case[] => {
  const play = `/me/history/${own.kept}`;
  const tomorrow = toIso(clock.now() + DAY);
  return [
    patch('a play that was taken out', `/me/history/${own.taken}`, { completed: true }, undefined, 'not_found'),
    remove('a play that was taken out', `/me/history/${own.taken}`, undefined, undefined, 'not_found'),
    patch('no day', play, { date: '2025-02-30' }, 'date'),
    patch('a year to come', play, { date: '9999' }, 'date'),
    patch('the year 1970', play, { date: '1970' }, 'date'),
    patch('two dates', play, { date: '2024', startedAt: toIso(clock.now()) }, 'date'),
    patch('a day that is a month', play, { date: '2024-05', precision: 'day' }, 'precision'),
    patch('a date that is unknown', play, { date: '2024', precision: 'unknown' }, 'precision'),
    patch('a precision of nothing', play, { precision: 'month' }, 'precision'),
    patch('a huge time', play, { watchedMs: 1e300 }, 'watchedMs'),
    patch('nothing to correct', play, {}),
    post('an item that is gone', '/me/history', { itemId: gone }, undefined, 'not_found'),
    post('an item that never was', '/me/history', { itemId: 999_999_999 }, undefined, 'not_found'),
    post('no plays', '/me/history/delete', { playIds: [] }, 'playIds'),
    post('too many plays', '/me/history/delete', { playIds: Array.from({ length: 201 }, (_, n) => n + 1) }, 'playIds'),
    post('a play that is none', '/me/history/delete', { playIds: [own.kept, -1] }, 'playIds.1'),
    post('a play taken out already', '/me/history/delete', { playIds: [own.kept, own.taken] }, undefined, 'not_found'),
    post('a change taken back already', `/me/changes/${own.change}/undo`, undefined, undefined, 'conflict'),
    remove(
      'a period that ends before it begins',
      `/me/history?from=${tomorrow}&to=2020-01-01T00:00:00Z`,
      undefined,
      'to',
    ),
    remove('a library that never was', '/me/history?libraryId=999999999', undefined, undefined, 'not_found'),
    remove('what is no library', `/me/history?libraryId=${movie}`, undefined, undefined, 'not_found'),
    {
      ...remove('a library she may not see', `/me/history?libraryId=${shows}`, undefined, undefined, 'not_found'),
      by: 'bea',
    },
  ];
};

/** Bea is no admin, and Ada not Bea: each asks for what belongs to the other. */
const othersCases = ({ own, others }: House): Case[] => {
  const by = (who: 'ada' | 'bea', { plays: [play], device, token, change }: House['others']): Case[] =>
    [
      patch("another's play", `/me/history/${play}`, { completed: true }, undefined, 'not_found'),
      remove("another's play", `/me/history/${play}`, undefined, undefined, 'not_found'),
      post("another's play", '/me/history/delete', { playIds: [play] }, undefined, 'not_found'),
      post("another's change", `/me/changes/${change}/undo`, undefined, undefined, 'not_found'),
      remove("another's token", `/me/tokens/${token}`, undefined, undefined, 'not_found'),
      get(`/me/history?deviceUserId=${device}`, undefined, 'not_found'),
    ].map((one) => ({ ...one, by: who }));
  return [
    ...by('ada', others),
    ...by('bea', own),
    {
      ...patch("another's device", `/me/devices/${own.device}`, { isolation: 'silo' }, undefined, 'not_found'),
      by: 'bea',
    },
    post('plays of two people', '/me/history/delete', { playIds: [own.kept, others.plays[0]] }, undefined, 'not_found'),
  ];
};

const listCases = ({ shows }: House): Case[] => [
  get('/me/data', 'kind'),
  get('/me/data?kind=movie&offset=10001', 'offset'),
  get('/me/history?kind=channel', 'kind'),
  get('/me/statistics', 'by'),
  get('/me/statistics?by=day&from=2026-01-02&to=2026-01-01', 'to'),
  get('/me/statistics?by=day&libraryId=999999999', undefined, 'not_found'),
  { ...get(`/me/statistics?by=day&libraryId=${shows}`, undefined, 'not_found'), by: 'bea' },
  ...['20260', '1899', '-1', 'x', '2026.5', 'NaN'].map((year) => get(`/me/statistics/years/${year}`, 'year')),
  get('/me/new?days=366', 'days'),
];

const settingCases = ({ films, movie, show }: House): Case[] => {
  const thresholds = `/libraries/${films}/thresholds`;
  const people = `/items/${movie}/people`;
  return [
    put('what is no library', `/libraries/${movie}/thresholds`, { lowPercent: 5 }, undefined, 'not_found'),
    put('a share over all', thresholds, { highPercent: 101 }, 'highPercent'),
    put('a high share below the low', thresholds, { highPercent: 40 }, 'highPercent'),
    patch('no zone', '/me', { timeZone: 'Mars/Olympus' }, 'timeZone'),
    patch('no text', '/me', { timeZone: '' }, 'timeZone'),
    patch('a role of my own', '/me', { timeZone: 'UTC', role: 'admin' }, 'role'),
    put('a genre without a name', `/items/${movie}/genres`, { genres: ['Drama', ' '] }, 'genres.1'),
    put('51 genres', `/items/${movie}/genres`, { genres: Array.from({ length: 51 }, (_, n) => `g${n}`) }, 'genres'),
    put('somebody without a name', people, { people: [{ role: 'actor' }] }, 'people.0.name'),
    put('an unknown part', people, { people: [{ name: 'Nora', role: 'cook' }] }, 'people.0.role'),
    put(
      'a nameless character',
      people,
      { people: [{ name: 'Nora', role: 'actor', character: '' }] },
      'people.0.character',
    ),
    patch('another mode', `/me/devices/${show.series}`, { isolation: 'whisper' }, 'isolation'),
  ];
};
