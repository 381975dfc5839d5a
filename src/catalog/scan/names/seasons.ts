import { AFTER, BEFORE, evenOut, NUMBER, numberOf } from './shape.ts';

/** "Season" in the languages of those who name folders. */
export const SEASON_WORD = String.raw`seasons?|seasong|saisons?|temporadas?|temp?|staffel|stagion[ei]|seizoen(?:en)?|sezona?|sezóna|sezonul|s[äa]song|s[æe]son|kausi|сезон|シーズン|시즌`;

/** "Episode", likewise. */
export const EPISODE_WORD = String.raw`(?:episodes?|episodios?|épisodes?|folge|afl(?:evering)?|avsnitt|capitulos?|capítulos?|eps?|серия|серії|серии)`;

const SPECIAL_FOLDER = /^(specials?|season 0+|extras? episodes?|especiales|spéciaux|speciali|sp)$/iu;

/** Folder names that hold one season and nothing else of a name. */
const folders: readonly { example: string; pattern: RegExp }[] = [
  {
    example: 'Season 01, Staffel 3, Series 2, Saison VII (1080p)',
    pattern: new RegExp(
      `^(?:${SEASON_WORD}|series)[\\s.-]*(${NUMBER})(?:[\\s.]*[\\[(].*|\\s+-\\s.*|[\\s.]+(?:\\d{3,4}p|complete|français|french|english|german).*)?$`,
      'iu',
    ),
  },
  { example: 'S01, s1', pattern: /^s(\d{1,4})$/iu },
  {
    example: '3.Staffel, 2nd Season, 1. évad',
    pattern: new RegExp(`^(\\d{1,3})(?:st|nd|rd|th)?[\\s.]*(?:${SEASON_WORD}|évad)$`, 'iu'),
  },
  { example: '第2季', pattern: /^第(\d{1,3})[季期]$/u },
];

/** A folder name that carries the series too: "The Wonder Years S04 PDTV", "Mad Men Season 1 Complete". */
const named: readonly { example: string; pattern: RegExp }[] = [
  {
    example: 'Mad Men Season 1 Complete',
    pattern: new RegExp(`^(.+?)[\\s._([-]+(?:${SEASON_WORD})[\\s._-]*(\\d{1,3})${AFTER}`, 'iu'),
  },
  {
    example: 'The.Wonder.Years.S04.PDTV',
    pattern: new RegExp(`^(.+?)[\\s._([-]+${BEFORE}S(\\d{1,4})(?![\\s._-]*(?:E|x)\\d)${AFTER}`, 'iu'),
  },
];

const PHRASE = new RegExp(`${BEFORE}(?:${SEASON_WORD})[\\s._-]*\\d{1,2}${AFTER}`, 'iu');

/** Where "Season 4" in words stands in a name; -1 where it does not. */
export const seasonPhraseAt = (text: string): number => text.search(PHRASE);

/** The season that a folder name is: 0 for specials; undefined where it is no season folder. */
export const seasonFolder = (name: string): number | undefined => {
  const text = evenOut(name).trim();
  if (SPECIAL_FOLDER.test(text)) return 0;
  for (const { pattern } of folders) {
    const found = pattern.exec(text)?.[1];
    const season = found === undefined ? undefined : numberOf(found);
    if (season !== undefined) return season;
  }
  return undefined;
};

/** A season folder that also names its series. */
export const namedSeasonFolder = (name: string): { season: number; before: string } | undefined => {
  const text = evenOut(name).trim();
  for (const { pattern } of named) {
    const [, before, season] = pattern.exec(text) ?? [];
    if (before !== undefined && season !== undefined) return { season: Number(season), before };
  }
  return undefined;
};
