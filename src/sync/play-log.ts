import type { Activity } from '#activity/service.ts';
import type { Database } from '#database/database.ts';
import { type Clock, DAY } from '#kernel/clock.ts';
import { itemsOfCopies } from './copy-query.ts';
import type { MediaServer, RemotePlay } from './media-server.ts';
import { addCounts, noCounts, type Run, type RunAccount } from './run.ts';
import { beat } from './run-repository.ts';

export interface PlayLogTools {
  database: Database;
  clock: Clock;
  activity: Pick<Activity, 'recordRun'>;
}

/** Sittings may be written down late: so far back they are read again. */
const LATE = DAY;

/**
 * Takes over the sittings that a server has written down one by one. They are in the counts of its items already. Each
 * has a name of its own, so that none is taken twice.
 */
export const takePlayLog = async (
  tools: PlayLogTools,
  server: MediaServer,
  run: Run,
  account: RunAccount,
  signal: AbortSignal,
): Promise<void> => {
  if (!server.plays) return;
  const since = !account.stateReadAt ? null : account.stateReadAt - LATE;
  for await (const plays of server.plays(account.key, since, signal)) {
    if (plays.length > 0) await savePlays(tools, run, account, plays);
    signal.throwIfAborted();
  }
};

const savePlays = async (
  { database, clock, activity }: PlayLogTools,
  run: Run,
  account: RunAccount,
  plays: readonly RemotePlay[],
): Promise<void> => {
  const taken = await database.transaction(async (tx) => {
    const items = await itemsOfCopies(tx, run.clientId, [...new Set(plays.map((play) => play.remoteId))]);
    const events = plays.flatMap(({ remoteId, key, at }) => {
      const itemId = items.get(remoteId);
      if (itemId === undefined) return [];
      const play = { at, sourceKey: `${run.clientId}:${key}`, completed: true, counted: true };
      return [{ itemId, event: { plays: [play] } }];
    });
    const into = { runId: run.id, set: account.changeSet };
    const changeSet = events.length === 0 ? into.set : await activity.recordRun(tx, account.actor, into, events);
    await beat(tx, run, clock.now());
    return { changeSet, events: changeSet === account.changeSet ? 0 : events.length };
  });
  account.changeSet = taken.changeSet;
  run.counts = addCounts(run.counts, { ...noCounts(), events: taken.events });
};
