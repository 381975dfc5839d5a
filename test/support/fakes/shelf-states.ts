import { type ShelfItem, type ShelfUser, userDataKey } from './shelf-items.ts';
import { noState, type ShelfState } from './shelf-state.ts';

const NONE: ShelfState = Object.freeze(noState());

/** Every person's states, those of removed items included: the server keeps them in case the item comes back. */
export class ShelfStates {
  readonly #states = new Map<ShelfUser, Map<ShelfItem | string, ShelfState>>();
  readonly #nameOf: (item: ShelfItem) => ShelfItem | string;
  readonly #revisions = new Map<ShelfUser, number>();
  readonly #kept = new Map<string, ShelfState>();

  /** @param shared by what the work is, so that all copies of it have one state; else each item has its own */
  constructor(shared: boolean) {
    this.#nameOf = shared ? userDataKey : (item) => item;
  }

  /** Never to be changed in place: each change is another object. */
  of(user: ShelfUser, item: ShelfItem): ShelfState {
    return this.#states.get(user)?.get(this.#nameOf(item)) ?? NONE;
  }

  set(user: ShelfUser, item: ShelfItem, state: ShelfState): void {
    const own = this.#states.get(user) ?? new Map<ShelfItem | string, ShelfState>();
    this.#states.set(user, own.set(this.#nameOf(item), state));
    this.#touch(user);
  }

  /** Rises with every change of the person's states. */
  revision(user: ShelfUser): number {
    return this.#revisions.get(user) ?? 0;
  }

  /** The item goes. */
  keep(item: ShelfItem): void {
    for (const [user, own] of this.#states) {
      const state = own.get(item);
      if (!state) continue;
      this.#kept.set(`${user.id} ${userDataKey(item)}`, state);
      own.delete(item);
      this.#touch(user);
    }
  }

  /** The item comes, again or for the first time. */
  recall(item: ShelfItem, users: readonly ShelfUser[]): void {
    if (this.#kept.size === 0) return;
    for (const user of users) {
      const key = `${user.id} ${userDataKey(item)}`;
      const state = this.#kept.get(key);
      if (state) this.set(user, item, state);
      this.#kept.delete(key);
    }
  }

  /** As on a server that was set up anew. */
  forget(): void {
    this.#kept.clear();
    for (const user of this.#states.keys()) {
      this.#states.set(user, new Map());
      this.#touch(user);
    }
  }

  #touch(user: ShelfUser): void {
    this.#revisions.set(user, this.revision(user) + 1);
  }
}
