import type { IncomingEpisode, IncomingTrack } from '#catalog/incoming.ts';
import { fold } from '#kernel/text.ts';
import type { LinkedAccount } from '../client-query.ts';
import { ConnectorError } from '../connector-error.ts';
import type {
  AccountKey,
  MediaServer,
  RemoteAccount,
  RemoteItem,
  RemoteLibrary,
  ServerFacts,
} from '../media-server.ts';
import { type NewCopy, placeOf } from './remap.ts';

/** A linked account and who it is on the new server. */
export interface FoundAccount {
  linked: LinkedAccount;
  /** undefined: nobody there has its name; the link ends. */
  remote: RemoteAccount | undefined;
  /** What it takes to act as it there; undefined: what was kept stays. */
  secret: string | null | undefined;
  /** Whether a person has to give its PIN again. */
  needsPin: boolean;
}

/** What a new server has, as it is compared with the old one. */
export interface NewServer {
  facts: ServerFacts;
  accounts: FoundAccount[];
  libraries: RemoteLibrary[];
  entries: NewCopy[];
  /** false: it changed while it was read. */
  complete: boolean;
}

/**
 * Reads what a server has. Sends nothing that changes anything there.
 * @param open opens an account's kept secret
 * @throws ConnectorError
 */
export const readServer = async (
  server: MediaServer,
  linked: readonly LinkedAccount[],
  open: (sealed: string) => string,
  signal: AbortSignal,
): Promise<NewServer> => {
  const facts = await server.verify(signal);
  const remotes = await server.accounts(signal);
  const accounts: FoundAccount[] = [];
  for (const one of linked) accounts.push(await foundAccount(server, one, remotes, signal));
  const key = readerKey(accounts, remotes, open);
  const libraries = await server.libraries(key, signal);
  return { facts, accounts, libraries, ...(await readEntries(server, key, signal)) };
};

/** By name; by id only where the name is the same, for ids of another server are other people's. */
const foundAccount = async (
  server: MediaServer,
  linked: LinkedAccount,
  remotes: readonly RemoteAccount[],
  signal: AbortSignal,
): Promise<FoundAccount> => {
  const named = remotes.filter((one) => fold(one.name) === fold(linked.name));
  const same = named.find((one) => one.remoteId === linked.remoteId);
  const single = server.capabilities.accounts === 'single' ? remotes[0] : undefined;
  const remote = same ?? single ?? (named.length === 1 ? named[0] : undefined);
  if (!remote) return { linked, remote: undefined, secret: null, needsPin: false };
  if (remote.own || remote.entry === 'none') return { linked, remote, secret: null, needsPin: false };
  if (remote.entry === 'password') return { linked, remote, secret: undefined, needsPin: false };
  if (remote.entry === 'open' && server.enter) {
    return { linked, remote, secret: await server.enter(remote.remoteId, null, signal), needsPin: false };
  }
  return { linked, remote, secret: null, needsPin: true };
};

/** As whom the catalog is read: an account of ours that can be acted as, else the credentials' own. */
const readerKey = (
  accounts: readonly FoundAccount[],
  remotes: readonly RemoteAccount[],
  open: (sealed: string) => string,
): AccountKey => {
  const able = accounts.find((one) => one.remote && !one.needsPin);
  if (able?.remote) {
    const kept = able.linked.secret === null ? null : open(able.linked.secret);
    return { remoteId: able.remote.remoteId, secret: able.secret === undefined ? kept : able.secret };
  }
  const own = remotes.find((one) => one.own) ?? remotes.find((one) => one.entry === 'none');
  if (!own) throw new ConnectorError('forbidden', 'None of its accounts can be acted as with these credentials.');
  return { remoteId: own.remoteId, secret: null };
};

const readEntries = async (
  server: MediaServer,
  account: AccountKey,
  signal: AbortSignal,
): Promise<Pick<NewServer, 'entries' | 'complete'>> => {
  const entries = new Map<string, NewCopy>();
  let complete = true;
  for (const kind of server.capabilities.kinds) {
    let done = 0;
    let total: number | undefined;
    for await (const page of server.items({ kind, account }, signal)) {
      for (const item of page.items) entries.set(item.remoteId, entryOf(item));
      if (total !== undefined && total !== page.total) complete = false;
      ({ done, total } = page);
    }
    if (done !== (total ?? 0)) complete = false;
  }
  return { entries: [...entries.values()], complete };
};

const entryOf = (item: RemoteItem): NewCopy => ({
  remoteId: item.remoteId,
  kind: item.kind,
  parentRemoteId: 'parentRemoteId' in item ? item.parentRemoteId : null,
  title: item.facts.title,
  year: item.facts.year ?? null,
  path: item.path,
  externalIds: item.facts.externalIds,
  place: placeOf(item.kind, item.facts as Partial<IncomingEpisode & IncomingTrack>),
});
