import type { ExternalId } from '../../incoming.ts';

/** Tags by which people name the work in a file or folder name. Plain ids without a bracket are too often something else. */
const patterns: readonly { provider: string; pattern: RegExp; value: (found: string) => string }[] = [
  // {imdb-tt0133093}, [imdbid-tt0133093], [imdbid=tt0133093], [tt0133093], (tt0133093), .tt0133093.
  {
    provider: 'imdb',
    pattern: /[[({]?\b(?:imdb(?:id)?[-=: ])?(tt\d{7,9})\b[\])}]?/gi,
    value: (id) => id.toLowerCase(),
  },
  // {tmdb-603}, [tmdbid-603], [tmdbid=603]
  { provider: 'tmdb', pattern: /[[({]\s*tmdb(?:id)?[-=: ](\d{1,9})\s*[\])}]/gi, value: (id) => String(Number(id)) },
  // {tvdb-78804}, [tvdbid-78804]
  {
    provider: 'tvdb',
    pattern: /[[({]\s*(?:the)?tvdb(?:id)?[-=: ](\d{1,9})\s*[\])}]/gi,
    value: (id) => String(Number(id)),
  },
];

/** Takes the id tags out of a name: the ids, and the name without them. */
export const takeIds = (name: string): { ids: ExternalId[]; rest: string } => {
  const ids: ExternalId[] = [];
  let rest = name;
  for (const { provider, pattern, value } of patterns) {
    rest = rest.replace(pattern, (_whole, id: string) => {
      const found = { provider, value: value(id) };
      if (!ids.some((known) => known.provider === provider && known.value === found.value)) ids.push(found);
      return ' ';
    });
  }
  return { ids, rest };
};
