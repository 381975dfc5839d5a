import { AppError, invalid, notFound } from '#kernel/errors.ts';
import { asId, type ClientId, type UserId } from '#kernel/ids.ts';
import { LARGEST_PAGE, type Page, type PageRequest } from '#kernel/page.ts';
import type { Services } from '../app.ts';

type Clients = Awaited<ReturnType<Services['sync']['clients']>>['items'];
export type ClientView = Clients[number];
export type AccountView = ClientView['accounts'][number];
export type RemoteAccount = Awaited<ReturnType<Services['sync']['accounts']>>[number];

/** All of a list, page by page. */
export const everything = async function* <T>(page: (request: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await page({ limit: LARGEST_PAGE, cursor });
    yield* items;
    if (next === null) return;
    cursor = next;
  }
};

export const allClients = (services: Pick<Services, 'sync'>): Promise<ClientView[]> =>
  Array.fromAsync(everything((request) => services.sync.clients(request)));

/** The media server that somebody named by its id or name. @throws AppError `not_found`, `invalid` */
export const clientNamed = async (services: Pick<Services, 'sync'>, name: string): Promise<ClientView> => {
  const clients = await allClients(services);
  const [found, ...more] = chosen(
    clients,
    name,
    (one) => [String(one.id)],
    (one) => one.name,
  );
  if (more.length > 0) throw invalid(`Several are called "${name}"; give its id (see: leftoff client list).`);
  if (!found) throw new AppError('not_found', `There is no media server "${name}"; see: leftoff client list.`);
  return found;
};

export const idOf = (client: Pick<ClientView, 'id'>): ClientId => asId<ClientId>(client.id);

/** Who the server knows by an id or a name. @throws AppError `not_found`, `invalid` */
export const remoteNamed = (accounts: RemoteAccount[], name: string): RemoteAccount => {
  const [found, ...more] = chosen(
    accounts,
    name,
    (one) => [one.remoteId],
    (one) => one.name,
  );
  const names = accounts.map((one) => one.name).join(', ');
  if (more.length > 0) throw invalid(`Several are called "${name}"; give the id that the server has for it.`);
  if (!found) throw new AppError('not_found', `The server knows no "${name}"; it knows ${names}.`);
  return found;
};

/** A linked account by the id of the link, or the server's id or name for it. @throws AppError `not_found`, `invalid` */
export const linkedNamed = ({ name: server, accounts }: ClientView, name: string): AccountView => {
  const [found, ...more] = chosen(
    accounts,
    name,
    (one) => [one.remoteId, String(one.id)],
    (one) => one.remoteName,
  );
  if (more.length > 0) throw invalid(`Several are called "${name}"; give its id (see: leftoff client accounts).`);
  if (!found) throw notFound(`A linked account "${name}" of ${server} (see: leftoff client accounts)`);
  return found;
};

/** One of ours by name; without one the only one. @throws AppError `invalid` */
export const userNamed = async (services: Pick<Services, 'listUsers'>, name: string | undefined): Promise<UserId> => {
  const users = await services.listUsers();
  const names = users.map((user) => user.name).join(', ');
  if (users.length === 0) throw invalid('There is no user yet: make one with "leftoff user add NAME --admin".');
  const [found, ...more] = name === undefined ? users : users.filter((user) => sameName(user.name, name));
  if (!found) throw invalid(`There is no user "${name}"; there are: ${names}.`);
  if (more.length > 0) throw invalid(`Say whose it is with --for; there are: ${names}.`);
  return asId<UserId>(found.id);
};

export const sameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

/** By id; where none has that, by name. */
const chosen = <T>(all: readonly T[], given: string, ids: (one: T) => string[], name: (one: T) => string): T[] => {
  const byId = all.filter((one) => ids(one).includes(given));
  return byId.length > 0 ? byId.slice(0, 1) : all.filter((one) => sameName(name(one), given));
};
