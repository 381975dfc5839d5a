import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeEmby } from './emby/start.ts';
import { startFakeJellyfin } from './jellyfin/start.ts';
import { FIXTURES } from './openapi.ts';
import type { Shelf } from './shelf.ts';

type Json = Record<string, unknown>;

const recorded = (file: string): Json => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));

/** Of a value and all in it: `Item.Studios[].Id` → `number`. Maps of names that are anyone's are taken as they are. */
const shapeOf = (value: unknown, at = ''): [string, string][] => {
  if (Array.isArray(value)) return value.length === 0 ? [[at, 'array']] : shapeOf(value[0], `${at}[]`);
  if (typeof value !== 'object' || value === null) return [[at, typeof value]];
  if (/(ProviderIds|ImageTags)$/.test(at)) return [[at, 'object']];
  return Object.entries(value).flatMap(([name, one]) => shapeOf(one, at ? `${at}.${name}` : name));
};

/** What is in a recording and in what the fake sent is of one type; and what matters of the recording was sent. */
const expectSameShape = (sent: unknown, recording: Json, matters: RegExp): void => {
  const own = new Map(shapeOf(sent));
  const theirs = shapeOf(recording);
  const both = theirs.filter(([at]) => own.has(at));
  expect(both.map(([at]) => [at, own.get(at)])).toEqual(both);
  expect(theirs.map(([at]) => at).filter((at) => matters.test(at) && !own.has(at))).toEqual([]);
};

const facts = {
  year: 2023,
  premiered: '2023-05-30',
  communityRating: 8.7,
  officialRating: 'PG',
  originalTitle: 'Across',
  overview: 'A plot.',
  genres: ['Animation'],
  ids: { Tmdb: '569094', Imdb: 'tt9362722' },
};

const stock = (shelf: Shelf) => ({
  alice: shelf.addUser({ name: 'alice' }),
  movie: shelf.addMovie({ title: 'Spider-Man', ...facts }),
  episode: shelf.addEpisode(shelf.addSeries({ title: 'Winds' }), { season: 1, episode: 4, end: 5 }, facts),
});

/** Takes what is sent to it. */
const startCatcher = async () => {
  const caught: { type: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    caught.push({ type: request.headers['content-type'] ?? '', text: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, caught, close };
};

let catcher: Awaited<ReturnType<typeof startCatcher>>;
beforeEach(async () => {
  catcher = await startCatcher();
});
afterEach(() => catcher.close());

const last = () => catcher.caught.at(-1) ?? { type: '', text: '' };

describe.skipIf(!existsSync(join(FIXTURES, 'emby/webhook')))('what a real Emby was recorded to send', () => {
  const matters =
    /^(Event|Date|User\.|Server\.|PlaybackInfo\.|Session\.|Item\.(Id|Name|Type|Path|FileName|Size|Container|ProviderIds|RunTimeTicks|IndexNumber|ParentIndexNumber|SeriesId|SeriesName|SeasonId|SeasonName|ProductionYear|DateCreated|PremiereDate|IsFolder|ParentId|MediaType|OriginalTitle)$)/;

  it.each([
    ['playback.stop.movie.json', 'playback.stop', 'movie'],
    ['playback.start.episode.json', 'playback.start', 'episode'],
    ['item.markplayed.movie.SYNTHETIC.json', 'item.markplayed', 'movie'],
  ] as const)('has the shape of what the fake sends: %s', async (file, event, kind) => {
    const fake = await startFakeEmby();
    const { alice: user, [kind]: item } = stock(fake.shelf);
    const notice = event === 'item.markplayed' ? { event, user, item } : { event, user, item, positionMs: 60_000 };
    expect(await fake.sendWebhook(catcher.url, notice)).toBe(204);
    expectSameShape(JSON.parse(last().text), recorded(`emby/webhook/${file}`), matters);
    await fake.close();
  });
});

describe.skipIf(!existsSync(join(FIXTURES, 'jellyfin/webhook')))('what a Jellyfin sends', () => {
  it.each([
    ['UserDataSaved.movie.SendAllProperties.SYNTHETIC.json', { type: 'UserDataSaved' }],
    [
      'PlaybackStop.movie.SendAllProperties.SYNTHETIC.json',
      { type: 'PlaybackStop', positionMs: 60_000, completed: false },
    ],
  ] as const)('has the shape of what the fake sends, as text/plain: %s', async (file, notice) => {
    const fake = await startFakeJellyfin();
    const { alice: user, movie: item } = stock(fake.shelf);
    fake.shelf.watch(user, item);
    await fake.sendWebhook(catcher.url, { ...notice, user, item });
    expect(last().type).toContain('text/plain');
    const matters = /^(?!(Id|Client|LastActivityDate|LastPlaybackCheckIn|RemoteEndPoint)$)/;
    expectSameShape(JSON.parse(last().text), recorded(`jellyfin/webhook/${file}`), matters);
    await fake.close();
  });

  it('is all text in a template, with hyphens in ids', async () => {
    const fake = await startFakeJellyfin();
    const { alice: user, episode: item } = stock(fake.shelf);
    fake.shelf.mark(user, item);
    await fake.sendWebhook(catcher.url, {
      type: 'UserDataSaved',
      user,
      item,
      style: 'template',
      contentType: 'application/json',
    });
    const sent = JSON.parse(last().text);
    expectSameShape(sent, recorded('jellyfin/webhook/UserDataSaved.episode.template-captured.json'), /./);
    expect(sent).toMatchObject({
      Played: 'True',
      PlayedToCompletion: '',
      EpisodeNumber: '4',
      SaveReason: 'TogglePlayed',
    });
    expect(sent.ItemId.replaceAll('-', '')).toBe(item.id);
    await fake.close();
  });

  it("has the shape of the fake's pages and states", async () => {
    const fake = await startFakeJellyfin();
    const { alice, movie, episode } = stock(fake.shelf);
    fake.shelf.setState(alice, movie, { playCount: 1, positionMs: 60_500, lastPlayedAt: Date.UTC(2024, 4, 1) });
    fake.shelf.watch(alice, episode);
    const read = async (path: string) =>
      (await fetch(`${fake.url}${path}`, { headers: { authorization: `MediaBrowser Token="${fake.apiKey}"` } })).json();
    const fields = 'ProviderIds,Path,DateCreated,OriginalTitle,MediaSources';
    const page = (await read(
      `/Items?userId=${alice.id}&recursive=true&includeItemTypes=Movie,Episode&fields=${fields}`,
    )) as { Items: Json[] };
    const theirs = recorded('jellyfin/SYNTHETIC/items_page.json') as { Items: Json[] };
    for (const [index, item] of theirs.Items.entries()) expectSameShape(page.Items[index], item, /./);
    const state = await read(`/UserItems/${movie.id}/UserData?userId=${alice.id}`);
    expectSameShape(state, recorded('jellyfin/SYNTHETIC/user_data_dto.json'), /./);
    await fake.close();
  });
});
