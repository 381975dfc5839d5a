import type { Standing } from '#sync/media-server.ts';
import { OneAlbum, OneArtist, OneSong } from './answers.ts';
import { type Asked, type Calls, Refusal } from './calls.ts';
import { albumOpinion, artistOpinion, trackStanding } from './items.ts';

/** The kinds that the API has a name of its own for, each in ids of ours and in parameters. */
export type Shelved = 'artist' | 'album' | 'track';

/** An id of ours taken apart; null: it is none of this vendor's, or made up for what has no home. */
export const idOf = (remoteId: string): { kind: Shelved; id: string } | null => {
  const [, kind, id] = /^(artist|album|track):(.+)$/s.exec(remoteId) ?? [];
  return kind === undefined || id === undefined || id === 'none' ? null : { kind: kind as Shelved, id };
};

/** How an item stands for the account; null: it is not there. */
export const readStanding = async (
  calls: Calls,
  remoteId: string,
  rated: () => boolean,
  asked: Asked,
): Promise<Standing | null> => {
  const named = idOf(remoteId);
  asked.signal.throwIfAborted();
  if (!named) return null;
  try {
    return await readers[named.kind](calls, { id: named.id }, rated, asked);
  } catch (error) {
    if (error instanceof Refusal && error.notFound) return null;
    throw error;
  }
};

type Reader = (calls: Calls, query: { id: string }, rated: () => boolean, asked: Asked) => Promise<Standing | null>;

const readers: Record<Shelved, Reader> = {
  track: async (calls, query, _, asked) => {
    const { song } = await calls.read('getSong', query, OneSong, asked);
    return song ? trackStanding(song) : null;
  },
  album: async (calls, query, rated, asked) => {
    const { album } = await calls.read('getAlbum', query, OneAlbum, asked);
    return album ? { opinion: albumOpinion(album, rated()) } : null;
  },
  artist: async (calls, query, _, asked) => {
    const { artist } = await calls.read('getArtist', query, OneArtist, asked);
    return artist ? { opinion: artistOpinion(artist) } : null;
  },
};
