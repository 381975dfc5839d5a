import { type Instant, type Millis, SECOND } from '#kernel/clock.ts';

type Told = string | number | null | undefined;

/** A number, whether Plex wrote it as one or as text; undefined where there is none. */
export const numberOf = (told: Told): number | undefined => {
  if (told === null || told === undefined || told === '') return undefined;
  const value = Number(told);
  return Number.isFinite(value) ? value : undefined;
};

export const integerOf = (told: Told): number | undefined => {
  const value = numberOf(told);
  return value === undefined ? undefined : Math.trunc(value);
};

/** Ids are decimal, as text or as numbers. */
export const keyOf = (told: Told): string | undefined =>
  told === null || told === undefined || !isKey(String(told)) ? undefined : String(told);

export const isKey = (text: string): boolean => /^\d{1,18}$/.test(text);

/** Plex's dates are whole seconds. */
export const instantOf = (told: Told): Instant | undefined => {
  const seconds = numberOf(told);
  return seconds !== undefined && seconds > 0 && seconds < 1e11 ? Math.round(seconds * SECOND) : undefined;
};

/** A length, which Plex tells in milliseconds; nothing and less than nothing say that it is not known. */
export const lengthOf = (told: Told): Millis | undefined => {
  const length = numberOf(told);
  return length !== undefined && length > 0 && length < 1e10 ? Math.round(length) : undefined;
};

/** A day, `2014-03-19`. */
export const dayOf = (told: string | null | undefined): Instant | undefined => {
  const at = /^\d{4}-\d{2}-\d{2}/.test(told ?? '') ? Date.parse(`${told?.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

export const flagOf = (told: boolean | string | number | null | undefined): boolean =>
  told === true || told === 1 || told === '1' || told === 'true';

export const textOf = (told: string | null | undefined): string | undefined => told?.trim() || undefined;

/** No title of ours is longer. */
export const clip = (text: string): string => (text.length > 500 ? `${text.slice(0, 499)}…` : text);

export const given = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
