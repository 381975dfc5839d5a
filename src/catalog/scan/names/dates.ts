import { AFTER, BEFORE } from './shape.ts';

/** A day in a name: YYYY-MM-DD and where it stands. */
export interface FoundDate {
  start: number;
  end: number;
  date: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = String.raw`(?<name>${MONTHS.map((month) => `${month}[a-z]{0,6}`).join('|')})`;
const regex = (source: string): RegExp => new RegExp(source, 'giu');

/** The ways of writing a day, the surest first. `a` and `b` may be month and day in either order. */
const patterns: readonly { example: string; pattern: RegExp }[] = [
  {
    example: '2015.07.22, 2013-10-30, 2012.16.02, 2008x12.13',
    pattern: regex(
      String.raw`(?<!\d)(?<year>(?:19[3-9]|20[0-4])\d)(?<divider>[\s.x/-])(?<a>\d{1,2})[\s./-](?<b>\d{1,2})(?!\d|[\s.-]\d\d?[\s.-]S\d)`,
    ),
  },
  {
    example: '15-05-2018, 03-29-2012, 04.28.2014',
    pattern: regex(
      String.raw`(?<![\p{L}\d]|\d\.)(?<b>\d{1,2})(?<divider>[\s./-])(?<a>\d{1,2})\k<divider>(?<year>(?:19[3-9]|20[0-4])\d)(?!\d)`,
    ),
  },
  {
    example: '31st Jan 2025, 22 October 2016, 2 mar 2013',
    pattern: regex(
      String.raw`${BEFORE}(?<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+${MONTH}[\s.,-]+(?<year>(?:19[3-9]|20[0-4])\d)${AFTER}`,
    ),
  },
  {
    example: 'October 8, 2014',
    pattern: regex(
      String.raw`${BEFORE}${MONTH}[\s.-]+(?<day>\d{1,2})(?:st|nd|rd|th)?[\s.,-]+(?<year>(?:19[3-9]|20[0-4])\d)${AFTER}`,
    ),
  },
  {
    example: '20161024, 20201013',
    pattern: regex(
      String.raw`(?<![\p{L}\d-])(?<year>(?:19[5-9]|20[0-4])\d)(?<a>0[1-9]|1[0-2])(?<b>0[1-9]|[12]\d|3[01])(?![\p{L}\d])`,
    ),
  },
  {
    example: '140722, 190121 (year first, two digits), 221208 in front',
    pattern: regex(
      String.raw`(?:(?<=[\p{L}\d)\]!?][\s.])|^(?=\d{6}\s))(?<short>[012]\d)(?<a>0[1-9]|1[0-2])(?<b>0[1-9]|[12]\d|3[01])(?=[\s.-])`,
    ),
  },
  {
    example: '16.01.24 between words (year first), 09.03.08',
    pattern: regex(
      String.raw`(?<![\p{L}\d]|\d[.-])(?<short>[0-3]\d)(?<divider>[.-])(?<a>[0-3]\d)\k<divider>(?<b>[0-3]\d)(?=[\s.-]+\p{L}|$)`,
    ),
  },
];

/** The first day written in a name; undefined where there is none that the calendar knows. */
export const findDate = (text: string): FoundDate | undefined => {
  for (const { pattern } of patterns) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const date = dayOf(match.groups ?? {});
      if (date) return { start: match.index, end: match.index + match[0].length, date };
    }
  }
  return undefined;
};

const dayOf = (parts: Record<string, string | undefined>): string | undefined => {
  if (parts.short !== undefined) return shortDay(Number(parts.short), Number(parts.a), Number(parts.b));
  const year = Number(parts.year);
  if (parts.day !== undefined) {
    return calendarDay(year, MONTHS.indexOf((parts.name ?? '').slice(0, 3).toLowerCase()) + 1, Number(parts.day));
  }
  return calendarDay(year, Number(parts.a), Number(parts.b)) ?? calendarDay(year, Number(parts.b), Number(parts.a));
};

/** Two-digit years: 16.01.24 is read year first; where that is no day, day first. */
const shortDay = (first: number, second: number, third: number): string | undefined =>
  calendarDay(2000 + first, second, third) ?? calendarDay(2000 + third, second, first);

const calendarDay = (year: number, month: number, day: number): string | undefined => {
  const lengths = [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ];
  if (month < 1 || month > 12 || day < 1 || day > (lengths[month - 1] ?? 0)) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
