import { describe, expect, test } from 'vitest';
import type { RemoteKind } from '#sync/media-server.ts';
import type { Item } from './answers.ts';
import { externalIdsOf } from './external-ids.ts';
import { itemOf } from './items.ts';
import { standingOf, stateOf } from './standing.ts';

const blank = { PlaybackPositionTicks: 0, PlayCount: 0, IsFavorite: false, Played: false };
const given = (kind: RemoteKind, item: Partial<Item>, library?: string) =>
  itemOf(kind, { Id: '7', UserData: blank, ...item }, library);
const factsOf = (kind: RemoteKind, item: Partial<Item>) => given(kind, item)?.facts;

describe('an entry in our words', () => {
  test('a movie with all that may be told', () => {
    const movie: Partial<Item> = {
      Id: '0B3F3A5C-9D1E-4F6A-8B7C-6D5E4F3A2B1C',
      Name: ' Big Buck Bunny ',
      OriginalTitle: 'Peach',
      Path: '/media/movies/Big Buck Bunny.mkv',
      Overview: 'A giant rabbit.',
      Taglines: ['Hop.'],
      OfficialRating: 'PG',
      Genres: ['Animation', ' '],
      TagItems: [{ Name: 'short', Id: 12 }],
      ProductionYear: 2008,
      PremiereDate: '2008-04-10T00:00:00.0000000Z',
      DateCreated: '2024-03-04T22:45:04.3646553Z',
      RunTimeTicks: 5_960_000_000,
      ProviderIds: { Tmdb: '10378', IMDB: 'TT1254207?lang=en', TmdbCollection: '9' },
      UserData: { ...blank, PlaybackPositionTicks: 2_980_000_000, PlayCount: 1, IsFavorite: true, Rating: 7.5 },
    };
    expect(given('movie', movie, 'F137A2DD21BBC1B99AA5C0F6BF02A805')).toEqual({
      kind: 'movie',
      remoteId: '0b3f3a5c9d1e4f6a8b7c6d5e4f3a2b1c',
      libraryRemoteId: 'F137A2DD21BBC1B99AA5C0F6BF02A805',
      path: '/media/movies/Big Buck Bunny.mkv',
      facts: {
        title: 'Big Buck Bunny',
        originalTitle: 'Peach',
        tagline: 'Hop.',
        overview: 'A giant rabbit.',
        year: 2008,
        releasedAt: Date.UTC(2008, 3, 10),
        runtimeMs: 596_000,
        contentRating: 'PG',
        addedAt: Date.UTC(2024, 2, 4, 22, 45, 4, 364),
        genres: ['Animation'],
        tags: ['short'],
        externalIds: [
          { provider: 'imdb', value: 'tt1254207' },
          { provider: 'tmdb', value: '10378' },
        ],
      },
      state: {
        watched: false,
        playCount: 0,
        lastPlayedAt: null,
        position: { positionMs: 298_000, durationMs: 596_000 },
      },
      opinion: { favourite: true, rating: 7.5 },
    });
  });

  test('a midnight of another zone is the day that it began', () => {
    const day = (PremiereDate: string) => factsOf('movie', { PremiereDate })?.releasedAt;
    expect(day('2023-05-30T16:00:00.0000000Z')).toBe(Date.UTC(2023, 4, 31));
    expect(day('2023-05-31T05:00:00.0000000Z')).toBe(Date.UTC(2023, 4, 31));
    expect(day('2023-05-31')).toBe(Date.UTC(2023, 4, 31));
    expect(day('1902-09-01T00:00:00.0000000Z')).toBe(Date.UTC(1902, 8, 1));
    expect(day('0001-01-01T00:00:00.0000000Z')).toBeUndefined();
  });

  test('episodes: double ones, and those of which a number is missing', () => {
    const place = (item: Partial<Item>) => {
      const facts = given('episode', { SeriesId: '3', ...item })?.facts as unknown as Record<string, unknown>;
      return [facts.seasonNumber, facts.episodeNumber, facts.episodeNumberEnd, facts.absoluteNumber];
    };
    expect(place({ ParentIndexNumber: 1, IndexNumber: 4, IndexNumberEnd: 5 })).toEqual([1, 4, 5, undefined]);
    expect(place({ ParentIndexNumber: 1, IndexNumber: 4, IndexNumberEnd: 4 })).toEqual([1, 4, undefined, undefined]);
    expect(place({ ParentIndexNumber: 0, IndexNumber: 2 })).toEqual([0, 2, undefined, undefined]);
    expect(place({ ParentIndexNumber: 2 })).toEqual([2, undefined, undefined, undefined]);
    expect(place({ IndexNumber: 113 })).toEqual([0, undefined, undefined, 113]);
    expect(place({})).toEqual([0, undefined, undefined, undefined]);
  });

  test('an episode hangs from its series; from nothing where that is not told', () => {
    expect(given('episode', { SeriesId: '3' })).toMatchObject({ parentRemoteId: '3' });
    expect(given('episode', {})).toMatchObject({ parentRemoteId: 'series:none' });
  });

  test('what is not there is not given', () => {
    expect(given('episode', { SeriesId: '3', LocationType: 'Virtual' })).toBeUndefined();
    expect(given('movie', { LocationType: 'Virtual' })).toBeUndefined();
    // A season without a folder of its own is called virtual as well.
    expect(given('season', { SeriesId: '3', IndexNumber: 1, LocationType: 'Virtual' })).toBeDefined();
  });

  test('seasons: names that say no more than the number are none', () => {
    const title = (Name: string, IndexNumber: number) => factsOf('season', { SeriesId: '3', Name, IndexNumber })?.title;
    expect(title('Season 1', 1)).toBe('');
    expect(title('季 01', 1)).toBe('');
    expect(title('Specials', 0)).toBe('');
    expect(title('Season 2', 1)).toBe('Season 2');
    expect(title('Book One: Water', 1)).toBe('Book One: Water');
    expect(given('season', { SeriesId: '3', Name: 'Season Unknown' })).toBeUndefined();
  });

  test('music hangs from made-up homes where its own are not told', () => {
    expect(given('album', { AlbumArtists: [{ Id: '5', Name: 'Miles Davis' }] })).toMatchObject({ parentRemoteId: '5' });
    expect(given('album', {})).toMatchObject({ parentRemoteId: 'artist:none' });
    expect(given('track', { AlbumId: '6', ParentIndexNumber: 2, IndexNumber: 9 })).toMatchObject({
      parentRemoteId: '6',
      facts: { discNumber: 2, trackNumber: 9 },
    });
    expect(given('track', {})).toMatchObject({ parentRemoteId: 'album:none' });
  });

  test('what has no name is called after its id, and no title is longer than 500', () => {
    expect(factsOf('movie', { Type: 'Movie' })?.title).toBe('Movie 7');
    expect(factsOf('movie', { Name: 'x'.repeat(600) })?.title).toHaveLength(500);
  });

  test('a leaf that does not say how it stands is not taken for unwatched', () => {
    expect(() => given('movie', { UserData: null })).toThrow('did not tell how');
    expect(given('series', { UserData: null })).not.toHaveProperty('opinion');
  });
});

describe('how it stands', () => {
  test('played without count or date: at least once, who knows when', () => {
    expect(stateOf({ Played: true }, null)).toEqual({
      watched: true,
      playCount: 1,
      lastPlayedAt: null,
      position: null,
    });
  });

  test('a play that was begun and not finished does not count', () => {
    const begun = { ...blank, PlayCount: 2, LastPlayedDate: '2024-05-01T12:34:56.1234567Z' };
    expect(stateOf(begun, null)).toMatchObject({ watched: false, playCount: 0, lastPlayedAt: 1_714_566_896_123 });
  });

  test('dates without a zone are UTC, the year 1 is never', () => {
    const at = (LastPlayedDate: string) => stateOf({ LastPlayedDate }, null).lastPlayedAt;
    expect(at('2024-05-01T12:34:56')).toBe(Date.UTC(2024, 4, 1, 12, 34, 56));
    expect(at('2024-05-01T12:34:56+02:00')).toBe(Date.UTC(2024, 4, 1, 10, 34, 56));
    expect(at('0001-01-01T00:00:00.0000000Z')).toBeNull();
    expect(at('soon')).toBeNull();
  });

  test('the length is told by the share where the item does not tell it', () => {
    const half = { ...blank, PlaybackPositionTicks: 600_000_000, PlayedPercentage: 50 };
    expect(stateOf(half, null).position).toEqual({ positionMs: 60_000, durationMs: 120_000 });
    expect(stateOf({ ...half, PlayedPercentage: null }, 0).position).toEqual({ positionMs: 60_000, durationMs: null });
  });

  test('containers have an opinion and no state', () => {
    const UserData = { IsFavorite: true, Rating: 8, Played: true, UnplayedItemCount: 0 };
    expect(standingOf({ Id: '1', Type: 'Series', IsFolder: true, UserData })).toEqual({
      opinion: { favourite: true, rating: 8 },
    });
    expect(standingOf({ Id: '1', Type: 'Series' })).toBeNull();
  });
});

test('external ids: any case, only what is one, of the work itself', () => {
  const messy = {
    Imdb: ' tt0133093 ',
    TMDB: 603,
    Tvdb: 'the-matrix',
    TvMaze: '',
    AniDB: '0',
    Zap2It: 'EP01',
    Official: 'x',
  };
  expect(externalIdsOf(messy, 'video')).toEqual([
    { provider: 'imdb', value: 'tt0133093' },
    { provider: 'tmdb', value: '603' },
  ]);
  const uuid = '83D91898-7763-47D7-B03B-B92132375C47';
  expect(externalIdsOf({ MusicBrainzAlbum: uuid, MusicBrainzAlbumArtist: uuid }, 'album')).toEqual([
    { provider: 'musicbrainz-release', value: uuid.toLowerCase() },
  ]);
  expect(externalIdsOf({ MusicBrainzArtist: uuid, MusicBrainzAlbumArtist: uuid }, 'artist')).toHaveLength(1);
  expect(externalIdsOf(null, 'video')).toEqual([]);
});
