import type { Faults } from '../faults.ts';
import type { Shelf, ShelfItem, ShelfUser } from '../shelf.ts';
import type { Params } from '../shelf-query.ts';
import { type Call, Refusal, type Tokens } from '../shelf-routes.ts';
import type { JellyfinWords } from './words.ts';

/** What the fake's answers are made of. */
export interface JellyfinInside {
  shelf: Shelf;
  words: JellyfinWords;
  faults: Faults;
  tokens: Tokens;
  serverId: string;
  serverName: string;
  version: string;
}

export type Json = Record<string, unknown>;

/** A body that is no object is refused before anyone looks at it. */
export const bodyOf = (body: unknown): Json => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(400);
  return body as Json;
};

const GUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Ids are read with hyphens and without; what is no GUID is refused as such. */
export const readId = (text: string | undefined): string => {
  if (!text || !GUID.test(text)) throw new Refusal(400);
  return text.replaceAll('-', '').toLowerCase();
};

export const knownUser = (shelf: Shelf, id: string | undefined): ShelfUser => {
  const user = shelf.user(readId(id));
  if (!user) throw new Refusal(404);
  return user;
};

/** Of whom a request is: an API key is nobody, so it has to say. */
export const optionalPerson = (shelf: Shelf, caller: Call['caller'], params: Params): ShelfUser | null => {
  const id = params.get('userid');
  if (!id) return caller.user;
  if (caller.user && !caller.admin && readId(id) !== caller.user.id) throw new Refusal(403);
  return knownUser(shelf, id);
};

export const person = (shelf: Shelf, { caller, params }: Call): ShelfUser => {
  const user = optionalPerson(shelf, caller, params);
  if (!user) throw new Refusal(400);
  return user;
};

export const found = (shelf: Shelf, id: string, user: ShelfUser | null, kind?: ShelfItem['kind']): ShelfItem => {
  const item = shelf.find(id);
  if (!item || (user && !shelf.sees(user, item)) || (kind && item.kind !== kind)) throw new Refusal(404);
  return item;
};
