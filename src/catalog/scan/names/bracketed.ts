import type { NameFacts } from './name.ts';
import { startsWithTag } from './tags.ts';
import { titleFrom } from './title.ts';

const ALL_BRACKETS = /^(?:[^[\]\p{Script=Latin}]{0,12}\[[^[\]]+\][\s.]*){3,}/u;
const NUMBER = /^(?:第)?(\d{1,4})(?:-(\d{1,4}))?(?:v\d|\s?END|\s?Fin|完|[话話集回])?$/iu;

/**
 * Fan groups of China and Japan put everything in brackets: [group][title][other title][year][number][tags]. Such a name
 * is read bracket by bracket; anything else gives nothing.
 */
export const bracketed = (
  text: string,
  group: string | undefined,
): Pick<NameFacts, 'title' | 'numbering'> | undefined => {
  if (!ALL_BRACKETS.test(text)) return undefined;
  const items = [...text.matchAll(/\[([^[\]]+)\]/g)].map(([whole, inside], index) => ({
    inside: inside ?? '',
    index,
    whole,
  }));
  const at = items.findIndex(
    ({ inside }, index) => index > 0 && NUMBER.test(inside) && !isYear(inside, items[index + 1]?.inside),
  );
  const number = NUMBER.exec(items[at]?.inside ?? '');
  if (!number) return undefined;
  const titles = items
    .slice(group === undefined && at > 1 ? 1 : 0, at)
    .filter(({ inside }) => !/^\d{4}$/.test(inside) && !startsWithTag(inside));
  const chosen = titles.find(({ inside }) => /\p{Script=Latin}{2}/u.test(inside)) ?? titles.at(-1);
  if (!chosen) return undefined;
  const first = Number(number[1]);
  const last = Number(number[2] ?? number[1]);
  const absolute =
    last >= first && last - first < 300 ? Array.from({ length: last - first + 1 }, (_, step) => first + step) : [first];
  const named = latinPart(chosen.inside);
  const season = /\sS(\d{1,2})$/i.exec(named.trim())?.[1];
  const numbering = { start: 0, end: 0, episodes: [], absolute };
  if (season === undefined) return { title: titleFrom(named), numbering };
  const title = titleFrom(named.replace(/\s*S\d{1,2}\s*$/i, ''));
  return { title, numbering: { ...numbering, season: Number(season), episodes: absolute, absolute: [] } };
};

const isYear = (inside: string, next: string | undefined): boolean =>
  /^(?:19|20)\d\d$/.test(inside) && next !== undefined && NUMBER.test(next);

/** Of a bracket with two scripts the longest Latin run. */
const latinPart = (text: string): string => {
  const runs = [
    ...(text.split(/\s_?\s|\s\/\s/).at(-1) ?? text).matchAll(
      /[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}\s'!?.,:;~&-]*/gu,
    ),
  ].map(([run]) => run);
  const longest = runs.toSorted((one, other) => other.length - one.length)[0];
  return longest !== undefined && longest.trim().length > 2 ? longest : text;
};
