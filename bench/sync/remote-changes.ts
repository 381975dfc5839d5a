import type { Remote } from './task.ts';

/** What a person does at the media server, told to it as one of its own programs would. */
export interface RemotePerson {
  /** Episodes in the order of their arrival: that many after the first so many. */
  episodes(after: number, count: number): Promise<string[]>;
  watch(names: readonly string[]): Promise<void>;
  /** Leaves nothing behind of their having been watched. */
  unwatch(names: readonly string[]): Promise<void>;
}

export const personAt = ({ url, apiKey, userId }: Remote): RemotePerson => {
  const ask = async (method: string, path: string, query: Record<string, string> = {}): Promise<unknown> => {
    const answer = await fetch(`${url}${path}?${new URLSearchParams({ userId, ...query })}`, {
      method,
      headers: { authorization: `MediaBrowser Token="${apiKey}"` },
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}.`);
    return answer.json();
  };
  const each = async (method: string, names: readonly string[]) => {
    for (const name of names) await ask(method, `/UserPlayedItems/${name}`);
  };
  return {
    episodes: async (after, count) => {
      const page = await ask('GET', '/Items', {
        recursive: 'true',
        includeItemTypes: 'Episode',
        sortBy: 'DateCreated,SortName',
        startIndex: String(after),
        limit: String(count),
      });
      return (page as { Items: { Id: string }[] }).Items.map(({ Id }) => Id);
    },
    watch: (names) => each('POST', names),
    unwatch: (names) => each('DELETE', names),
  };
};
