const SINGLE_LETTERS = /(?<![\p{L}\p{N}])((?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])\.?)/gu;
const MARK = '\u0001';
const COUNTRY = /^(?:US|UK|AU|NZ|CA|GB|IE|IN|FR|DE|USA)$/;
const ARTICLE_BEHIND = /^(.+),\s+(The|A|An|Le|La|Les|L'|Der|Die|Das|El|Los|Las|Il)$/i;

/** Makes a title of what stands before the numbers and tags of a name: blanks for dots, no brackets or dashes at its ends. */
export const titleFrom = (raw: string): string => {
  const bare = withoutBrackets(raw);
  const chosen = afterAka(lastOfTwoScripts(/[\p{L}\p{N}]/u.test(bare) ? bare : raw));
  const spaced = blanksForDots(chosen).replace(/\s+/g, ' ');
  const trimmed = trimEnds(spaced);
  return trimmed.replace(ARTICLE_BEHIND, '$2 $1');
};

/** "Kjeller chitai AKA Basement of Shame": the name behind is the one it is sold under. */
const afterAka = (text: string): string => text.split(/[\s.]+(?:AKA|a\.k\.a\.?|A\.K\.A\.?)[\s.]+/).at(-1) ?? text;

/** A text that says nothing: a hash, a random name, an upload's number. */
export const isJunk = (text: string): boolean => {
  const bare = text.trim();
  if (/^[0-9a-f]{16,}$/i.test(bare.replace(/-/g, ''))) return true;
  if (/^[A-Za-z0-9]{4,}(?:-[A-Za-z0-9]{4,}){2,}$/.test(bare) && /\d[a-z]+\d/i.test(bare)) return true;
  return /^[A-Za-z0-9]{18,}$/.test(bare) && /\d/.test(bare) && /[A-Za-z]\d+[A-Za-z]/.test(bare);
};

/** Dots divide words where no blanks do; "S.H.I.E.L.D." and "St. Vincent" keep theirs. */
const blanksForDots = (text: string): string => {
  const kept = text.replace(SINGLE_LETTERS, (letters) => letters.replaceAll('.', MARK));
  const divided =
    /\s/.test(kept.trim()) && !/\p{L}\.\p{L}+\./u.test(kept)
      ? kept.replace(/\.(?=\p{L})(?<=\p{L}{2}\.)/gu, ' ')
      : kept.replace(/(?<!(?:^|[\s.])(?:dr|mr|mrs|ms|st|vs|jr|sr))\.|\.(?=\S)/giu, ' ');
  return divided.replaceAll(MARK, '.').replace(/(\.\p{L})\.(?=\p{L}{2})/gu, '$1. ');
};

/** Brackets inside or behind a title hold its other name or notes; "(500) Days", "(US)" and "You Are (Not) Alone" stay. */
const withoutBrackets = (text: string): string =>
  text
    .replace(/[\s.]*\[[^\]]*\]?[\s.]*$/u, '')
    .replace(/(?<=\S)[\s.]*\(([^()]*)\)?[\s.-]*$/u, (whole, inside: string) =>
      COUNTRY.test(inside.trim()) ? whole : '',
    )
    .replace(/\{[^}]*\}/g, ' ');

/** "Енола Голмс / Enola Holmes": two names of one work; the one in Latin letters is the better known to other sources. */
const lastOfTwoScripts = (text: string): string => {
  const parts = text
    .split(/\s+\/\s+|\s*\|\s*|(?<=[\p{Lo}！!])\/|(?<=\p{Lo})·|\/(?=\p{Lo})/u)
    .filter((part) => part.trim() !== '');
  if (parts.length < 2) return text;
  return parts.findLast((part) => /^[^\p{Lo}]*\p{Script=Latin}[^\p{Lo}]*$/u.test(part)) ?? parts.at(-1) ?? text;
};

const trimEnds = (text: string): string => {
  const ends = text.replace(/^[\s\-+,:;~·\])}.]+/u, '').replace(/[\s\-+,:;~·[({/|]+$/u, '');
  const whole = /^\(([^()]*)\)$/.exec(ends)?.[1] ?? /^\[([^[\]]*)\]$/.exec(ends)?.[1] ?? ends;
  // A dot at the end belongs to an abbreviation ("S.H.I.E.L.D.", "Jr."); else it divided words.
  return (/(?:\.\p{L}|(?:^|\s)(?:jr|sr|bros))\.$/iu.test(whole) ? whole : whole.replace(/\.+$/, '')).trim();
};
