import type { Shelf, ShelfItem, ShelfUser } from './shelf.ts';

/** How much of each kind; what is left out is not there. */
export interface Filling {
  movies?: number;
  series?: number;
  /** Of each series. */
  seasons?: number;
  /** Of each season. */
  episodes?: number;
  artists?: number;
  /** Of each artist. */
  albums?: number;
  /** Of each album. */
  tracks?: number;
}

/** Fills a shelf with made-up works that have ids, paths and plots as real ones do. The same each time. */
export const fillShelf = (shelf: Shelf, filling: Filling): void => {
  for (const number of upTo(filling.movies)) shelf.addMovie(movie(number));
  for (const number of upTo(filling.series)) fillSeries(shelf, number, filling);
  for (const number of upTo(filling.artists)) fillArtist(shelf, number, filling);
};

/**
 * Gives a person states of the first so many things that can be played: of ten, eight are watched once, one twice, one is
 * in the middle. Each a minute after the one before.
 */
export const fillStates = (shelf: Shelf, user: ShelfUser, count: number, from = Date.UTC(2024, 5, 1)): ShelfItem[] => {
  const leaves = shelf.items
    .filter(({ kind }) => kind === 'movie' || kind === 'episode' || kind === 'track')
    .slice(0, count);
  for (const [number, item] of leaves.entries()) {
    const lastPlayedAt = from + number * MINUTE;
    const last = number % 10;
    const inside = last === 9 && item.kind !== 'track';
    const state = inside
      ? { played: false, playCount: 1, positionMs: 1_200_000 }
      : { played: true, playCount: last === 8 ? 2 : 1, positionMs: 0 };
    shelf.setState(user, item, { ...state, lastPlayedAt });
  }
  return leaves;
};

const MINUTE = 60_000;

const upTo = (count = 0): number[] => Array.from({ length: count }, (_, index) => index + 1);

const PLOT =
  'Two strangers meet at a crossroads and find that each of them has been looking for the other for years, without knowing it.';

const movie = (number: number) => ({
  title: `Movie ${number}`,
  originalTitle: `Película ${number}`,
  overview: PLOT,
  year: 1950 + (number % 75),
  premiered: `${1950 + (number % 75)}-0${(number % 9) + 1}-15`,
  runtimeMs: 5_400_000 + (number % 60) * MINUTE,
  genres: ['Drama', 'Comedy'],
  officialRating: 'PG-13',
  ids: { Imdb: `tt${String(1_000_000 + number)}`, Tmdb: String(500_000 + number) },
});

const fillSeries = (shelf: Shelf, number: number, { seasons = 1, episodes = 10 }: Filling): void => {
  const series = shelf.addSeries({
    title: `Series ${number}`,
    overview: PLOT,
    year: 1990 + (number % 35),
    genres: ['Drama'],
    ids: { Tvdb: String(70_000 + number), Imdb: `tt${String(5_000_000 + number)}` },
  });
  for (const season of upTo(seasons)) {
    for (const episode of upTo(episodes)) {
      const of = number * 10_000 + season * 100 + episode;
      const runtimeMs = 2_700_000;
      const facts = { title: `Chapter ${season}.${episode}`, overview: PLOT, runtimeMs, ids: { Tvdb: String(of) } };
      shelf.addEpisode(series, { season, episode }, facts);
    }
  }
};

const fillArtist = (shelf: Shelf, number: number, { albums = 1, tracks = 10 }: Filling): void => {
  const artist = shelf.addArtist({ title: `Artist ${number}`, ids: { MusicBrainzArtist: uuid(number) } });
  for (const album of upTo(albums)) {
    const on = shelf.addAlbum(artist, {
      title: `Album ${number}.${album}`,
      year: 1970 + (album % 50),
      ids: { MusicBrainzAlbum: uuid(number * 100 + album) },
    });
    for (const track of upTo(tracks)) {
      const ids = { MusicBrainzTrack: uuid(number * 10_000 + album * 100 + track) };
      shelf.addTrack(on, { disc: 1, track }, { title: `Song ${track}`, ids });
    }
  }
};

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
