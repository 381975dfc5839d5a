const words =
  'night river house stone winter garden empire shadow letter summer captain mirror silent broken golden island station \
harbor winds paper crown hunter valley storm thread lantern orchard bridge echo fever distant morning electric velvet \
north hollow copper marble desert signal frontier promise stranger daughter kingdom ocean machine memory'.split(' ');

/** A generator of numbers from 0 to below 1 that repeats itself for the same seed (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const word = (random: () => number): string => words[Math.floor(random() * words.length)] ?? 'night';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "The Silent Harbor" or "Copper Valley Storm". */
export const title = (random: () => number): string => {
  const first = random() < 0.4 ? 'The ' : '';
  return first + Array.from({ length: 2 + Math.floor(random() * 2) }, () => capital(word(random))).join(' ');
};

export const episodeTitle = (random: () => number): string => `${capital(word(random))} ${capital(word(random))}`;

/** About 300 characters, as long as such texts are. */
export const overview = (random: () => number): string =>
  `${capital(Array.from({ length: 45 }, () => word(random)).join(' '))}.`;
