import { invalid } from '#kernel/errors.ts';
import { isSchedule } from './schedule-rule.ts';

/** @throws AppError `invalid` when it is no time zone */
export const checkedZone = (zone: string | null): string | null => {
  if (zone === null || isTimeZone(zone)) return zone;
  throw invalid(`${zone} is not a time zone.`, [
    { path: 'timeZone', message: 'must be an IANA name such as Europe/Berlin' },
  ]);
};

/** @throws AppError `invalid` when it is no cron expression */
export const checkedSchedule = (schedule: string | null): string | null => {
  if (schedule === null || isSchedule(schedule)) return schedule;
  throw invalid(`"${schedule}" is no schedule.`, [
    { path: 'schedule', message: 'must be a cron expression such as 0 * * * * (each hour)' },
  ]);
};

const isTimeZone = (zone: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
