import type { ExternalId } from '#catalog/incoming.ts';
import type { Millis } from '#kernel/clock.ts';
import { MINUTE } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';

/** What is known of a work on either side, as far as it tells which it is. Absent and null: not known. */
export interface Described {
  title: string;
  originalTitle?: string | null | undefined;
  year?: number | null | undefined;
  runtimeMs?: Millis | null | undefined;
  externalIds: readonly ExternalId[];
  seasonNumber?: number | null | undefined;
  episodeNumber?: number | null | undefined;
  discNumber?: number | null | undefined;
  trackNumber?: number | null | undefined;
}

/** A copy on a media server. */
export interface Wanted extends Described {
  path: string | null;
  /** The item that it hangs from. */
  parentId?: MediaItemId | undefined;
}

/** An item that it may be. */
export interface Possible extends Described {
  id: MediaItemId;
  parentId: MediaItemId | null;
  rootId: MediaItemId | null;
  /** Where it is already, on disk and on media servers. */
  paths: readonly string[];
}

export interface Scored {
  /** 0 to 100. Only for putting candidates in order: nothing is ever matched by it. */
  score: number;
  /** What speaks for it and against it, for people. */
  reasons: string[];
}

/** How well an item fits a copy. */
export const score = (wanted: Wanted, possible: Possible): Scored => {
  const found = [
    ...byIds(wanted, possible),
    byTitle(wanted, possible),
    byYear(wanted, possible),
    byRuntime(wanted, possible),
    byPlace(wanted, possible),
    byParent(wanted, possible),
    byPath(wanted, possible),
  ].filter((point) => point !== undefined);
  const sum = found.reduce((total, [points]) => total + points, 0);
  return { score: Math.max(0, Math.min(100, sum)), reasons: found.map(([, reason]) => reason) };
};

/**
 * The end of a path by which a file is known again on another machine: its folder and its name, folded. undefined: it has
 * no folder; a bare file name says nothing, for every disc has a `movie.mkv`.
 */
export const pathTail = (path: string | null): string | undefined => {
  const parts = (path ?? '').split(/[/\\]+/).filter((part) => part !== '');
  const [folder, name] = parts.slice(-2);
  return folder === undefined || name === undefined || /^[a-z]+:$/i.test(folder)
    ? undefined
    : `${folder}/${name}`.normalize('NFC').toLowerCase();
};

type Point = [points: number, reason: string];

const byIds = (wanted: Described, possible: Described): Point[] => {
  const shared = wanted.externalIds.filter(({ provider }) =>
    possible.externalIds.some((id) => id.provider === provider),
  );
  return shared.map(({ provider, value }) =>
    possible.externalIds.some((id) => id.provider === provider && id.value === value)
      ? [60, `the same ${provider} id`]
      : [-40, `another ${provider} id`],
  );
};

const byTitle = (wanted: Described, possible: Described): Point | undefined => {
  const theirs = titlesOf(wanted);
  const ours = titlesOf(possible);
  if (theirs[0] !== undefined && theirs[0] === ours[0]) return [25, 'the same title'];
  if (theirs.some((title) => ours.includes(title))) return [20, 'the same title in one of its languages'];
  const share = Math.max(0, ...theirs.flatMap((title) => ours.map((other) => commonWords(title, other))));
  return share >= 0.5 ? [Math.round(share * 12), 'a similar title'] : undefined;
};

const titlesOf = ({ title, originalTitle }: Described): string[] =>
  [title, originalTitle ?? ''].map(fold).filter((text) => text !== '');

/** Words in common, as a share of all words of both. */
const commonWords = (one: string, other: string): number => {
  const [some, others] = [new Set(one.split(' ')), new Set(other.split(' '))];
  return some.intersection(others).size / some.union(others).size;
};

const byYear = ({ year }: Described, possible: Described): Point | undefined => {
  if (year == null || possible.year == null) return undefined;
  const apart = Math.abs(year - possible.year);
  if (apart === 0) return [15, 'the same year'];
  return apart === 1 ? [7, 'a year apart'] : [-15, `of ${possible.year}, not ${year}`];
};

const byRuntime = ({ runtimeMs }: Described, possible: Described): Point | undefined => {
  if (!runtimeMs || !possible.runtimeMs) return undefined;
  const apart = Math.abs(runtimeMs - possible.runtimeMs);
  const share = apart / Math.max(runtimeMs, possible.runtimeMs);
  if (apart <= MINUTE || share <= 0.02) return [10, 'as long'];
  if (share <= 0.05) return [5, 'nearly as long'];
  return share > 0.2 ? [-10, 'of another length'] : undefined;
};

const byPlace = (wanted: Described, possible: Described): Point | undefined => {
  const compared = [
    sameNumber(wanted.seasonNumber, possible.seasonNumber),
    sameNumber(wanted.episodeNumber, possible.episodeNumber),
    sameNumber(wanted.discNumber, possible.discNumber),
    sameNumber(wanted.trackNumber, possible.trackNumber),
  ].filter((same) => same !== undefined);
  if (compared.length === 0) return undefined;
  return compared.every((same) => same) ? [25, 'the same number'] : [-20, 'another number'];
};

const sameNumber = (one: number | null | undefined, other: number | null | undefined): boolean | undefined =>
  one == null || other == null ? undefined : one === other;

const byParent = ({ parentId }: Wanted, possible: Possible): Point | undefined => {
  if (parentId === undefined) return undefined;
  return possible.parentId === parentId || possible.rootId === parentId
    ? [20, 'in the same place']
    : [-10, 'of something else'];
};

const byPath = ({ path }: Wanted, { paths }: Possible): Point | undefined => {
  const tail = pathTail(path);
  return tail !== undefined && paths.some((other) => pathTail(other) === tail)
    ? [30, 'the same file in the same folder']
    : undefined;
};
