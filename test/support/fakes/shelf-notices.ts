import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Shelf, ShelfItem, ShelfUser } from './shelf.ts';
import { ALL_FIELDS, type Wording } from './shelf-pages.ts';
import { Params } from './shelf-query.ts';
import { Refusal, type Tokens } from './shelf-routes.ts';
import { acceptSocket, type FakeSocket, refuseSocket } from './shelf-socket.ts';

/** What a server tells by itself on its web sockets. */
export interface Notices {
  upgrade(request: IncomingMessage, socket: Duplex): void;
  /** How many listen. */
  readonly listening: number;
  /** Tells all that items came, went or changed. */
  libraryChanged(change: { added?: ShelfItem[]; removed?: ShelfItem[]; updated?: ShelfItem[] }): void;
  /** Ends every socket, as a server that is started again does. */
  closeAll(): void;
}

/**
 * Changes of a state are told to the sockets of that person's own tokens alone, and never while it is being played; an
 * API key hears of the libraries only.
 * @param at path of the socket, and the name of the query parameter that holds the token, in lower case
 */
export const createNotices = (
  shelf: Shelf,
  wording: Wording,
  tokens: Tokens,
  { path, tokenName }: { path: string; tokenName: string },
): Notices => {
  const open = new Map<FakeSocket, ShelfUser | null>();
  let count = 0;
  const message = (MessageType: string, Data: unknown) => ({
    MessageId: String(++count).padStart(32, '0'),
    MessageType,
    Data,
  });
  shelf.listen(({ user, item, reason }) => {
    if (reason === 'PlaybackProgress') return;
    const dto = { ...wording.userData(user, item, ALL_FIELDS), ItemId: item.id };
    const told = message('UserDataChanged', { UserId: user.id, UserDataList: [dto] });
    for (const [socket, owner] of open) if (owner === user) socket.send(told);
  });
  const idsOf = (items: ShelfItem[] = []) => items.map(({ id }) => id);
  return {
    upgrade: (request, raw) => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const params = new Params(url.searchParams);
      if (url.pathname.replace(/^\/emby(?=\/)/, '') !== path) return refuseSocket(raw, 404);
      const owner = callerOf(tokens, params.get(tokenName));
      if (!owner) return refuseSocket(raw, 401);
      const socket = acceptSocket(request, raw, () => open.delete(socket));
      open.set(socket, owner.user);
      socket.send(message('ForceKeepAlive', 60));
    },
    get listening() {
      return open.size;
    },
    libraryChanged: ({ added, removed, updated }) => {
      const data = { ItemsAdded: idsOf(added), ItemsRemoved: idsOf(removed), ItemsUpdated: idsOf(updated) };
      for (const socket of open.keys()) socket.send(message('LibraryChanged', { ...data, IsEmpty: false }));
    },
    closeAll: () => {
      for (const socket of open.keys()) socket.close();
    },
  };
};

const callerOf = (tokens: Tokens, token: string | undefined) => {
  try {
    return tokens.caller(token);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};
