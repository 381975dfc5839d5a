import type { Updateable } from 'kysely';
import { type Audit, HIDDEN } from '#audit/audit.ts';
import type { Database, Transaction } from '#database/database.ts';
import type { ClientsTable } from '#database/tables/sync.ts';
import { isAppError } from '#kernel/errors.ts';
import type { ClientId } from '#kernel/ids.ts';
import type { Credentials } from './credentials.ts';

/** What came of sealing anew all that a former key sealed. */
export interface Resealed {
  sealed: number;
  /** What neither key opens, for people: it has to be entered again. */
  lost: string[];
}

interface Sealed {
  clientId: ClientId;
  /** What it is, for people. */
  what: string;
  text: string;
  /** Puts another text in its place, unless that was changed meanwhile. */
  replace(text: string): Promise<unknown>;
}

/**
 * Seals with the present key whatever is kept sealed, in one unit of work: broken off, nothing was done, and all can be
 * opened as before. Done twice it is the same as once. Each media server that it concerned is audited.
 */
export const sealAnew = ({
  database,
  audit,
  credentials,
}: {
  database: Database;
  audit: Audit;
  credentials: Credentials;
}): Promise<Resealed> =>
  database.transaction(async (tx) => {
    const concerned = new Set<ClientId>();
    const lost: string[] = [];
    let sealed = 0;
    for (const one of [...(await ofClients(tx)), ...(await ofAccounts(tx))]) {
      if (credentials.isPresent(one.text)) continue;
      const secret = opened(credentials, one.text);
      if (secret === null) {
        lost.push(one.what);
        continue;
      }
      await one.replace(credentials.seal(secret));
      concerned.add(one.clientId);
      sealed++;
    }
    for (const entityId of concerned) {
      const changes = { secretKey: [HIDDEN, HIDDEN] } satisfies Record<string, [unknown, unknown]>;
      await audit.record(tx, { actor: null, entityType: 'client', entityId, action: 'update', changes });
    }
    return { sealed, lost };
  });

const columns = { secret: 'The password', token: 'The token', webhook_secret: 'The webhook’s address' } as const;

const ofClients = async (tx: Transaction): Promise<Sealed[]> => {
  const rows = await tx.selectFrom('clients').select(['id', 'name', 'secret', 'token', 'webhook_secret']).execute();
  return rows.flatMap((row) =>
    Object.entries(columns).flatMap(([key, label]) => {
      const column = key as keyof typeof columns;
      const text = row[column];
      if (text === null) return [];
      const replace = (next: string) => {
        const values: Updateable<ClientsTable> = { [column]: next };
        return tx.updateTable('clients').set(values).where('id', '=', row.id).where(column, '=', text).execute();
      };
      return [{ clientId: row.id, what: `${label} of ${row.name}`, text, replace }];
    }),
  );
};

const ofAccounts = async (tx: Transaction): Promise<Sealed[]> => {
  const rows = await tx
    .selectFrom('client_accounts as a')
    .innerJoin('clients as c', 'c.id', 'a.client_id')
    .select(['a.id', 'a.client_id', 'a.remote_name', 'a.secret', 'c.name'])
    .where('a.secret', 'is not', null)
    .execute();
  return rows.flatMap(({ id, client_id, remote_name, secret: text, name }) => {
    if (text === null) return [];
    const replace = (secret: string) =>
      tx.updateTable('client_accounts').set({ secret }).where('id', '=', id).where('secret', '=', text).execute();
    return [{ clientId: client_id, what: `What ${remote_name} of ${name} is acted as with`, text, replace }];
  });
};

const opened = (credentials: Credentials, text: string): string | null => {
  try {
    return credentials.open(text);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
};
