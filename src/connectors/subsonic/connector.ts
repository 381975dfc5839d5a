import { type Clock, SECOND } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type {
  AccountKey,
  Capabilities,
  Connection,
  Connector,
  MediaServer,
  RemoteAccount,
  ServerFacts,
  StandingField,
} from '#sync/media-server.ts';
import { createHttp, type HttpLimits, type Query } from '../http.ts';
import { createPatienceBook, type PatienceBook, type PatienceOptions } from '../patience.ts';
import { all, Folders, Nothing, OneUser, TokenInfo, Users } from './answers.ts';
import { type Calls, callOnce, checked, Refusal, type Told } from './calls.ts';
import { listItems } from './listing.ts';
import { PAGE } from './paging.ts';
import { createSignIn, type SignIn, sameName } from './sign-in.ts';
import { readStanding } from './standing.ts';
import { changesSince, playingNow } from './watching.ts';
import { type Learned, writeChange } from './writing.ts';

const HINT = 'is it on, and is the Subsonic API enabled in its settings?';

/**
 * Servers of the Subsonic API: Navidrome, Supysonic, Gonic, mStream, Airsonic, Ampache and others. Telling such a server
 * that a track was played is a scrobble: one that is linked to Last.fm or ListenBrainz passes it on.
 */
export const createSubsonicConnector = ({
  clock,
  limits,
  patience,
}: {
  clock: Clock;
  limits?: HttpLimits;
  patience?: PatienceOptions;
}): Connector => {
  const book = createPatienceBook({ clock, ...patience });
  // What a server turned out not to keep is remembered beyond one connection: not to be tried with every run anew.
  const known = new Map<string, Learned>();
  const learnedOf = (address: string): Learned => {
    const learned = known.get(address) ?? { bookmarks: null, plays: null };
    known.set(address, learned);
    return learned;
  };
  return {
    kind: 'subsonic',
    label: 'Subsonic',
    connect: (connection) => connect(connection, { clock, book, limits, learned: learnedOf(connection.address) }),
  };
};

interface Surroundings {
  clock: Clock;
  book: PatienceBook;
  limits: HttpLimits | undefined;
  learned: Learned;
}

const connect = (connection: Connection, { clock, book, limits, learned }: Surroundings): MediaServer => {
  const who = `The music server at ${connection.address}`;
  const http = createHttp({
    who,
    hint: HINT,
    base: connection.address,
    limits: { timeLimitMs: 30 * SECOND, ...limits },
    patience: book(connection.address),
    clock,
  });
  let told: Told | null = null;
  const call = async (name: string, query: Query, how: { signal: AbortSignal; changes: boolean; safe: boolean }) => {
    const answer = await callOnce(http, who, name, query, how);
    told = answer.told;
    return answer.body;
  };
  const signIn = createSignIn(connection, who, async (query, signal) => {
    await call('ping', query, { signal, changes: false, safe: true });
  });
  const calls: Calls = {
    read: async (name, query, part, { account, signal }) => {
      const as = await signIn.as(account, signal);
      return checked(await call(name, { ...as, ...query }, { signal, changes: false, safe: true }), part, who, name);
    },
    write: async (name, query, { account, signal, safe }) => {
      const as = await signIn.as(account, signal);
      await call(name, { ...as, ...query }, { signal, changes: true, safe });
    },
  };
  const own: AccountKey = { remoteId: connection.userName ?? '', secret: null };
  const rated = () => told?.openSubsonic === true;
  return {
    get capabilities() {
      return capabilitiesOf(learned);
    },
    verify: async (signal) => {
      await calls.read('ping', {}, Nothing, { account: own, signal });
      return factsOf(told, signIn, connection);
    },
    accounts: (signal) => accountsOf(calls, own, signal),
    libraries: async (account, signal) => {
      const { musicFolders } = await calls.read('getMusicFolders', {}, Folders, { account, signal });
      return all(musicFolders?.musicFolder).map(({ id, name }) => {
        return { remoteId: String(id), name: name?.trim() || 'Music', kind: 'music', count: null };
      });
    },
    items: (query, signal) => listItems({ calls, who, rated }, query, { account: query.account, signal }),
    standing: (account, remoteId, signal) => readStanding(calls, remoteId, rated, { account, signal }),
    write: (account, remoteId, change, signal) =>
      writeChange({ calls, learned, rated, asked: { account, signal } }, remoteId, change),
    playing: (account, signal) => playingNow(calls, { account, signal }),
    changedSince: (account, since, signal) => changesSince(calls, since, rated, { account, signal }),
  };
};

const FIELDS: StandingField[] = ['watched', 'playCount', 'lastPlayedAt', 'position', 'favourite', 'rating'];
const PLAYS: StandingField[] = ['watched', 'playCount', 'lastPlayedAt'];

/** What servers of this API keep, less what this one turned out not to. Plays cannot be taken back with any of them. */
const capabilitiesOf = ({ bookmarks, plays }: Learned): Capabilities => {
  const lacks = [...(bookmarks === false ? ['position'] : []), ...(plays === false ? PLAYS : [])];
  const fields = FIELDS.filter((field) => !lacks.includes(field));
  return {
    kinds: ['artist', 'album', 'track'],
    accounts: 'several',
    reads: fields,
    writes: fields,
    opinionKinds: ['artist', 'album'],
    positionStepMs: 1000,
    ratingStep: 2,
    pageSize: PAGE,
  };
};

const factsOf = (told: Told | null, signIn: SignIn, { address }: Connection): ServerFacts => ({
  name: told?.type ?? '',
  serverId: null,
  version: told?.serverVersion || told?.version || 'unknown',
  warnings:
    signIn.way() === 'password' && address.startsWith('http:')
      ? ['It takes no tokens, and its address is not https: the password can be read on the way to it.']
      : [],
});

const accountsOf = async (calls: Calls, own: AccountKey, signal: AbortSignal): Promise<RemoteAccount[]> => {
  const asked = { account: own, signal };
  const name = own.remoteId || (await nameOfKey(calls, asked));
  const user = await ifKnown(async () => (await calls.read('getUser', { username: name }, OneUser, asked)).user);
  const mine = user?.username ?? name;
  const admin = user?.adminRole === true || user?.adminRole === 'true';
  const listed = admin && (await ifKnown(async () => (await calls.read('getUsers', {}, Users, asked)).users));
  const others = all(listed ? listed.user : []).map(({ username }) => username);
  return [
    { remoteId: mine, name: mine, entry: 'none', own: true },
    ...others
      .filter((other) => !sameName(other, mine))
      .map((other): RemoteAccount => ({ remoteId: other, name: other, entry: 'password', own: false })),
  ];
};

/** Whose the API key is (OpenSubsonic). */
const nameOfKey = async (calls: Calls, asked: { account: AccountKey; signal: AbortSignal }): Promise<string> => {
  const { tokenInfo } = await calls.read('tokenInfo', {}, TokenInfo, asked);
  if (tokenInfo?.username) return tokenInfo.username;
  throw new ConnectorError(
    'bad_answer',
    'The music server does not tell whose the API key is. Give the user name as well.',
  );
};

/** null where the server does not tell, or not to this user: others are for its administrator to see. */
const ifKnown = async <T>(ask: () => Promise<T>): Promise<T | null> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal && (error.cannot || error.fault === 'forbidden')) return null;
    throw error;
  }
};
