/**
 * Folds a text for comparison and search: compatibility forms unified, accents dropped, lower case, everything that is
 * neither letter nor digit a single space. "À l'intérieur" → "a linterieur"; "Alien³" → "alien3". Where nothing would be
 * left ("…", "***") the text itself stays, in lower case.
 */
export const fold = (text: string): string => {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    .replace(/ø/g, 'o')
    .replace(/đ/g, 'd')
    .replace(/ł/g, 'l')
    .replace(/&/g, ' and ')
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return folded === '' ? text.trim().toLowerCase() : folded;
};

const ARTICLES = /^(the|a|an|der|die|das|le|la|les|el|los|las|il|lo|gli) /;

/** What a title is sorted by when nobody gave a sort title: folded, without a leading article. */
export const sortTitleOf = (title: string): string => {
  const folded = fold(title);
  const bare = folded.replace(ARTICLES, '');
  return bare === '' ? folded : bare;
};
