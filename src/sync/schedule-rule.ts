import { Cron } from 'croner';

/** Whether a text is a cron expression that comes true some time: five fields, or six with seconds. */
export const isSchedule = (text: string): boolean => {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
};
