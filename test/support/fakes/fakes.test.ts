import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, type Json, stocked } from './asking.ts';
import { type FakeJellyfin, startFakeJellyfin } from './jellyfin/start.ts';

describe('a fake with which something goes wrong', () => {
  let fake: FakeJellyfin;
  beforeEach(async () => {
    fake = await startFakeJellyfin();
  });
  afterEach(async () => {
    expect(fake.violations).toEqual([]);
    await fake.close();
  });

  const items = 'GET /Items?recursive=true&includeItemTypes=Movie,Series&sortBy=DateCreated';

  it('answers with errors as often as it was told, to the requests that were meant', async () => {
    fake.faults.next('busy', { times: 2, on: /\/Items/, retryAfter: 7 });
    expect((await ask(fake, 'GET /Users')).status).toBe(200);
    expect((await ask(fake, items)).headers.get('retry-after')).toBe('7');
    expect((await ask(fake, items)).status).toBe(429);
    expect((await ask(fake, items)).status).toBe(200);
    expect(fake.requests.map(({ fault }) => fault)).toEqual([undefined, 'busy', 'busy', undefined]);
  });

  it('gives pages for people, redirects, and a line that breaks', async () => {
    stocked(fake);
    fake.faults.next('html');
    expect((await ask(fake, items)).text).toContain('<!doctype html>');
    fake.faults.next('redirect', { to: 'http://192.0.2.9/' });
    expect((await ask(fake, items)).headers.get('location')).toBe('http://192.0.2.9/');
    fake.faults.next('cut');
    await expect(ask(fake, items)).rejects.toThrow();
  });

  it('does what it was asked and loses the answer, or does nothing', async () => {
    const { shelf, alice, movie } = stocked(fake);
    const write = `POST /UserFavoriteItems/${movie.id}?userId=${alice.id}`;
    fake.faults.next('hang-up');
    await expect(ask(fake, write)).rejects.toThrow();
    expect(shelf.state(alice, movie).favourite).toBe(false);
    fake.faults.next('lost-answer');
    await expect(ask(fake, write)).rejects.toThrow();
    expect(shelf.state(alice, movie).favourite).toBe(true);
    expect(fake.writes().map(({ path, fault }) => [path, fault])).toEqual([
      [`/UserFavoriteItems/${movie.id}`, 'hang-up'],
      [`/UserFavoriteItems/${movie.id}`, 'lost-answer'],
    ]);
  });

  it('lies in its lists', async () => {
    const { alice, movie } = stocked(fake);
    const read = async () => (await ask(fake, items)).json;
    Object.assign(fake.faults, { longTitle: true, sameIdTwice: true, total: 99 });
    const { Items, TotalRecordCount } = await read();
    expect(Items[0].Name).toHaveLength(400);
    expect(Items.map(({ Id }: Json) => Id)).toEqual([movie.id, movie.id]);
    expect(TotalRecordCount).toBe(99);
    fake.faults.clear();
    fake.faults.withoutIds = true;
    expect((await read()).Items[0]).not.toHaveProperty('Id');
    fake.faults.emptyLibrary = true;
    expect(await read()).toEqual({ Items: [], TotalRecordCount: 0, StartIndex: 0 });
    const views = async () => (await ask(fake, `GET /UserViews?userId=${alice.id}`)).json.TotalRecordCount;
    expect(await views()).toBe(2);
    fake.faults.noLibraries = true;
    expect(await views()).toBe(0);
  });

  it('knows no token any more', async () => {
    const { alice } = stocked(fake);
    const token = fake.signIn(alice);
    fake.expireTokens();
    expect((await ask(fake, items)).status).toBe(401);
    expect((await ask(fake, items, { token })).status).toBe(401);
  });
});
