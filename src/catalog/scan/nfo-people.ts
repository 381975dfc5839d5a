import type { IncomingCredit } from '../incoming.ts';
import type { NfoDocument } from './nfo.ts';
import { all, isElement, type NfoElement, numeral, text } from './nfo-xml.ts';

const MOST_GENRES = 50;
const MOST_PEOPLE = 300;

/** Genres of an NFO document; undefined where none are told. */
export const genresOf = (element: NfoElement): string[] | undefined => {
  const genres = [...new Set(namesIn(element.genre))].slice(0, MOST_GENRES);
  return genres.length === 0 ? undefined : genres;
};

/** Who made it and who plays in it; undefined where nobody is named. Of an artist or album nobody is. */
export const peopleOf = (kind: NfoDocument['kind'], element: NfoElement): IncomingCredit[] | undefined => {
  if (kind === 'artist' || kind === 'album') return undefined;
  const people: IncomingCredit[] = [
    ...namesIn(element.creator).map((name) => ({ name, role: 'creator' as const })),
    ...namesIn(element.director).map((name) => ({ name, role: 'director' as const })),
    ...namesIn(element.credits ?? element.writer).map((name) => ({ name, role: 'writer' as const })),
    ...actorsOf(element),
  ].slice(0, MOST_PEOPLE);
  return people.length === 0 ? undefined : people;
};

/** One element for each name, or several names in one with Kodi's separator. */
const namesIn = (value: unknown): string[] =>
  all(value)
    .flatMap((one) => text(one)?.split(' / ') ?? [])
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** By their `order` where it is told, else as they come. */
const actorsOf = (element: NfoElement): IncomingCredit[] =>
  all(element.actor)
    .filter(isElement)
    .map((actor, index) => ({ actor, order: numeral(text(actor.order)) ?? index }))
    .sort((one, other) => one.order - other.order)
    .flatMap(({ actor }) => {
      const name = text(actor.name);
      if (name === undefined) return [];
      const character = text(actor.role);
      const role = /guest/i.test(text(actor.type) ?? '') ? ('guest' as const) : ('actor' as const);
      return [character === undefined ? { name, role } : { name, role, character }];
    });
