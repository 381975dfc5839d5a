import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RemoteItem, RemoteKind } from '#sync/media-server.ts';
import { FIXTURES } from '../../../test/support/fakes/openapi.ts';
import {
  Friends,
  MetadataPage,
  Pin,
  type PlexMetadata,
  Resources,
  Root,
  Sections,
  SharedServers,
  TvUser,
} from './answers.ts';
import { readPlexDelivery } from './delivery.ts';
import { itemOf, plexTypes } from './items.ts';
import { standingOf } from './standing.ts';
import { parseXml } from './xml.ts';

const folder = join(FIXTURES, 'plex');
const recorded = existsSync(folder);
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');
const jsonOf = (path: string) => JSON.parse(textOf(path));
const mocks = 'plex-api.rs-mocks';

const rowsOf = (answer: unknown): PlexMetadata[] => {
  if (!MetadataPage.check(answer)) throw new Error(MetadataPage.fault(answer));
  return answer.MediaContainer.Metadata ?? [];
};
const itemsOf = (kind: RemoteKind, answer: unknown): RemoteItem[] =>
  rowsOf(answer).flatMap((row) => itemOf(kind, row, '1') ?? []);
const only = (kind: RemoteKind, answer: unknown): RemoteItem[] => {
  const items = itemsOf(kind, answer);
  expect(items).toHaveLength(rowsOf(answer).length);
  return items;
};

describe.skipIf(!recorded)(`recorded answers${recorded ? '' : ' (skipped: they are not on this machine)'}`, () => {
  test('a server with agents of old', () => {
    const media = (name: string) => jsonOf(`${mocks}/server/media/${name}.json`);
    const [bunny] = only('movie', media('movie_library'));
    expect(bunny).toMatchObject({
      remoteId: '55',
      path: '/data/Movies/Big Buck Bunny (2008).mkv',
      facts: {
        title: 'Big Buck Bunny',
        year: 2008,
        runtimeMs: 5062,
        releasedAt: Date.UTC(2008, 3, 10),
        addedAt: 1579514088_000,
        genres: ['Animation', 'Comedy'],
        externalIds: [{ provider: 'imdb', value: 'tt1254207' }],
      },
      state: { watched: false, playCount: 0, lastPlayedAt: null, position: null },
      opinion: { rating: null },
    });
    const [hundred] = only('series', media('tv_library'));
    expect(hundred).toMatchObject({
      facts: { sortTitle: '100', externalIds: [{ provider: 'tvdb', value: '268592' }] },
    });
    const [season] = only('season', media('tv_seasons'));
    expect(season).toMatchObject({ parentRemoteId: '22', facts: { title: '', seasonNumber: 1, externalIds: [] } });
    const [pilot] = only('episode', media('tv_episodes'));
    expect(pilot).toMatchObject({
      parentRemoteId: '22',
      facts: { title: 'Pilot', seasonNumber: 1, episodeNumber: 1, externalIds: [] },
    });
    expect(only('artist', media('music_library'))[0]).toMatchObject({ kind: 'artist' });
    expect(only('album', media('music_albums'))[0]).toMatchObject({ remoteId: '157', parentRemoteId: '156' });
    expect(only('track', media('music_tracks'))[0]).toMatchObject({
      parentRemoteId: '157',
      facts: { trackNumber: 1, discNumber: 1, externalIds: [] },
    });
    for (const name of ['metadata_108', 'metadata_161', 'metadata_168']) {
      expect(rowsOf(media(name)).map(({ ratingKey }) => ratingKey)).toEqual([name.slice(9)]);
    }
    for (const name of ['providers_free', 'providers_plexpass']) expect(Root.check(media(name))).toBe(true);
  });

  test('what playing and marking does to a film', () => {
    const states = [1, 2, 3, 4].map((step) => {
      const [row] = rowsOf(jsonOf(`${mocks}/timeline/metadata_182_${step}.json`));
      return standingOf(row!)?.state;
    });
    expect(states).toEqual([
      {
        watched: false,
        playCount: 0,
        lastPlayedAt: 1683736823_000,
        position: { positionMs: 70_000, durationMs: 81_030 },
      },
      {
        watched: false,
        playCount: 0,
        lastPlayedAt: 1683746136_000,
        position: { positionMs: 75_000, durationMs: 81_030 },
      },
      { watched: true, playCount: 1, lastPlayedAt: 1683761882_000, position: null },
      { watched: false, playCount: 0, lastPlayedAt: null, position: null },
    ]);
    expect(MetadataPage.check(jsonOf(`${mocks}/timeline/timeline.json`))).toBe(true);
  });

  test('a server of today', () => {
    const answers = jsonOf('watchstate-plex_data.json') as Record<
      string,
      { response: { http_code: number; body: unknown } }
    >;
    const body = (name: string) => answers[name]!.response.body;
    expect(Sections.check(body('sections_get_200'))).toBe(true);
    expect(Root.check(body('server_info_get_200'))).toBe(true);
    expect(MetadataPage.check(body('server_info_get_500'))).toBe(false);
    expect(only('movie', body('library_movie_get_200'))[0]?.facts.externalIds).toEqual([
      { provider: 'imdb', value: 'tt0000001' },
      { provider: 'tmdb', value: '1' },
      { provider: 'tvdb', value: '1' },
    ]);
    expect(only('series', body('library_show_get_200'))[0]).toMatchObject({ kind: 'series' });
    expect(only('episode', body('library_episodes_get_200'))[0]).toMatchObject({
      path: '/storage/media/tv/Ferengi StandUp Comedy (2002)/Season 01/Ferengi StandUp Comedy (2002) - S01E01.mkv',
    });
    expect(itemsOf('movie', body('playlists_list_get_200')).filter(({ kind }) => kind !== 'movie')).toEqual([]);
    expect(plexTypes.movie.number).toBe(1);
  });

  test('plex.tv', async () => {
    const tv = `${mocks}/myplex/api/v2`;
    expect(Resources.check(jsonOf(`${tv}/resources.json`))).toBe(true);
    for (const name of ['pins_new', 'pins_linked']) expect(Pin.check(jsonOf(`${tv}/${name}.json`))).toBe(true);
    for (const name of ['free', 'plexpass'])
      expect(TvUser.check(jsonOf(`${tv}/user/user_info_${name}.json`))).toBe(true);
    const friends = await parseXml(textOf('home-assistant/plextv_shared_users.xml'));
    if (!Friends.check(friends)) throw new Error(Friends.fault(friends));
    expect(friends.MediaContainer.User?.map(({ id, Server }) => [id, Server?.[0]?.machineIdentifier])).toEqual([
      ['1000', 'unique_id_123'],
      ['1001', 'unique_id_123'],
    ]);
    expect(SharedServers.check(await parseXml('<MediaContainer/>'))).toBe(true);
  });

  test('a webhook', async () => {
    const [head = '', body = ''] = textOf('webhook/media.scrobble.multipart.http').split(/\r?\n\r?\n(.*)/s);
    const contentType = /content-type: (.*)/i.exec(head)?.[1]?.trim() ?? '';
    const crlf = body.replace(/\r?\n/g, '\r\n');
    const notices = await readPlexDelivery({ headers: { 'content-type': contentType }, body: Buffer.from(crlf) });
    expect(notices).toEqual([
      {
        event: 'media.scrobble',
        about: 'state',
        account: { remoteId: '31646104', name: 'Playable' },
        remoteId: '40294',
        serverId: 'xxxx',
      },
    ]);
  });
});
