import type { ExternalId } from '../../incoming.ts';
import { bracketed } from './bracketed.ts';
import { type FoundDate, findDate } from './dates.ts';
import { takeIds } from './ids.ts';
import { isMereNumber, saysNothing } from './nothing.ts';
import { findNumbering, type Numbering } from './numbering.ts';
import { takePrefix } from './prefix.ts';
import { seasonPhraseAt } from './seasons.ts';
import { evenOut, withoutExtension } from './shape.ts';
import { type EndedBy, firstTag, isFromFans, isFromTelevision, isOnlyTags, isTagged, withoutWeakEnd } from './tags.ts';
import { isJunk, titleFrom } from './title.ts';
import { groupOf, versionOf } from './version.ts';
import { type FoundYear, findYear } from './year.ts';

/** What one name says: a file's, or a folder's. */
export interface NameFacts {
  /** Empty where the name tells none. */
  title: string;
  year?: number;
  numbering?: Numbering;
  /** YYYY-MM-DD */
  date?: string;
  /** Of a stack: `cd1`. */
  part?: number;
  /** What it says after its numbers, before its tags. */
  episodeTitle?: string;
  /** What tells this copy from others. */
  version?: string;
  ids: ExternalId[];
  group?: string;
  /** It carries words that only releases carry, so its title was written with care. */
  tagged: boolean;
  /** It is a number that is no title. */
  mereNumber?: true;
}

/** What is known from outside the name. */
export interface Circumstances {
  inSeason: boolean;
  /** A number above it is no year. */
  latestYear: number;
}

/** Reads one name, without its folders. */
export const readName = (name: string, circumstances: Circumstances): NameFacts => {
  const { text, ids, group, part, day } = frameOf(name);
  const marks = marksIn(text, group, circumstances);
  const tagged = isTagged(text) || marks.year !== undefined;
  const facts: NameFacts = { title: titleOf(text, marks), ids, tagged };
  const date = day ?? marks.date?.date;
  const version = versionOf(text);
  const signed = group ?? (tagged ? groupOf(text) : undefined);
  const episodeTitle = episodeTitleOf(text, marks);
  if (marks.year) facts.year = marks.year.year;
  if (marks.numbering) facts.numbering = marks.numbering;
  if (date !== undefined) facts.date = date;
  if (part !== undefined) facts.part = part;
  if (version !== undefined) facts.version = version;
  if (signed !== undefined) facts.group = signed;
  if (episodeTitle !== '') facts.episodeTitle = episodeTitle;
  if (isMereNumber(text)) facts.mereNumber = true;
  return { ...facts, ...bracketed(text, group) };
};

/** A name without what stands around the words that matter. */
interface Frame {
  text: string;
  ids: ExternalId[];
  group?: string;
  part?: number;
  /** A day in front of it. */
  day?: string;
}

const frameOf = (name: string): Frame => {
  const { ids, rest: named } = takeIds(evenOut(withoutExtension(name)));
  const { rest: whole, group } = takePrefix(named.replace(WHOLLY_BRACKETED, '$1'));
  const { rest: text, part } = takeStackPart(whole);
  const frame: Frame = { text, ids };
  if (group !== undefined) frame.group = group;
  if (part !== undefined) frame.part = part;
  // A day in front ("2011.01.10 - Late Show", "221208 Show ep34") is no part of what follows.
  const leading = findDate(text);
  if (leading?.start !== 0 || !/\p{L}{2}/u.test(text.slice(leading.end))) return frame;
  return { ...frame, text: text.slice(leading.end).replace(/^[\s.-]+/, ''), day: leading.date };
};

/** Where in a text its facts stand. */
interface Marks {
  date: FoundDate | undefined;
  year: FoundYear | undefined;
  numbering: Numbering | undefined;
}

const marksIn = (text: string, group: string | undefined, { inSeason, latestYear }: Circumstances): Marks => {
  const date = findDate(text);
  const year = findYear(text, latestYear, date);
  const undated = date ? text.slice(0, date.start) + ' '.repeat(date.end - date.start) + text.slice(date.end) : text;
  const numbering = findNumbering(undated, {
    fans: group !== undefined || isFromFans(text),
    television: isFromTelevision(text),
    dated: year !== undefined,
    inSeason,
  });
  return { date, year, numbering };
};

/** "[ Show S02E10 1080p ]" */
const WHOLLY_BRACKETED = /^\s*\[\s*([^[\]]{20,})\s*\]\s*$/;
/** "Film-x02-Making Of": what came with a film. */
const BONUS = /-x\d{1,2}(?=-|$)/i;
const LONGEST_TITLE = 200;

/** Where the title ends, and by what. */
interface Cut {
  at: number;
  by: EndedBy;
}

const firstCut = (text: string, { date, year, numbering }: Marks): Cut => {
  // A tag at the very start is a word of the title: "8-Bit Christmas".
  const tag = firstTag(text, 1);
  const cuts: { at: number | undefined; by: EndedBy }[] = [
    { at: numbering?.start, by: 'number' },
    { at: date?.start, by: 'number' },
    { at: numbering && ahead(seasonPhraseAt(text)), by: 'number' },
    { at: ahead(text.search(BONUS)), by: 'end' },
    { at: year?.start, by: 'year' },
    { at: tag < text.length ? tag : undefined, by: 'tag' },
  ];
  let first: Cut = { at: text.length, by: 'end' };
  for (const { at, by } of cuts) if (at !== undefined && at < first.at) first = { at, by };
  return first;
};

const ahead = (at: number): number | undefined => (at > 0 ? at : undefined);

/** The text before the first cut; where that is nothing and a year came first ("(1995) Movie"), the text behind it. */
const titleOf = (text: string, marks: Marks): string => {
  if (isMereNumber(text) || saysNothing(text)) return '';
  const cut = firstCut(text, marks);
  const before = titleFrom(withoutWeakEnd(text.slice(0, cut.at), cut.by));
  if (before !== '') return isJunk(before) || isOnlyTags(before) ? '' : before;
  if (cut.by !== 'year') return '';
  const behind = text.slice(cut.at).replace(/^[\s([]*\d{4}[\s)\].-]*/, '');
  const shift = text.length - behind.length;
  const next = Math.min(firstTag(behind), (marks.numbering?.start ?? text.length) - shift);
  return titleFrom(withoutWeakEnd(behind.slice(0, next), next < behind.length ? 'tag' : 'end'));
};

/** What stands between the numbers, or the day of showing, and the tags. */
const episodeTitleOf = (text: string, { numbering, date }: Marks): string => {
  const isNumbered = numbering && numbering.episodes.length + numbering.absolute.length > 0;
  const told = isNumbered ? numbering.end : date?.end;
  if (told === undefined) return '';
  const isDayNext = date !== undefined && date.start >= told && /^[\s._-]*$/.test(text.slice(told, date.start));
  const rest = text.slice(isDayNext ? date.end : told);
  const tag = firstTag(rest);
  const title = titleFrom(withoutWeakEnd(rest.slice(0, tag), tag < rest.length ? 'tag' : 'end'));
  return /\p{L}/u.test(title) && title.length <= LONGEST_TITLE ? title : '';
};

/** `cd1`, `CD1of2`, `disc 2`, `dvd1`, `pt1`, `part1` at the end of a name, `cd1` anywhere: one piece of a stack. */
const STACK =
  /[\s.,_([-]+(?:(?:cd|dis[ck]|dvd)[\s._-]?|(?:pt|part))(\d{1,2}|[a-d])(?:[\s._-]?of[\s._-]?\d)?[\])]?[\s.]*$/i;
/** "Film (2006) Part 1": with a blank a title's own part ("Dune Part 2"), unless the year came before. */
const AFTER_YEAR = /(?<=[\s.([]\d{4}[)\]]?[\s.-]+)(?:part|pt)[\s._-](\d{1,2})[\s.]*$/i;
const CD = /[\s.,_([-]+cd[\s._-]?(\d)(?:[\s._-]?of[\s._-]?\d)?[\])]?(?=[\s._-])/i;

const takeStackPart = (text: string): { rest: string; part?: number } => {
  const found = STACK.exec(text) ?? AFTER_YEAR.exec(text) ?? CD.exec(text);
  const token = found?.[1];
  if (!found || token === undefined || found.index === 0) return { rest: text };
  const part = /\d/.test(token) ? Number(token) : token.toLowerCase().charCodeAt(0) - 96;
  return { rest: text.slice(0, found.index) + text.slice(found.index + found[0].length), part };
};
