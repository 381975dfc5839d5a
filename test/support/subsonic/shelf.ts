/** What a fake Subsonic holds: the same for all users. */
export interface Shelf {
  folders: { id: number; name: string }[];
  artists: FakeArtist[];
  albums: FakeAlbum[];
  songs: FakeSong[];
}

export interface FakeArtist {
  id: string;
  name: string;
  musicBrainzId?: string;
}

export interface FakeAlbum {
  id: string;
  name: string;
  artistId?: string;
  year?: number;
  folder: number;
}

export interface FakeSong {
  id: string;
  title: string;
  albumId?: string;
  track: number;
  duration: number;
  path: string;
  folder: number;
  musicBrainzId?: string;
}

/** How one user stands to the shelf. */
export interface FakeState {
  plays: Map<string, { count: number; last: number }>;
  /** When what was starred, by kind and id: `song:1`. */
  stars: Map<string, number>;
  ratings: Map<string, number>;
  bookmarks: Map<string, { position: number; changed: number }>;
  playing: Map<string, number>;
}

export const emptyState = (): FakeState => ({
  plays: new Map(),
  stars: new Map(),
  ratings: new Map(),
  bookmarks: new Map(),
  playing: new Map(),
});

/** Two artists, three albums and one song without an album, in two folders. */
export const smallShelf = (): Shelf => ({
  folders: [
    { id: 1, name: 'Music' },
    { id: 2, name: 'More' },
  ],
  artists: [
    { id: 'ar-1', name: 'Björk', musicBrainzId: '87c5dedd-371d-4a53-9f7f-80522fb7f3cb' },
    { id: 'ar-2', name: 'AC/DC' },
  ],
  albums: [
    { id: 'al-1', name: 'Homogenic', artistId: 'ar-1', year: 1997, folder: 1 },
    { id: 'al-2', name: 'Back in Black', artistId: 'ar-2', year: 1980, folder: 2 },
    { id: 'al-3', name: 'A Compilation', folder: 1 },
  ],
  songs: [
    song('so-1', 'Hunter', 'al-1', 1),
    { ...song('so-2', 'Jóga', 'al-1', 2), musicBrainzId: '0d1f1b6c-6fa4-4a4e-9d31-ab0a4b4ba0a8' },
    { ...song('so-3', 'Hells Bells', 'al-2', 1), folder: 2 },
    song('so-4', 'Someone Else', 'al-3', 1),
    song('so-5', 'Found on a Tape', undefined, 1),
  ],
});

const song = (id: string, title: string, albumId: string | undefined, track: number): FakeSong => ({
  id,
  title,
  ...(albumId ? { albumId } : {}),
  track,
  duration: 200,
  path: `${albumId ?? 'loose'}/${title}.mp3`,
  folder: 1,
});
