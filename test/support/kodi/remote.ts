import { setTimeout as sleep } from 'node:timers/promises';

/** JSON-RPC to a running Kodi, for tests: no checks, the answer's result. */
export type Rpc = <T = unknown>(method: string, params?: object) => Promise<T>;

export const rpcTo =
  (address: string, userName: string, password: string): Rpc =>
  async <T>(method: string, params: object = {}) => {
    const response = await fetch(`${address}/jsonrpc`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(20_000),
    });
    const answer = (await response.json()) as { result?: T; error?: { message: string } };
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as T;
  };

/** Waits until something holds. */
export const until = async (what: string, seconds: number, holds: () => Promise<boolean> | boolean): Promise<void> => {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await Promise.resolve(holds()).catch(() => false)) return;
    await sleep(150);
  }
  throw new Error(`${what}: not within ${seconds} s.`);
};

export type Playable = 'movie' | 'episode';

/** What a person does at the screen, so that Kodi's own code writes the state. */
export interface Hands {
  /** "Mark as watched" or "unwatched" in the list. */
  toggle(kind: Playable, id: number): Promise<void>;
  /** Plays, jumps to a second and stops there. */
  play(kind: Playable, id: number, seconds: number): Promise<void>;
  /** Plays to the end. */
  finish(kind: Playable, id: number): Promise<void>;
}

/** Hands that work through Kodi's remote control calls. */
export const handsOver = (rpc: Rpc): Hands => ({
  toggle: (kind, id) => toggle(rpc, kind, id),
  play: (kind, id, seconds) => play(rpc, kind, id, () => seconds, true),
  finish: (kind, id) => play(rpc, kind, id, (total) => total - 4, false),
});

const toggle = async (rpc: Rpc, kind: Playable, id: number): Promise<void> => {
  const path = kind === 'movie' ? 'videodb://movies/titles/' : await seasonPath(rpc, id);
  await openList(rpc, path);
  for (let step = 0; step < 200 && (await label(rpc, 'ListItem.DBID')) !== String(id); step++) {
    await rpc('Input.Down');
    await sleep(100);
  }
  await rpc('Input.ExecuteAction', { action: 'togglewatched' });
  await sleep(1000);
  await rpc('GUI.ActivateWindow', { window: 'home' });
};

/** After idling the first try has been seen to lead nowhere. */
const openList = async (rpc: Rpc, path: string, tries = 3): Promise<void> => {
  await rpc('Input.ExecuteAction', { action: 'noop' });
  await declineQuestions(rpc);
  await rpc('GUI.ActivateWindow', { window: 'home' });
  await rpc('GUI.ActivateWindow', { window: 'videos', parameters: [path, 'return'] });
  const there = async () =>
    (await label(rpc, 'Container.FolderPath')) === path && Number(await label(rpc, 'Container.NumItems')) > 0;
  await until(`the list ${path}`, 6, there).catch((error) => {
    if (tries <= 1) throw error;
    return openList(rpc, path, tries - 1);
  });
};

const YES_NO_DIALOG = 10100;

/** A new profile is asked about each add-on that the system brought; "No" has the focus. */
export const declineQuestions = async (rpc: Rpc): Promise<void> => {
  for (let question = 0; question < 20; question++) {
    const shown = await rpc<{ currentwindow: { id: number } }>('GUI.GetProperties', { properties: ['currentwindow'] });
    if (shown.currentwindow.id !== YES_NO_DIALOG) return;
    await rpc('Input.Select');
    await sleep(300);
  }
};

const seasonPath = async (rpc: Rpc, id: number): Promise<string> => {
  const { episodedetails } = await rpc<{ episodedetails: { tvshowid: number; season: number } }>(
    'VideoLibrary.GetEpisodeDetails',
    { episodeid: id, properties: ['tvshowid', 'season'] },
  );
  return `videodb://tvshows/titles/${episodedetails.tvshowid}/${episodedetails.season}/`;
};

const label = async (rpc: Rpc, name: string): Promise<string> =>
  (await rpc<Record<string, string>>('XBMC.GetInfoLabels', { labels: [name] }))[name] ?? '';

interface Clock {
  hours: number;
  minutes: number;
  seconds: number;
}

const secondsOf = ({ hours, minutes, seconds }: Clock): number => hours * 3600 + minutes * 60 + seconds;
const clockOf = (at: number): Clock => ({
  hours: Math.floor(at / 3600),
  minutes: Math.floor((at % 3600) / 60),
  seconds: at % 60,
});

const play = async (rpc: Rpc, kind: Playable, id: number, target: (total: number) => number, stop: boolean) => {
  const player = async () => (await rpc<{ playerid: number }[]>('Player.GetActivePlayers'))[0]?.playerid;
  const property = async (name: 'time' | 'totaltime') =>
    secondsOf(
      (await rpc<Record<string, Clock>>('Player.GetProperties', { playerid: await player(), properties: [name] }))[
        name
      ]!,
    );
  await until('silence', 10, async () => (await player()) === undefined);
  await rpc('Player.Open', { item: { [`${kind}id`]: id } });
  await until('playing', 20, async () => (await property('totaltime')) > 0);
  await sleep(1000);
  const to = target(await property('totaltime'));
  await rpc('Player.Seek', { playerid: await player(), value: { time: clockOf(to) } });
  if (stop) {
    await until(`second ${to}`, 15, async () => (await property('time')) >= to);
    await sleep(700);
    await rpc('Player.Stop', { playerid: await player() });
  }
  await until('the end', 40, async () => (await player()) === undefined);
  await sleep(700); // The state is written right after the stop.
};
