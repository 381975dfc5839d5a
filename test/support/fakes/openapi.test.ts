import { describe, expect, it } from 'vitest';
import { loadOpenApi, type Spoken } from './openapi.ts';

const options = { caseInsensitive: true, commaLists: true } as const;
const jellyfin = loadOpenApi({ document: 'jellyfin/openapi-10.11.8.json', ...options, statuses: [404] });
const emby = loadOpenApi({
  document: 'emby/openapi-4.8.11.json',
  ...options,
  prefixes: ['/emby'],
  closed: true,
  undocumented: ['GET /Users'],
});
const plex = loadOpenApi({ document: 'plex/openapi-pms-1.2.0.json', parameters: [/^X-Plex-/] });

const ID = '0b3f3a5c9d1e4f6a8b7c6d5e4f3a2b1c';
const get = (url: string, responseBody: unknown, rest: Partial<Spoken> = {}): Spoken => ({
  method: 'GET',
  url,
  status: 200,
  contentType: 'application/json; charset=utf-8',
  responseBody,
  ...rest,
});

it('says that it checks nothing where a document is missing', () => {
  const none = loadOpenApi({ document: 'nobody/openapi.json' });
  expect(none.skipped).toContain('nobody/openapi.json');
  expect(none.departures(get('/anything', 1))).toEqual([]);
});

describe.skipIf(jellyfin.skipped)('what is held against the document of Jellyfin', () => {
  const page = (item: object) => ({ Items: [{ Id: ID, ...item }], TotalRecordCount: 1, StartIndex: 0 });

  it('is fine as published, in any case of names, with ids in both forms and nulls where they may be', () => {
    const url = `/items?UserId=${ID}&fields=Path,ProviderIds&LIMIT=5&recursive=true&years=2001,2002`;
    expect(
      jellyfin.departures(get(url, page({ Name: null, UserData: null, DateCreated: '2024-03-04T22:45:04.3646553Z' }))),
    ).toEqual([]);
    expect(jellyfin.departures(get(`/Items/0b3f3a5c-9d1e-4f6a-8b7c-6d5e4f3a2b1c`, { Id: ID }))).toEqual([]);
  });

  it('departs by a path, a method, a parameter or its value', () => {
    expect(jellyfin.departures(get('/Itemz', {}))).toEqual(['GET /Itemz: the document knows no such request']);
    expect(jellyfin.departures(get('/Items', page({}), { method: 'PUT' }))).toHaveLength(1);
    expect(jellyfin.departures(get('/Items?color=red', page({})))).toEqual([
      'GET /Items: parameter color is not known',
    ]);
    expect(jellyfin.departures(get('/Items?limit=many', page({})))[0]).toContain('parameter limit / must be integer');
    expect(jellyfin.departures(get('/Items?fields=Path,Nonsense', page({})))[0]).toContain('parameter fields /1');
  });

  it('departs by a field that is not known or of another type, in answers and requests', () => {
    expect(jellyfin.departures(get('/Items', page({ Colour: 1 })))[0]).toContain('(Colour)');
    expect(jellyfin.departures(get('/Items', page({ UserData: { PlayCount: '1' } })))[0]).toContain(
      'PlayCount must be integer',
    );
    expect(jellyfin.departures(get('/Items', page({ DateCreated: 'yesterday' })))[0]).toContain('date-time');
    const write = { method: 'POST', requestBody: { Played: 'yes' } };
    expect(jellyfin.departures(get(`/UserItems/${ID}/UserData`, {}, write))[0]).toContain(
      'body /Played must be boolean',
    );
  });

  it('departs by a status, but for those that are known beyond the document', () => {
    expect(jellyfin.departures(get('/Items', undefined, { status: 418, contentType: '' }))).toEqual([
      "GET /Items: status 418 is not one of the document's",
    ]);
    expect(jellyfin.departures(get(`/Items/${ID}`, undefined, { status: 404, contentType: '' }))).toEqual([]);
  });
});

describe.skipIf(emby.skipped)('what is held against the document of Emby', () => {
  const views = (item: object) =>
    get('/emby/Users/1/Views?IncludeExternalContent=false', { Items: [item], TotalRecordCount: 1 });

  it('is without the prefix, and closed where the document leaves it open', () => {
    expect(emby.departures(views({ Id: '3' }))).toEqual([]);
    expect(emby.departures(views({ Id: 3 }))[0]).toContain('/Items/0/Id must be string');
    expect(emby.departures(views({ Likes: true }))[0]).toContain('(Likes)');
  });

  it('may be what the document does not name, and must have what it demands', () => {
    expect(emby.departures(get('/Users', []))).toEqual([]);
    expect(emby.departures(get('/Users/1/Views', { Items: [] }))).toEqual([
      'GET /Users/1/Views: parameter IncludeExternalContent is missing',
    ]);
  });
});

describe.skipIf(plex.skipped)('what is held against the document of Plex', () => {
  it('takes the newer language of documents', () => {
    const list = (entry: object) =>
      get('/library/sections/1/all?type=1&X-Plex-Token=x', { MediaContainer: { size: 1, Metadata: [entry] } });
    const movie = { ratingKey: '4', key: '/library/metadata/4', title: 'x', type: 'movie', addedAt: 1 };
    expect(plex.departures(list(movie))).toEqual([]);
    expect(plex.departures(list({ ...movie, addedAt: 'today' }))).not.toEqual([]);
  });
});
