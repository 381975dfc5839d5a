import { type Instant, MINUTE, SECOND } from '#kernel/clock.ts';
import type { RemoteSession, RemoteStanding } from '#sync/media-server.ts';
import { Albums, all, Bookmarks, NowPlaying, OneAlbum, Starred } from './answers.ts';
import { type Asked, type Calls, Refusal } from './calls.ts';
import { albumOpinion, artistOpinion, readTime, trackStanding } from './items.ts';
import { sameName } from './sign-in.ts';

/** What the account plays. Servers go on to list what ended long ago; what must be over by now is left out. */
export const playingNow = async (calls: Calls, asked: Asked): Promise<RemoteSession[]> => {
  const { nowPlaying } = await calls.read('getNowPlaying', {}, NowPlaying, asked);
  return all(nowPlaying?.entry)
    .filter(({ username }) => !username || sameName(username, asked.account.remoteId))
    .filter(({ minutesAgo, duration }) => !duration || (minutesAgo ?? 0) * MINUTE <= duration * SECOND + MARGIN)
    .map(({ id, username, positionMs }) => ({
      remoteId: `track:${id}`,
      accountId: username ? asked.account.remoteId : null,
      positionMs: positionMs === undefined || positionMs === null ? null : Math.max(0, Math.round(positionMs)),
    }));
};

/** For pauses, and because minutes are rounded. */
const MARGIN = 2 * MINUTE;

/**
 * What was played, stopped in or starred since. Albums are listed by when they were played last; where a server does not say when
 * that was, the first of them are looked at and all in them that was ever played.
 */
export async function* changesSince(
  calls: Calls,
  since: Instant,
  rated: () => boolean,
  asked: Asked,
): AsyncGenerator<RemoteStanding[]> {
  const given = new Set<string>();
  const fresh = (standings: RemoteStanding[]) =>
    standings.filter(({ remoteId }) => given.size !== given.add(remoteId).size);
  for await (const id of recentAlbums(calls, since, asked)) {
    const { album } = await calls.read('getAlbum', { id }, OneAlbum, asked);
    const songs = all(album?.song).filter(
      ({ played, playCount }) => (readTime(played) ?? (playCount ? since : 0)) >= since,
    );
    const standings = fresh(songs.map((song) => ({ remoteId: `track:${song.id}`, ...trackStanding(song) })));
    if (standings.length > 0) yield standings;
  }
  const { starred2 } = await calls.read('getStarred2', {}, Starred, asked);
  const recent = ({ starred }: { starred?: string | null | undefined }) => (readTime(starred) ?? 0) >= since;
  const starred = fresh([
    ...all(starred2?.song)
      .filter(recent)
      .map((song) => ({ remoteId: `track:${song.id}`, ...trackStanding(song) })),
    ...all(starred2?.album)
      .filter(recent)
      .map((album) => ({ remoteId: `album:${album.id}`, opinion: albumOpinion(album, rated()) })),
    ...all(starred2?.artist)
      .filter(recent)
      .map((artist) => ({ remoteId: `artist:${artist.id}`, opinion: artistOpinion(artist) })),
  ]);
  if (starred.length > 0) yield starred;
  const stopped = fresh(await bookmarkedSince(calls, since, asked));
  if (stopped.length > 0) yield stopped;
}

/** Where someone stopped since; none where the server has no bookmarks. */
const bookmarkedSince = async (calls: Calls, since: Instant, asked: Asked): Promise<RemoteStanding[]> => {
  try {
    const { bookmarks } = await calls.read('getBookmarks', {}, Bookmarks, asked);
    return all(bookmarks?.bookmark)
      .filter(({ changed }) => (readTime(changed) ?? 0) >= since)
      .map(({ entry, position }) => ({
        remoteId: `track:${entry.id}`,
        ...trackStanding({ ...entry, bookmarkPosition: position ?? null }),
      }));
  } catch (error) {
    if (error instanceof Refusal && error.cannot) return [];
    throw error;
  }
};

const ALBUMS = 50;

async function* recentAlbums(calls: Calls, since: Instant, asked: Asked): AsyncGenerator<string | number> {
  for (let offset = 0; ; offset += ALBUMS) {
    const query = { type: 'recent', size: ALBUMS, offset };
    const { albumList2 } = await calls.read('getAlbumList2', query, Albums, asked);
    const albums = all(albumList2?.album);
    for (const { id, played } of albums) {
      if ((readTime(played) ?? since) < since) return;
      yield id;
    }
    if (albums.length < ALBUMS || albums.every(({ played }) => readTime(played) === undefined)) return;
  }
}
