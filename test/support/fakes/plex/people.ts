import { guid, type ShelfItem } from '../shelf.ts';

export interface PlexUser {
  /** On plex.tv; on the server the owner is 1. */
  id: number;
  uuid: string;
  title: string;
  role: 'owner' | 'home' | 'friend';
  /** Of a Home user; null: none is asked. */
  pin: string | null;
  /** Ids of the libraries that they see; null: all. */
  libraries: string[] | null;
  /** For plex.tv; the server takes the owner's as well. */
  accountToken: string;
  /** For the server alone. */
  serverToken: string;
}

/** The people of a server and what they are known by. */
export class PlexPeople {
  readonly users: PlexUser[] = [];
  readonly #expired = new Set<string>();
  /** Whether the server is shared with them no more. */
  readonly #gone = new Set<PlexUser>();
  #tokens = 0;

  add(title: string, role: PlexUser['role'], more: { pin?: string; libraries?: string[]; id?: number } = {}): PlexUser {
    const user: PlexUser = {
      id: more.id ?? 31_646_104 + this.users.length,
      uuid: guid(`plex user ${title}`).slice(0, 16),
      title,
      role,
      pin: more.pin ?? null,
      libraries: more.libraries ?? null,
      accountToken: this.#token(title),
      serverToken: '',
    };
    user.serverToken = role === 'owner' ? user.accountToken : this.#token(title);
    this.users.push(user);
    return user;
  }

  get owner(): PlexUser {
    return this.users.find(({ role }) => role === 'owner')!;
  }

  /** Whose token it is on the server. */
  onServer(token: string | null): PlexUser | undefined {
    const user = this.users.find(({ serverToken }) => serverToken === token);
    return user && !this.#expired.has(user.serverToken) && !this.#gone.has(user) ? user : undefined;
  }

  /** Whose token it is on plex.tv. */
  onTv(token: string | null): PlexUser | undefined {
    const user = this.users.find(({ accountToken }) => accountToken === token);
    return user && !this.#expired.has(user.accountToken) ? user : undefined;
  }

  /** How the server itself calls someone. */
  localId(user: PlexUser): number {
    return user.role === 'owner' ? 1 : user.id;
  }

  shares(user: PlexUser): boolean {
    return !this.#gone.has(user);
  }

  /** The server is not shared with them any more. */
  drop(user: PlexUser): void {
    this.#gone.add(user);
  }

  /** No token of theirs is known from now on; absent: of anyone. */
  expire(user?: PlexUser): void {
    for (const one of user ? [user] : this.users) {
      this.#expired.add(one.accountToken).add(one.serverToken);
    }
  }

  sees(user: PlexUser, item: ShelfItem): boolean {
    return user.libraries === null || user.libraries.includes(item.library.id);
  }

  #token(name: string): string {
    return guid(`plex token ${name} ${++this.#tokens}`).slice(0, 20);
  }
}
