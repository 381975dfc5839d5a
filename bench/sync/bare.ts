import { createJellyfinConnector } from '#connectors/media-browser/jellyfin.ts';
import { systemClock } from '#kernel/clock.ts';
import type { AccountKey, MediaServer } from '#sync/media-server.ts';
import type { Remote } from './task.ts';

/** How many entries the engine writes side by side. */
const AT_ONCE = 4;
const never = new AbortController().signal;

/** The connector with nothing behind it: what it does is the least that a run can cost. */
export interface Bare {
  /** @returns how many entries there were */
  read(): Promise<number>;
  /** Looks at each entry and sets it watched, as many side by side as the engine does. */
  write(names: readonly string[]): Promise<number>;
}

export const openBare = ({ url, apiKey, userId }: Remote): Bare => {
  const server = createJellyfinConnector({ clock: systemClock }).connect({
    address: url,
    userName: null,
    password: null,
    token: apiKey,
    timeZone: null,
    installation: '11111111-2222-4333-8444-555555555555',
  });
  const account = { remoteId: userId, secret: null };
  return {
    read: () => readAll(server, account),
    write: async (names) => {
      let next = 0;
      const worker = async () => {
        for (let name = names[next++]; name; name = names[next++]) await writeOne(server, account, name);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return names.length;
    },
  };
};

const readAll = async (server: MediaServer, account: AccountKey): Promise<number> => {
  const libraries = (await server.libraries(account, never)).map((library) => library.remoteId);
  let seen = 0;
  for (const kind of server.capabilities.kinds) {
    for await (const { items } of server.items({ kind, account, libraries }, never)) seen += items.length;
  }
  return seen;
};

const writeOne = async (server: MediaServer, account: AccountKey, name: string): Promise<void> => {
  await server.standing(account, name, never);
  const watched = { value: true as const, at: systemClock.now(), playCount: 1 };
  await server.write(account, name, { watched }, never);
};
