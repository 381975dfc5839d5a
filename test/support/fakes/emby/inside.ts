import type { Faults } from '../faults.ts';
import type { Shelf, ShelfItem, ShelfUser } from '../shelf.ts';
import { type Call, Refusal, type Tokens } from '../shelf-routes.ts';
import type { EmbyWords } from './words.ts';

/** What the fake's answers are made of. */
export interface EmbyInside {
  shelf: Shelf;
  words: EmbyWords;
  faults: Faults;
  tokens: Tokens;
  serverId: string;
  serverName: string;
  version: string;
}

export type Json = Record<string, unknown>;

/** Of whom a request is: they stand in the path, or are `UserId` where the path is about something else. */
export const person = (shelf: Shelf, { caller, path, params }: Call): ShelfUser => {
  const id = path.userId ?? params.get('userid') ?? caller.user?.id ?? '';
  const user = shelf.user(id.replaceAll('-', '').toLowerCase());
  if (!user) throw new Refusal(404, 'User not found.');
  if (caller.user && !caller.admin && caller.user !== user) throw new Refusal(403, 'Access denied.');
  return user;
};

export const found = (shelf: Shelf, id: string | undefined, user: ShelfUser): ShelfItem => {
  const item = shelf.find(id ?? '');
  if (!item || !shelf.sees(user, item)) throw new Refusal(404, `Item ${id} not found.`);
  return item;
};

/** Lets administrators and API keys alone. */
export const forAdmins =
  <T>(tell: (call: Call) => T) =>
  (call: Call): T => {
    if (!call.caller.admin) throw new Refusal(403, 'Administrators only.');
    return tell(call);
  };
