import type { RemoteAccount } from '#sync/media-server.ts';
import type { User } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Session } from './session.ts';
import { plainId } from './units.ts';

/**
 * The people as whom these credentials may act: all of them with an administrator's, else only one's own; the servers let
 * nobody else be acted as, whatever is known of them.
 */
export const readAccounts = async (
  dialect: Dialect,
  session: Session,
  signal: AbortSignal,
): Promise<RemoteAccount[]> => {
  const own = await ownUser(dialect, session, signal);
  if (own && !isAdmin(own)) return [accountOf(own, own)];
  const users = await dialect.users(session, signal);
  return users.map((user) => accountOf(user, own));
};

/** Whose credentials these are; null: an API key, which is nobody's. */
export const ownUser = async (dialect: Dialect, session: Session, signal: AbortSignal): Promise<User | null> =>
  (await session.signedIn(signal)) ?? (await dialect.tokenUser(session, signal));

export const isAdmin = ({ Policy }: User): boolean => Policy?.IsAdministrator === true;

const accountOf = ({ Id, Name }: User, own: User | null): RemoteAccount => {
  const remoteId = plainId(Id);
  return { remoteId, name: Name?.trim() || remoteId, entry: 'none', own: own !== null && plainId(own.Id) === remoteId };
};
