import { type Filter, passes } from './filter.ts';

/** A row as Kodi shows it, with everything that it can be asked for. */
export type Row = Record<string, unknown> & { label: string };

interface Title {
  title: string;
  year?: number;
  ids?: Record<string, string>;
  file?: string;
  /** Seconds. */
  runtime?: number;
}

/** State that Kodi keeps by file, shared by all that lies in it. */
interface FileState {
  playcount: number;
  lastplayed: string;
  resume: { position: number; total: number };
}

type Kind = 'movie' | 'episode' | 'song';
const KEY: Record<Kind, string> = { movie: 'movieid', episode: 'episodeid', song: 'songid' };

type ListName = 'movies' | 'tvshows' | 'seasons' | 'episodes' | 'artists' | 'albums' | 'songs';

const LISTS: Record<string, [list: ListName, key: string]> = {
  'VideoLibrary.GetMovies': ['movies', 'movieid'],
  'VideoLibrary.GetTVShows': ['tvshows', 'tvshowid'],
  'VideoLibrary.GetSeasons': ['seasons', 'seasonid'],
  'VideoLibrary.GetEpisodes': ['episodes', 'episodeid'],
  'AudioLibrary.GetArtists': ['artists', 'artistid'],
  'AudioLibrary.GetAlbums': ['albums', 'albumid'],
  'AudioLibrary.GetSongs': ['songs', 'songid'],
};

/** What one entry is asked for and changed by. */
const ENTRIES: Record<string, [list: ListName, key: string]> = {
  Movie: ['movies', 'movieid'],
  TVShow: ['tvshows', 'tvshowid'],
  Season: ['seasons', 'seasonid'],
  Episode: ['episodes', 'episodeid'],
  Artist: ['artists', 'artistid'],
  Album: ['albums', 'albumid'],
  Song: ['songs', 'songid'],
};

const DATE = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** The library of a {@link FakeKodi}: rows in the order of their ids, state by file. */
export class FakeLibrary {
  movies: Row[] = [];
  tvshows: Row[] = [];
  seasons: Row[] = [];
  episodes: Row[] = [];
  artists: Row[] = [];
  albums: Row[] = [];
  songs: Row[] = [];
  /** Kodi's wall clock. */
  clock: () => string = () => '';
  /** Told when a count changed, as Kodi tells over its socket. */
  updated: (notification: { method: string; data: object }) => void = () => {};
  readonly #files = new Map<string, FileState>();
  #next = 1;

  addMovie(movie: Title & { set?: string }): number {
    const movieid = this.#next++;
    const { title, set = '' } = movie;
    this.movies.push({
      ...common(movie),
      movieid,
      label: title,
      title,
      set,
      originaltitle: '',
      sorttitle: '',
      tagline: '',
    });
    return movieid;
  }

  addShow(show: Title): number {
    const tvshowid = this.#next++;
    const { runtime: _, ...row } = common(show);
    this.tvshows.push({ ...row, tvshowid, label: show.title, title: show.title, originaltitle: '', sorttitle: '' });
    return tvshowid;
  }

  addEpisode(tvshowid: number, season: number, episode: number, facts: Title & { firstaired?: string }): number {
    const episodeid = this.#next++;
    this.#keepSeason(tvshowid, season);
    const { year: _, premiered: _premiered, mpaa: _mpaa, tag: _tag, ...row } = common(facts);
    this.episodes.push({
      ...row,
      episodeid,
      tvshowid,
      season,
      episode,
      label: `${season}x${String(episode).padStart(2, '0')}. ${facts.title}`,
      title: facts.title,
      firstaired: facts.firstaired ?? '1970-01-01',
    });
    return episodeid;
  }

  addAlbum(artist: string, title: string, songs: string[]): { artistid: number; albumid: number; songids: number[] } {
    const artistid = this.#next++;
    const albumid = this.#next++;
    const dateadded = '2024-03-01 07:00:00';
    this.artists.push({ artistid, artist, label: artist, dateadded, description: '', musicbrainzartistid: [] });
    this.albums.push({
      albumid,
      label: title,
      title,
      artistid: [artistid],
      year: 1997,
      userrating: 0,
      dateadded,
      musicbrainzalbumid: '',
      musicbrainzreleasegroupid: '',
    });
    const songids = songs.map((song, index) => {
      const songid = this.#next++;
      const file = `/music/${artist}/${title}/${index + 1} ${song}.flac`;
      this.songs.push({
        songid,
        label: song,
        title: song,
        albumid,
        track: index + 1,
        disc: 0,
        duration: 200,
        userrating: 0,
        year: 1997,
        file,
        dateadded,
        musicbrainztrackid: '',
      });
      return songid;
    });
    return { artistid, albumid, songids };
  }

  remove(list: ListName, key: string, id: number): void {
    this[list] = this[list].filter((row) => row[key] !== id) as never;
  }

  /** Gives everything a new id, as a rebuilt library does; state goes with the files. */
  rebuild(): void {
    const shows = new Map<unknown, number>();
    const reversed = <T>(rows: T[]) => [...rows].reverse();
    this.#next = 1;
    this.movies = reversed(this.movies).map((row) => ({ ...row, movieid: this.#next++ }));
    this.#next = 1;
    this.tvshows = reversed(this.tvshows).map((row) => {
      shows.set(row.tvshowid, this.#next);
      return { ...row, tvshowid: this.#next++ };
    });
    this.#next = 1;
    this.seasons = reversed(this.seasons).map((row) => ({
      ...row,
      seasonid: this.#next++,
      tvshowid: shows.get(row.tvshowid),
    }));
    this.#next = 1;
    this.episodes = reversed(this.episodes).map((row) => ({
      ...row,
      episodeid: this.#next++,
      tvshowid: shows.get(row.tvshowid),
    }));
    this.#next = 10_000;
  }

  /** "Mark as watched" on the screen: deletes the resume point. */
  markWatched(kind: Kind, id: number): void {
    const before = this.#state(kind, id);
    this.#keep(kind, id, { playcount: Math.max(1, before.playcount), lastplayed: this.clock(), resume: none() });
  }

  /** "Mark as unwatched" on the screen: forgets date and resume point. */
  markUnwatched(kind: Kind, id: number): void {
    this.#keep(kind, id, { playcount: 0, lastplayed: '', resume: none() });
  }

  /** Playback that was stopped at a second, by Kodi's rules: 180 s at the start, 90 % and 92 % at the end. */
  stopAt(kind: 'movie' | 'episode', id: number, seconds: number): void {
    const before = this.#state(kind, id);
    const total = Number(this.#row(kind, id)?.runtime ?? 0);
    const share = seconds / total;
    const resume = seconds < 180 || share > 0.92 ? none() : { position: seconds, total };
    this.#keep(kind, id, { playcount: before.playcount + (share >= 0.9 ? 1 : 0), lastplayed: this.clock(), resume });
  }

  /** Answers a method; null: invalid parameters; undefined: no such method. */
  call(method: string, params: Record<string, unknown>): unknown {
    const list = LISTS[method];
    if (list) return this.#list(list[0], list[1], params);
    const [, verb, name = ''] = /^(?:Video|Audio)Library\.(Get|Set)(\w+)Details$/.exec(method) ?? [];
    const entry = ENTRIES[name];
    if (!entry) return undefined;
    const [in_, key] = entry;
    const row = this[in_].find((one) => one[key] === params[key]);
    if (!row) return null;
    if (verb === 'Get') return { [`${name.toLowerCase()}details`]: this.#asked(row, in_, key, params) };
    this.#rate(row, params.userrating);
    const kind = name.toLowerCase() as Kind;
    if (kind in KEY) this.#set(kind, Number(row[key]), params);
    return 'OK';
  }

  #list(name: ListName, key: string, params: Record<string, unknown>) {
    const { start = 0, end = -1 } = (params.limits ?? {}) as { start?: number; end?: number };
    const all = this[name].filter((row) => {
      const ofShow = params.tvshowid === undefined || row.tvshowid === params.tvshowid;
      return ofShow && passes(this.#full(row, name), params.filter as Filter | undefined);
    });
    const from = Math.min(start, all.length);
    const to = end < 0 ? all.length : Math.min(end, all.length);
    const rows = all.slice(from, to).map((row) => this.#asked(row, name, key, params));
    return { limits: { start: from, end: Math.max(from, to), total: all.length }, [name]: rows };
  }

  #full(row: Row, name: ListName): Row {
    return { ...row, ...(typeof row.file === 'string' ? this.#shown(row.file, name) : {}) };
  }

  #asked(row: Row, name: ListName, key: string, params: Record<string, unknown>): object {
    const asked = [key, 'label', ...(name === 'artists' ? ['artist'] : []), ...((params.properties ?? []) as string[])];
    const full = this.#full(row, name);
    return Object.fromEntries(asked.filter((one) => one in full).map((one) => [one, full[one]]));
  }

  #shown(file: string, name: ListName): object {
    const { playcount, lastplayed, resume } = this.#files.get(file) ?? unseen();
    if (name === 'tvshows') return {};
    return { playcount, lastplayed, ...(name === 'songs' ? {} : { resume }) };
  }

  /** More than ten is taken and kept as none. */
  #rate(row: Row, stars: unknown): void {
    if (typeof stars === 'number') row.userrating = stars >= 0 && stars <= 10 ? stars : 0;
  }

  #set(kind: Kind, id: number, params: Record<string, unknown>): void {
    const before = this.#state(kind, id);
    const state = { ...before };
    if (typeof params.playcount === 'number') {
      state.playcount = Math.max(0, params.playcount);
      if (params.playcount > 0) state.lastplayed = this.clock();
    }
    // A date of another form is taken and passed over.
    if (params.lastplayed === '' || DATE.test(String(params.lastplayed))) state.lastplayed = String(params.lastplayed);
    const resume = params.resume as { position: number; total?: number } | undefined;
    if (resume && kind !== 'song') {
      state.resume = { position: Math.floor(resume.position), total: Math.floor(resume.total ?? 0) };
    }
    this.#keep(kind, id, state);
    if (state.playcount === before.playcount) return;
    const method = kind === 'song' ? 'AudioLibrary.OnUpdate' : 'VideoLibrary.OnUpdate';
    this.updated({ method, data: { item: { id, type: kind }, playcount: state.playcount } });
  }

  #row(kind: Kind, id: number): Row | undefined {
    const rows = { movie: this.movies, episode: this.episodes, song: this.songs }[kind];
    return rows.find((row) => row[KEY[kind]] === id);
  }

  #state(kind: Kind, id: number): FileState {
    return this.#files.get(String(this.#row(kind, id)?.file)) ?? unseen();
  }

  #keep(kind: Kind, id: number, state: FileState): void {
    this.#files.set(String(this.#row(kind, id)?.file), state);
  }

  #keepSeason(tvshowid: number, season: number): void {
    if (this.seasons.some((row) => row.tvshowid === tvshowid && row.season === season)) return;
    const title = season === 0 ? 'Specials' : `Season ${season}`;
    this.seasons.push({ seasonid: this.#next++, tvshowid, season, label: title, title, userrating: 0 });
  }
}

const none = () => ({ position: 0, total: 0 });
const unseen = (): FileState => ({ playcount: 0, lastplayed: '', resume: none() });

/** An item without ids has no `uniqueid` at all. */
const common = ({ title, year = 0, ids, file, runtime = 3600 }: Title) => ({
  year,
  file: file ?? `/media/${title} (${year})/${title}.mkv`,
  runtime,
  plot: '',
  mpaa: '',
  premiered: year > 0 ? `${year}-06-15` : '1970-01-01',
  dateadded: '2024-03-01 07:00:00',
  userrating: 0,
  tag: [] as string[],
  ...(ids ? { uniqueid: ids } : {}),
});
