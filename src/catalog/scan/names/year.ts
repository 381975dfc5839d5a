import type { FoundDate } from './dates.ts';
import { firstTag } from './tags.ts';

/** A year in a name and where it stands, brackets included. */
export interface FoundYear {
  year: number;
  start: number;
}

const YEAR =
  /(?<![\p{L}\p{N}]|\d[x/])(?:(?<open>[([])\s*)?(?<year>18[89]\d|19\d\d|20\d\d)(?:\s*[-/]\s*(?:(?:19|20)?\d\d)?\s*(?=[)\]]))?(?:\s*(?<close>[)\]]))?(?![\p{L}\p{N}]|x\d|-\d\d-|\.\d\d\.\d\d)/gu;

/**
 * The year a name tells: one in brackets before any other; else the last before the first tag (titles hold numbers too:
 * "2001 A Space Odyssey 1968"); else one after the tags. A number that is all the name has is its title.
 */
export const findYear = (text: string, latest: number, date: FoundDate | undefined): FoundYear | undefined => {
  const tag = firstTag(text, 1);
  const found = [...text.matchAll(YEAR)]
    .map((match) => ({
      year: Number(match.groups?.year),
      start: match.index,
      end: match.index + match[0].length,
      bracketed: match.groups?.open !== undefined && match.groups.close !== undefined,
    }))
    .filter(({ year, start }) => year <= latest && !(date && start >= date.start && start < date.end));
  const usable = found.filter(
    ({ start, end }) => start > 0 || (!date && /\p{L}{2}|\p{Lo}/u.test(text.slice(end, tag))),
  );
  const titled = usable.filter(({ start }) => start > 0);
  const chosen =
    usable.find(({ bracketed, start }) => bracketed && start > 0) ??
    titled.findLast(({ start }) => start < tag) ??
    usable.find(({ start }) => start === 0) ??
    titled[0];
  return chosen && { year: chosen.year, start: chosen.start };
};
