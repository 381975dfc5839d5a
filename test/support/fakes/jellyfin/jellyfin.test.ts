import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AT, ask, type Json, stocked } from '../asking.ts';
import { type FakeJellyfin, startFakeJellyfin } from './start.ts';

describe('the fake Jellyfin', () => {
  let fake: FakeJellyfin;
  beforeEach(async () => {
    fake = await startFakeJellyfin();
  });
  afterEach(async () => {
    expect(fake.violations).toEqual([]);
    await fake.close();
  });

  it('counts a play each time that it is marked with a date, and once without', async () => {
    const { alice, movie } = stocked(fake);
    const path = `POST /UserPlayedItems/${movie.id}?userId=${alice.id}`;
    await ask(fake, path);
    const { json: undated } = await ask(fake, path);
    await ask(fake, `${path}&datePlayed=2024-05-02T00:00:00Z`);
    const { json: dated } = await ask(fake, `${path}&datePlayed=2024-05-03T00:00:00Z`);
    expect(undated).toMatchObject({ PlayCount: 1, LastPlayedDate: '2024-05-01T12:34:56.0000000Z' });
    expect(dated).toMatchObject({ PlayCount: 3, LastPlayedDate: '2024-05-03T00:00:00.0000000Z' });
  });

  it('clears the position when something is marked as played, and not when its state is posted', async () => {
    const { shelf, alice, movie, episode } = stocked(fake);
    for (const item of [movie, episode]) shelf.setState(alice, item, { positionMs: 60_000 });
    await ask(fake, `POST /UserPlayedItems/${movie.id}?userId=${alice.id}`);
    await ask(fake, `POST /UserItems/${episode.id}/UserData?userId=${alice.id}`, {
      body: { Played: true, LastPlayedDate: null },
    });
    expect(shelf.state(alice, movie)).toMatchObject({ played: true, positionMs: 0 });
    expect(shelf.state(alice, episode)).toMatchObject({ played: true, positionMs: 60_000, lastPlayedAt: null });
  });

  it('forgets count, date and position of what is marked as unplayed, and keeps opinions', async () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.setState(alice, movie, { played: true, playCount: 3, lastPlayedAt: AT, favourite: true, rating: 8 });
    const { json } = await ask(fake, `DELETE /UserPlayedItems/${movie.id}?userId=${alice.id}`);
    expect(json).toEqual({
      Rating: 8,
      Likes: true,
      PlaybackPositionTicks: 0,
      PlayCount: 0,
      IsFavorite: true,
      Played: false,
      Key: 'tt1254207',
      ItemId: movie.id,
    });
  });

  it('marks all of a series', async () => {
    const { shelf, alice, series, episode, special } = stocked(fake);
    const { json } = await ask(fake, `POST /UserPlayedItems/${series.id}?userId=${alice.id}`);
    expect(json).toMatchObject({ Played: true, UnplayedItemCount: 0 });
    expect([episode, special].map((item) => shelf.state(alice, item).played)).toEqual([true, true]);
  });

  it('tells states only of whom it is asked, and lets people act as themselves alone', async () => {
    const { shelf, alice, movie } = stocked(fake);
    const bob = shelf.addUser({ name: 'bob' });
    const token = fake.signIn(alice);
    expect((await ask(fake, `GET /Items/${movie.id}`)).json).not.toHaveProperty('UserData');
    expect((await ask(fake, `GET /Items/${movie.id}`, { token })).json).toHaveProperty('UserData');
    expect((await ask(fake, `GET /Items/${movie.id}?userId=${bob.id}`, { token })).status).toBe(403);
    expect((await ask(fake, `GET /UserItems/${movie.id}/UserData`)).status).toBe(400);
    expect((await ask(fake, 'GET /Users', { token })).json).toHaveLength(2);
    expect((await ask(fake, 'GET /Library/VirtualFolders', { token })).status).toBe(403);
  });

  it('hides what is in libraries that a person does not see', async () => {
    const { shelf, movie, series } = stocked(fake);
    const carol = shelf.addUser({ name: 'carol', libraries: [series.library] });
    const { json } = await ask(fake, `GET /Items?userId=${carol.id}&recursive=true&includeItemTypes=Movie,Series`);
    expect(json).toMatchObject({ TotalRecordCount: 1, Items: [{ Id: series.id }] });
    expect((await ask(fake, `GET /Items/${movie.id}?userId=${carol.id}`)).status).toBe(404);
  });

  it('shows other things once a person may see other libraries, and knows nobody who left', async () => {
    const { shelf, alice, series } = stocked(fake);
    const count = async () =>
      (await ask(fake, `GET /Items?userId=${alice.id}&recursive=true&includeItemTypes=Movie,Series`)).json
        .TotalRecordCount;
    expect(await count()).toBe(2);
    shelf.grant(alice, [series.library]);
    expect(await count()).toBe(1);
    const token = fake.signIn(alice);
    shelf.removeUser(alice);
    expect((await ask(fake, `GET /UserViews?userId=${alice.id}`)).status).toBe(404);
    expect((await ask(fake, 'GET /Users/Me', { token })).status).toBe(401);
  });

  it('sends only the fields that are asked for, and ignores those that it does not know', async () => {
    const { movie } = stocked(fake);
    const { json } = await ask(fake, `GET /Items?recursive=true&includeItemTypes=Movie&fields=Path`);
    expect(json.Items[0]).toMatchObject({ Id: movie.id, Path: movie.path });
    expect(json.Items[0]).not.toHaveProperty('ProviderIds');
    expect(json.Items[0]).not.toHaveProperty('DateCreated');
  });

  it('tells in its pages what changed since the last, of items and of states, and to each person their own', async () => {
    const { shelf, alice, movie } = stocked(fake);
    const bob = shelf.addUser({ name: 'bob' });
    const read = async (user: { id: string }) => {
      const { json } = await ask(fake, `GET /Items?userId=${user.id}&recursive=true&includeItemTypes=Movie`);
      const [{ Name, UserData }] = json.Items;
      return [Name, UserData.Played];
    };
    expect(await read(alice)).toEqual(['Big Buck Bunny', false]);
    shelf.watch(alice, movie);
    expect(await read(alice)).toEqual(['Big Buck Bunny', true]);
    expect(await read(bob)).toEqual(['Big Buck Bunny', false]);
    shelf.change(movie, { title: 'Small Buck Bunny' });
    expect(await read(alice)).toEqual(['Small Buck Bunny', true]);
  });

  it('gives pages, whose total is their own length when it was not to count', async () => {
    stocked(fake);
    const page = (query: string) =>
      ask(fake, `GET /Items?recursive=true&sortBy=DateCreated&startIndex=1&limit=2${query}`);
    expect((await page('')).json).toMatchObject({ TotalRecordCount: 6, StartIndex: 1, Items: { length: 2 } });
    expect((await page('&enableTotalRecordCount=false')).json).toMatchObject({ TotalRecordCount: 2 });
  });

  it('sorts by the date of the last play, newest first', async () => {
    const { shelf, alice, movie, episode, special } = stocked(fake);
    for (const [day, item] of [movie, special, episode].entries()) shelf.watch(alice, item, AT + day);
    const { json } = await ask(
      fake,
      `GET /Items?userId=${alice.id}&recursive=true&filters=IsPlayed&includeItemTypes=Movie,Episode&sortBy=DatePlayed&sortOrder=Descending`,
    );
    expect(json.Items.map(({ Id }: Json) => Id)).toEqual([episode.id, special.id, movie.id]);
  });

  it('refuses ratings beyond 10, ids that are none, and the old ways to hand over a token', async () => {
    const { alice, movie } = stocked(fake);
    const path = `/UserItems/${movie.id}/UserData?userId=${alice.id}`;
    expect((await ask(fake, `POST ${path}`, { body: { Rating: 11 } })).status).toBe(400);
    expect((await ask(fake, 'GET /Items/nonsense')).status).toBe(400);
    expect((await fetch(`${fake.url}/System/Info`, { headers: { 'x-emby-token': fake.apiKey } })).status).toBe(401);
    expect((await fetch(`${fake.url}/System/Info?ApiKey=${fake.apiKey}`)).status).toBe(200);
  });

  it('takes the old ways before version 12', async () => {
    const old = await startFakeJellyfin({ version: '10.11.8' });
    expect((await fetch(`${old.url}/System/Info`, { headers: { 'x-emby-token': old.apiKey } })).status).toBe(200);
    await old.close();
  });

  it('keeps states of what is removed until it comes back', () => {
    const { shelf, alice, movie } = stocked(fake);
    shelf.watch(alice, movie, AT);
    const { id } = movie;
    shelf.remove(movie);
    expect(shelf.find(id)).toBeUndefined();
    shelf.addAgain(movie);
    expect(movie.id).not.toBe(id);
    expect(shelf.state(alice, movie)).toMatchObject({ played: true, lastPlayedAt: AT });
  });

  it('has other ids after it was rebuilt, and states if they were kept', () => {
    const { shelf, alice, movie, series } = stocked(fake);
    shelf.watch(alice, movie, AT);
    const before = [movie.id, series.id, movie.library.id];
    shelf.rebuild();
    expect([movie.id, series.id, movie.library.id].some((id) => before.includes(id))).toBe(false);
    expect(shelf.state(alice, movie).played).toBe(true);
    shelf.rebuild({ states: 'lost' });
    expect(shelf.state(alice, movie).played).toBe(false);
  });

  it('holds the thresholds against players, and what is played again is not played until its end', () => {
    const { shelf, alice, movie } = stocked(fake);
    const stoppedAt = (positionMs: number) => {
      shelf.stopAt(alice, movie, positionMs, AT);
      const { played, positionMs: kept } = shelf.state(alice, movie);
      return { played, kept };
    };
    expect(stoppedAt(29_000)).toEqual({ played: false, kept: 0 });
    expect(stoppedAt(300_000)).toEqual({ played: false, kept: 300_000 });
    expect(stoppedAt(541_000)).toEqual({ played: true, kept: 0 });
    expect(stoppedAt(300_000)).toEqual({ played: false, kept: 300_000 });
    expect(shelf.state(alice, movie).playCount).toBe(4);
  });

  it('tells people on their own sockets what changed, but for progress', async () => {
    const { shelf, alice, movie } = stocked(fake);
    const frames: { MessageType: string; Data: Json }[] = [];
    const open = (token: string) => {
      const socket = new WebSocket(`${fake.url.replace('http', 'ws')}/socket?ApiKey=${token}&deviceId=x`);
      socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(data)));
      return socket;
    };
    const sockets = [open(fake.signIn(alice)), open(fake.apiKey)];
    await expect.poll(() => frames.length).toBe(2);
    frames.length = 0;
    shelf.play(alice, movie);
    shelf.progress(alice, 120_000);
    fake.notices.libraryChanged({ added: [movie] });
    await expect.poll(() => frames.length).toBe(3);
    expect(frames.map(({ MessageType }) => MessageType)).toEqual([
      'UserDataChanged',
      'LibraryChanged',
      'LibraryChanged',
    ]);
    expect(frames[0]?.Data).toMatchObject({ UserId: alice.id, UserDataList: [{ ItemId: movie.id, PlayCount: 1 }] });
    for (const socket of sockets) socket.close();
    await expect.poll(() => fake.notices.listening).toBe(0);
  });
});
