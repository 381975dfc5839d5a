import { Cron } from 'croner';
import type { Database } from '#database/database.ts';
import type { ClientId } from '#kernel/ids.ts';
import { scheduledClients } from './client-query.ts';

/** Begins the runs of clients when their schedules say so. */
export interface Schedule {
  /** Takes over what clients there are and when each is due; also after one of them changed. */
  refresh(): Promise<void>;
  stop(): void;
}

interface ScheduleTools {
  database: Database;
  /** Begins a run; one that goes on already is no fault. */
  begin(id: ClientId): Promise<void>;
}

/** In the time zone of this machine. */
export const createSchedule = ({ database, begin }: ScheduleTools): Schedule => {
  const jobs = new Map<ClientId, { pattern: string; job: Cron }>();
  const end = (id: ClientId): void => {
    jobs.get(id)?.job.stop();
    jobs.delete(id);
  };
  return {
    refresh: async () => {
      const wanted = new Map((await scheduledClients(database.read)).map((one) => [one.id, one.schedule]));
      for (const [id, { pattern }] of jobs) if (wanted.get(id) !== pattern) end(id);
      for (const [id, pattern] of wanted) {
        if (jobs.has(id)) continue;
        jobs.set(id, { pattern, job: new Cron(pattern, { unref: true, protect: true }, () => begin(id)) });
      }
    },
    stop: () => {
      for (const id of jobs.keys()) end(id);
    },
  };
};
