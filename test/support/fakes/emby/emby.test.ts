import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT, ask, stocked } from '../asking.ts';
import { type FakeEmby, startFakeEmby } from './start.ts';

describe('the fake Emby', () => {
  let fake: FakeEmby;
  beforeEach(async () => {
    fake = await startFakeEmby();
  });
  afterEach(async () => {
    expect(fake.violations).toEqual([]);
    await fake.close();
  });

  it('has ids that look like numbers, and takes the path with and without /emby', async () => {
    const { alice, movie } = stocked(fake);
    expect(movie.id).toMatch(/^\d+$/);
    for (const prefix of ['', '/emby']) {
      const { json } = await ask(fake, `GET ${prefix}/Users/${alice.id}/Items/${movie.id}`);
      expect(json).toMatchObject({ Id: movie.id, Name: 'Big Buck Bunny' });
    }
  });

  it('tells date and count of plays in lists only if asked', async () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.watch(alice, movie, AT);
    const read = async (fields: string) =>
      (await ask(fake, `GET /Users/${alice.id}/Items?Recursive=true&IncludeItemTypes=Movie&Fields=${fields}`)).json
        .Items[0].UserData;
    expect(await read('Path')).toEqual({ PlaybackPositionTicks: 0, IsFavorite: false, Played: true });
    expect(await read('UserDataLastPlayedDate,UserDataPlayCount')).toMatchObject({
      PlayCount: 1,
      LastPlayedDate: '2024-05-01T12:34:56.0000000Z',
    });
  });

  it('resets what a posted state leaves out', async () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.setState(alice, movie, { played: true, playCount: 2, lastPlayedAt: AT, favourite: true, rating: 8 });
    const { status, text } = await ask(fake, `POST /Users/${alice.id}/Items/${movie.id}/UserData`, {
      body: { PlaybackPositionTicks: 600_000_000 },
    });
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(shelf.state(alice, movie)).toEqual({
      played: false,
      playCount: 0,
      positionMs: 60_000,
      lastPlayedAt: null,
      favourite: false,
      rating: null,
    });
  });

  it('reads dates as yyyyMMddHHmmss alone', async () => {
    const { shelf, alice, movie } = stocked(fake);
    const path = `POST /Users/${alice.id}/PlayedItems/${movie.id}?DatePlayed=`;
    expect((await ask(fake, `${path}2024-05-01T12:34:56Z`)).status).toBe(400);
    expect((await ask(fake, `${path}20240501123456`)).json).toMatchObject({ Played: true, PlayCount: 1 });
    expect(shelf.state(alice, movie).lastPlayedAt).toBe(AT);
  });

  it('has a POST in place of each DELETE', async () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.setState(alice, movie, { played: true, favourite: true, rating: 10 });
    await ask(fake, `POST /Users/${alice.id}/PlayedItems/${movie.id}/Delete`);
    await ask(fake, `POST /Users/${alice.id}/FavoriteItems/${movie.id}/Delete`);
    await ask(fake, `POST /Users/${alice.id}/Items/${movie.id}/Rating/Delete`);
    expect(shelf.state(alice, movie)).toMatchObject({ played: false, favourite: false, rating: null });
  });

  it('tells its people to administrators alone, in pages', async () => {
    const { shelf, alice } = stocked(fake);
    shelf.addUser({ name: 'bob' });
    const { json } = await ask(fake, 'GET /Users/Query?StartIndex=1&Limit=1');
    expect(json).toMatchObject({ TotalRecordCount: 2, Items: [{ Name: 'bob' }] });
    expect((await ask(fake, 'GET /Users/Query', { token: fake.signIn(alice) })).status).toBe(403);
  });

  it('clears a position by a report without a session', async () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.setState(alice, movie, { played: true, positionMs: 60_000 });
    await ask(
      fake,
      `POST /Users/${alice.id}/PlayingItems/${movie.id}/Progress?MediaSourceId=${movie.id}&PositionTicks=0`,
      { body: {} },
    );
    expect(shelf.state(alice, movie)).toMatchObject({ played: true, positionMs: 0 });
  });

  it('is held against the document of its version', async () => {
    const newer = await startFakeEmby({ version: '4.9.1.90' });
    const { alice, movie } = stocked(newer);
    await ask(newer, `GET /Users/${alice.id}/Items/${movie.id}`);
    expect(newer.violations).toEqual([]);
    await newer.close();
  });
});
