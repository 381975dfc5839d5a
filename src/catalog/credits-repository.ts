import type { Reader, Transaction } from '#database/database.ts';
import { creditRoles } from '#database/tables/catalog.ts';
import type { MediaItemId, PersonId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import { type Credit, MOST_CREDITS } from './facts.ts';

/** Someone's part in an item. */
export interface KnownCredit extends Credit {
  personId: PersonId;
}

/** An item's credits: creators, directors and writers first, each role in its order. */
export const readCredits = async (db: Reader, itemId: MediaItemId): Promise<KnownCredit[]> => {
  const rows = await db
    .selectFrom('credits as c')
    .innerJoin('people as p', 'p.id', 'c.person_id')
    .select(['c.person_id as personId', 'p.name', 'c.role', 'c.character'])
    .where('c.item_id', '=', itemId)
    .orderBy('c.role')
    .orderBy('c.position')
    .limit(MOST_CREDITS)
    .execute();
  return rows.sort((one, other) => creditRoles.indexOf(one.role) - creditRoles.indexOf(other.role));
};

/** Gives an item exactly these credits. A name that is known already is taken for the same person. */
export const exchangeCredits = async (
  tx: Transaction,
  itemId: MediaItemId,
  credits: readonly Credit[],
): Promise<void> => {
  await tx.deleteFrom('credits').where('item_id', '=', itemId).execute();
  if (credits.length === 0) return;
  const people = await peopleNamed(tx, credits);
  const positions = new Map<string, number>();
  const rows = credits.flatMap(({ name, role, character }) => {
    const person = people.get(fold(name));
    const position = positions.get(role) ?? 0;
    positions.set(role, position + 1);
    return person === undefined ? [] : [{ item_id: itemId, role, position, person_id: person, character }];
  });
  await tx.insertInto('credits').values(rows).execute();
};

/** The oldest person of each name, made where there is none. */
const peopleNamed = async (tx: Transaction, credits: readonly Credit[]): Promise<Map<string, PersonId>> => {
  const nameOf = new Map(credits.map(({ name }) => [fold(name), name]));
  const known = await readNames(tx, [...nameOf.keys()]);
  const missing = [...nameOf].filter(([key]) => !known.has(key));
  if (missing.length === 0) return known;
  const made = await tx
    .insertInto('people')
    .values(missing.map(([key, name]) => ({ name, name_key: key })))
    .returning(['id', 'name_key'])
    .execute();
  for (const { id, name_key } of made) known.set(name_key, id);
  return known;
};

const readNames = async (db: Reader, keys: string[]): Promise<Map<string, PersonId>> => {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name_key'])
    .where('name_key', 'in', keys)
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map(({ id, name_key }) => [name_key, id]));
};
