import type { Ask, Reply } from './serve.ts';
import type { Shelf, ShelfUser } from './shelf.ts';
import { Params } from './shelf-query.ts';

/** Who asks: a person with their token, or an API key, which is nobody and may do everything. */
export interface Caller {
  user: ShelfUser | null;
  admin: boolean;
  token: string;
}

export interface Call {
  ask: Ask;
  params: Params;
  /** What stands in the place of `{name}` in the path. */
  path: Record<string, string>;
  caller: Caller;
}

/** A request that the server does not do; how it is said is the vendor's habit. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message = '') {
    super(message);
    this.status = status;
  }
}

/** By `GET /Items/{id}`; the case of a path does not matter. */
export type Routes = Record<string, (call: Call) => Reply>;

export interface Routing {
  routes: Routes;
  /** Requests that need no token. */
  open: Routes;
  /** @throws Refusal 401 */
  caller(ask: Ask, params: Params): Caller;
  refuse(refusal: Refusal): Reply;
}

export const createAnswer = ({ routes, open, caller, refuse }: Routing): ((ask: Ask) => Reply) => {
  const find = (table: Routes) => {
    const rows = Object.entries(table).map(([key, answer]) => {
      const [method, template = ''] = key.split(' ');
      const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`, 'i');
      return { method, pattern, answer, fixed: template.replace(/\{\w+\}/g, '').length };
    });
    rows.sort((one, other) => other.fixed - one.fixed);
    return (ask: Ask) => {
      for (const { method, pattern, answer } of rows) {
        const match = method === ask.method ? pattern.exec(ask.path) : null;
        if (match) return { answer, path: { ...match.groups } };
      }
      return undefined;
    };
  };
  const findOpen = find(open);
  const findRoute = find(routes);
  return (ask) => {
    try {
      const params = new Params(ask.query);
      const free = findOpen(ask);
      if (free) return free.answer({ ask, params, path: free.path, caller: { user: null, admin: false, token: '' } });
      const known = findRoute(ask);
      if (!known) throw new Refusal(404);
      return known.answer({ ask, params, path: known.path, caller: caller(ask, params) });
    } catch (error) {
      if (error instanceof Refusal) return refuse(error);
      throw error;
    }
  };
};

export const json = (body: unknown): Reply => ({ status: 200, body: JSON.stringify(body) });

/** The fields of `MediaBrowser Client="…", Token="…"`, by lower-case name; their values are URL-encoded. */
export const schemeFields = (header: string | undefined, schemes: readonly string[]): Record<string, string> => {
  const [scheme = ''] = (header ?? '').split(' ');
  if (!header || !schemes.includes(scheme.toLowerCase())) return {};
  const pairs = header.slice(scheme.length).matchAll(/(\w+)="([^"]*)"/g);
  return Object.fromEntries(
    [...pairs].map(([, name = '', value = '']) => [name.toLowerCase(), decodeURIComponent(value)]),
  );
};

/** The tokens that a server gave out. */
export interface Tokens {
  issue(user: ShelfUser, deviceId?: string): string;
  /** @throws Refusal 401 */
  caller(token: string | undefined): Caller;
  revoke(token: string): void;
  /** None is known any more, the API key included. */
  revokeAll(): void;
}

export const createTokens = (shelf: Shelf, apiKey: string): Tokens => {
  const given = new Map<string, { user: ShelfUser; deviceId: string }>();
  let key: string | undefined = apiKey;
  let count = 0;
  return {
    issue: (user, deviceId = 'a test') => {
      // A device has one token for a person: signing in again ends the former.
      for (const [token, one] of given) if (one.user === user && one.deviceId === deviceId) given.delete(token);
      const token = `${apiKey.slice(0, 24)}${String(++count).padStart(8, '0')}`;
      given.set(token, { user, deviceId });
      return token;
    },
    caller: (token) => {
      if (token !== undefined && token === key) return { user: null, admin: true, token };
      const one = given.get(token ?? '');
      if (!token || !one || !shelf.users.includes(one.user) || one.user.disabled) throw new Refusal(401);
      return { user: one.user, admin: one.user.admin, token };
    },
    revoke: (token) => void given.delete(token),
    revokeAll: () => {
      given.clear();
      key = undefined;
    },
  };
};

/** ISO with its zone or in UTC, or `yyyyMMddHHmmss` in UTC; null: neither. */
export const readInstant = (text: string): number | null => {
  const packed = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  const iso = packed
    ? `${packed[1]}-${packed[2]}-${packed[3]}T${packed[4]}:${packed[5]}:${packed[6]}Z`
    : /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text)
      ? `${text}Z`
      : text;
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : at;
};
