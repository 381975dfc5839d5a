// Its own index is written in a way that the compiler cannot follow; the files behind it can be named.
import { LibraryApi } from '@jellyfin/sdk/lib/generated-client/api/library-api.js';
import { Jellyfin } from '@jellyfin/sdk/lib/jellyfin.js';
import { getArtistApi } from '@jellyfin/sdk/lib/utils/api/artist-api.js';
import { getAuthenticationApi } from '@jellyfin/sdk/lib/utils/api/authentication-api.js';
import { getSessionApi } from '@jellyfin/sdk/lib/utils/api/session-api.js';
import { getShowApi } from '@jellyfin/sdk/lib/utils/api/show-api.js';
import { getSystemApi } from '@jellyfin/sdk/lib/utils/api/system-api.js';
import { getUserApi } from '@jellyfin/sdk/lib/utils/api/user-api.js';
import { getUserDataApi } from '@jellyfin/sdk/lib/utils/api/user-data-api.js';
import { getUserViewApi } from '@jellyfin/sdk/lib/utils/api/user-view-api.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeJellyfin, startFakeJellyfin } from './start.ts';

// What the package adds to this one hides its methods from the compiler.
const libraryOf = (api: ReturnType<Jellyfin['createApi']>): LibraryApi =>
  Reflect.construct(LibraryApi, [api.configuration, '', api.axiosInstance]);

const AT = Date.UTC(2024, 4, 1, 12, 34, 56);

/** What Jellyfin's own client can do with a Jellyfin it must be able to do with the fake. */
describe("Jellyfin's own client", () => {
  let fake: FakeJellyfin;
  const sdk = new Jellyfin({ clientInfo: { name: 'Test', version: '1' }, deviceInfo: { name: 'Test', id: 'a-test' } });
  const stocked = () => {
    const alice = fake.shelf.addUser({ name: 'alice', password: 'wonder' });
    const movie = fake.shelf.addMovie({ title: 'Big Buck Bunny', year: 2008, ids: { Imdb: 'tt1254207' } });
    const series = fake.shelf.addSeries({ title: 'Pioneer One', ids: { Tvdb: '170551' } });
    const episode = fake.shelf.addEpisode(series, { season: 1, episode: 4, end: 5 });
    return { alice, movie, series, episode };
  };
  const signedIn = async () => {
    const api = sdk.createApi(fake.url);
    const { data } = await getAuthenticationApi(api).authenticateUserByName({
      authenticateUserByName: { Username: 'alice', Pw: 'wonder' },
    });
    api.update({ accessToken: data.AccessToken });
    return { api, user: data.User };
  };

  beforeEach(async () => {
    fake = await startFakeJellyfin();
  });
  afterEach(async () => {
    expect(fake.violations).toEqual([]);
    await fake.close();
  });

  it('finds the server and the people', async () => {
    const { alice } = stocked();
    const api = sdk.createApi(fake.url, fake.apiKey);
    const { data: info } = await getSystemApi(api).getPublicSystemInfo();
    const { data: users } = await getUserApi(api).getUsers();
    expect(info).toMatchObject({ Id: fake.serverId, ServerName: 'home', ProductName: 'Jellyfin Server' });
    expect(users).toMatchObject([{ Id: alice.id, Name: 'alice', Policy: { IsAdministrator: false } }]);
  });

  it('signs in, and out', async () => {
    const { alice } = stocked();
    const { api, user } = await signedIn();
    expect(user).toMatchObject({ Id: alice.id, Name: 'alice' });
    expect((await getUserApi(api).getCurrentUser()).data.Id).toBe(alice.id);
    await getSessionApi(api).reportSessionEnded();
    await expect(getUserApi(api).getCurrentUser()).rejects.toMatchObject({ response: { status: 401 } });
  });

  it('reads libraries, pages of items, one item, seasons and episodes', async () => {
    const { movie, series, episode } = stocked();
    const { api } = await signedIn();
    const { data: views } = await getUserViewApi(api).getUserViews();
    expect(views.Items).toMatchObject([{ CollectionType: 'movies' }, { CollectionType: 'tvshows' }]);
    const { data: page } = await libraryOf(api).getItems({
      recursive: true,
      includeItemTypes: ['Movie', 'Episode'],
      fields: ['ProviderIds', 'Path'],
      sortBy: ['DateCreated'],
      sortOrder: ['Descending'],
      startIndex: 1,
      limit: 1,
    });
    expect(page).toMatchObject({
      TotalRecordCount: 2,
      StartIndex: 1,
      Items: [{ Id: movie.id, ProviderIds: { Imdb: 'tt1254207' } }],
    });
    const { data: one } = await libraryOf(api).getItem({ itemId: episode.id });
    expect(one).toMatchObject({
      Type: 'Episode',
      ParentIndexNumber: 1,
      IndexNumber: 4,
      IndexNumberEnd: 5,
      SeriesId: series.id,
    });
    const { data: seasons } = await getShowApi(api).getSeasons({ seriesId: series.id });
    const { data: episodes } = await getShowApi(api).getEpisodes({ seriesId: series.id, season: 1 });
    expect(seasons.Items).toMatchObject([{ Type: 'Season', IndexNumber: 1 }]);
    expect(episodes.Items).toMatchObject([{ Id: episode.id }]);
  });

  it('reads music', async () => {
    stocked();
    const artist = fake.shelf.addArtist({ title: 'Nina' });
    const track = fake.shelf.addTrack(
      fake.shelf.addAlbum(artist, { title: 'Silk' }),
      { disc: 1, track: 3 },
      { title: 'Sea' },
    );
    const { api } = await signedIn();
    const { data: artists } = await getArtistApi(api).getAlbumArtists();
    const { data: tracks } = await libraryOf(api).getItems({ recursive: true, includeItemTypes: ['Audio'] });
    expect(artists.Items).toMatchObject([{ Id: artist.id, Name: 'Nina', Type: 'MusicArtist' }]);
    expect(tracks.Items).toMatchObject([
      { Id: track.id, Album: 'Silk', AlbumArtist: 'Nina', ParentIndexNumber: 1, IndexNumber: 3 },
    ]);
  });

  it('marks as played and unplayed, moves positions, gives stars and ratings', async () => {
    const { alice, movie } = stocked();
    const { api } = await signedIn();
    const data = getUserDataApi(api);
    const itemId = movie.id;
    const update = (updateUserItemDataDto: object) => data.updateItemUserData({ itemId, updateUserItemDataDto });

    const { data: played } = await data.markPlayedItem({ itemId, datePlayed: new Date(AT).toISOString() });
    expect(played).toMatchObject({ Played: true, PlayCount: 1, LastPlayedDate: '2024-05-01T12:34:56.0000000Z' });
    await update({ PlaybackPositionTicks: 6_000_000_000, Rating: 7.5 });
    expect(fake.shelf.state(alice, movie)).toMatchObject({ played: true, positionMs: 600_000, rating: 7.5 });
    const { data: resume } = await libraryOf(api).getResumeItems({});
    expect(resume.Items).toMatchObject([
      { Id: itemId, UserData: { PlaybackPositionTicks: 6_000_000_000, Likes: true } },
    ]);
    await data.markFavoriteItem({ itemId });
    await data.deleteUserItemRating({ itemId });
    await data.markUnplayedItem({ itemId });
    const { data: after } = await data.getItemUserData({ itemId });
    expect(after).toEqual({
      PlaybackPositionTicks: 0,
      PlayCount: 0,
      IsFavorite: true,
      Played: false,
      Key: 'tt1254207',
      ItemId: itemId,
    });
    await data.unmarkFavoriteItem({ itemId });
    expect(fake.shelf.state(alice, movie).favourite).toBe(false);
  });

  it('reports what it plays, which is then in the sessions', async () => {
    const { alice, movie } = stocked();
    const { api } = await signedIn();
    const session = getSessionApi(api);
    await session.reportPlaybackStart({ playbackStartInfo: { ItemId: movie.id, PositionTicks: 0 } });
    await session.reportPlaybackProgress({
      playbackProgressInfo: { ItemId: movie.id, PositionTicks: 12_000_000_000, IsPaused: true },
    });
    const { data: sessions } = await session.getSessions();
    expect(sessions).toMatchObject([
      {
        UserId: alice.id,
        NowPlayingItem: { Id: movie.id },
        PlayState: { PositionTicks: 12_000_000_000, IsPaused: true },
      },
    ]);
    await session.reportPlaybackStopped({ playbackStopInfo: { ItemId: movie.id, PositionTicks: 35_000_000_000 } });
    expect(fake.shelf.sessions).toEqual([]);
    expect(fake.shelf.state(alice, movie)).toMatchObject({ played: true, positionMs: 0, playCount: 1 });
  });
});
