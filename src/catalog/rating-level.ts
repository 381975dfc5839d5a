/**
 * The age from which a content rating lets one watch, 0 to 21, so that ratings of all countries compare.
 * Ages of the letter systems: MPA (filmratings.com), TV Parental Guidelines (tvguidelines.org), BBFC (bbfc.co.uk),
 * Australian Classification, and those that are told as a number anyway (FSK, Kijkwijzer, CNC …).
 */
const levels: Record<string, number> = {
  G: 0,
  U: 0,
  UC: 0,
  E: 0,
  AL: 0,
  TP: 0,
  A: 0,
  ALL: 0,
  TVY: 0,
  TVG: 0,
  TVY7: 7,
  TVY7FV: 7,
  PG: 8,
  TVPG: 10,
  PG12: 12,
  PG13: 13,
  TV14: 14,
  M: 15,
  MA15: 15,
  R15: 15,
  TVMA: 17,
  R: 17,
  MA: 17,
  R18: 18,
  X18: 18,
  X: 18,
  NC17: 18,
};

/** Words that say "not rated": they tell nothing of the age. */
const unrated = /^(NR|UR|UNRATED|NOTRATED|NONE|NA|TBC|TBD|PENDING)$/;

/** Systems' and countries' names before the rating itself: `DE:FSK 16`, `Rated R`, `us/PG-13`. */
const prefix =
  /^(?:[a-z]{2,3}(?:-[a-z]{2,3})?\s*[:/-]\s*)?(?:rated\s+|mpaa?[:\s]+|fsk[\s-]*|bbfc[\s-]*|kijkwijzer[\s-]*|pegi[\s-]*|cert(?:ificate)?\.?\s+)*/i;

/** @returns the level; null for what is unknown or says "not rated": doubt means no (domain §7) */
export const ratingLevelOf = (contentRating: string): number | null => {
  const text = contentRating.trim();
  const whole = levelOf(text);
  if (whole !== null) return whole;
  const bare = text.replace(prefix, '');
  return bare === text ? null : levelOf(bare);
};

const levelOf = (rating: string): number | null => {
  // "PG-13 for some violence", "R (language)": the rating is the first word.
  const word = rating.split(/[\s(,;]/)[0] ?? '';
  const key = word.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (key === '' || unrated.test(key)) return null;
  return Object.hasOwn(levels, key) ? (levels[key] ?? null) : ageOf(key);
};

/** `16`, `12A`, `AL12`, `M18`, `K16`, `+18`: an age with at most two letters about it. */
const ageOf = (key: string): number | null => {
  const age = Number(/^[A-Z]{0,2}(\d{1,2})(?:[A-Z]{1,2}|PLUS)?$/.exec(key)?.[1] ?? Number.NaN);
  return Number.isInteger(age) && age <= 21 ? age : null;
};
