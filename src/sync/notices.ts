import type { Database } from '#database/database.ts';
import type { ClientId } from '#kernel/ids.ts';
import { type LinkedAccount, linkedAccounts } from './client-query.ts';
import type { Notice } from './media-server.ts';
import type { Soon } from './soon.ts';

/**
 * What is done about what a server told of by itself: the entries are looked at soon. What is told is a hint and is not
 * believed by itself.
 * @returns what was understood, for people
 */
export const followNotices = async (
  { database, soon }: { database: Database; soon: Pick<Soon, 'read' | 'whole'> },
  clientId: ClientId,
  notices: readonly Notice[],
): Promise<string> => {
  const accounts = await linkedAccounts(database.read, clientId);
  const words = new Set<string>();
  for (const notice of notices) words.add(follow(soon, clientId, accounts, notice));
  return [...words].join(' ');
};

const follow = (
  soon: Pick<Soon, 'read' | 'whole'>,
  clientId: ClientId,
  accounts: readonly LinkedAccount[],
  { event, about, account, remoteId }: Notice,
): string => {
  if (about === 'items') {
    soon.whole(clientId);
    return `${event}: the library is read again in a moment.`;
  }
  const concerned = accounts.filter((one) => isMeant(one, account));
  for (const one of concerned) soon.read(clientId, one.id, remoteId);
  if (concerned.length === 0) return `${event}: of ${account?.name ?? 'an account'}, with whom nobody here is linked.`;
  return `${event}: looked at for ${concerned.map((one) => one.name).join(', ')}.`;
};

/** By its id; by its name where the vendor tells no id that we know; anyone where it tells neither. */
const isMeant = ({ remoteId, name }: LinkedAccount, told: Notice['account']): boolean => {
  if (told === null) return true;
  if (told.remoteId === remoteId) return true;
  return told.name !== undefined && told.name.toLowerCase() === name.toLowerCase();
};
