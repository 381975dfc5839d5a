import { invalid } from '#kernel/errors.ts';

/**
 * The zone itself, if it is one.
 * @throws AppError `invalid` for what is no IANA name
 */
export const checkedZone = (zone: string): string => {
  if (isZone(zone)) return zone;
  throw invalid(`${zone} is not a time zone.`, [
    { path: 'timeZone', message: 'must be an IANA name such as Europe/Berlin' },
  ]);
};

/** The platform knows some zones that have no name, as +02:00: those know nothing of summer time and are not taken. */
const isZone = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
