import type { Faults } from './faults.ts';
import { leafKinds, type Shelf, type ShelfItem, type ShelfUser } from './shelf.ts';
import type { ShelfState } from './shelf-state.ts';

/** Which fields were asked for, in lower case. */
export interface Fields {
  has(name: string): boolean;
}

/** A single item is told with all of its fields. */
export const ALL_FIELDS: Fields = { has: () => true };

/** How a vendor writes an item down. */
export interface Wording {
  facts(item: ShelfItem, fields: Fields): object;
  userData(user: ShelfUser, item: ShelfItem, fields: Fields): object;
}

export interface PageOf {
  items: readonly ShelfItem[];
  /** Whose state goes with them; null: nobody's. */
  user: ShelfUser | null;
  fields: readonly string[];
}

/** What was told of an item, and of which state. */
interface Told {
  facts: string;
  whole: string;
  state: ShelfState | undefined;
}

/**
 * Writes items as JSON. What it says of an item is made once for each person and set of fields, and again when the state
 * or anything on the shelf changes.
 */
export const createPages = (shelf: Shelf, wording: Wording, faults: Faults) => {
  let revision = -1;
  const told = new Map<string, Map<ShelfItem, Told>>();
  const toldBefore = (key: string): Map<ShelfItem, Told> => {
    if (revision !== shelf.revision) told.clear();
    revision = shelf.revision;
    const known = told.get(key) ?? new Map<ShelfItem, Told>();
    told.set(key, known);
    return known;
  };
  return ({ items, user, fields }: PageOf): string => {
    const asked = new Set(fields);
    const known = toldBefore(`${user?.id} ${[...fields].sort().join()}`);
    const textOf = (item: ShelfItem): string => {
      const state = user ? shelf.state(user, item) : undefined;
      const before = known.get(item);
      // How a container stands follows from what is in it.
      if (before && before.state === state && leafKinds.includes(item.kind)) return before.whole;
      const facts = before?.facts ?? JSON.stringify(wording.facts(item, asked)).slice(0, -1);
      const data = user ? `,"UserData":${JSON.stringify(wording.userData(user, item, asked))}}` : '}';
      const whole = facts + data;
      known.set(item, { facts, whole, state });
      return whole;
    };
    const list = `[${items.map(textOf).join()}]`;
    return faults.inLists ? spoiled(list, faults) : list;
  };
};

const spoiled = (list: string, faults: Faults): string => {
  if (faults.emptyLibrary) return '[]';
  const items = JSON.parse(list) as { Id?: string; Name?: string }[];
  const [first, second] = items;
  if (faults.sameIdTwice && first?.Id && second) second.Id = first.Id;
  if (faults.longTitle && first) first.Name = 'A very long title '.repeat(23).slice(0, 400);
  if (faults.withoutIds && first) delete first.Id;
  return JSON.stringify(items);
};

/** `2024-05-01T12:34:56.1230000Z`: the vendors tell instants to the tenth of a microsecond. */
export const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, -1)}0000Z`;

/** Steps of 100 ns. */
export const ticks = (ms: number): number => ms * 10_000;

export const fromTicks = (value: number): number => value / 10_000;
