import { invalid } from '#kernel/errors.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Role, Viewer } from '#kernel/viewer.ts';
import { createDevices, type Devices } from './devices.ts';
import { createLoginLimit } from './login-limit.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import type { IdentityOptions, Parts } from './ports.ts';
import { createSessions, makeAccount, type Sessions } from './sessions.ts';
import { checkedZone } from './time-zone.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type { Me } from './types.ts';
import { hasAdmin, managedBy } from './user-query.ts';
import { createUsers, type Users } from './users.ts';
import { createViewers } from './viewers.ts';

/** Who people are, on what they watch, and how they sign in. */
export interface Identity {
  users: Users;
  devices: Devices;
  sessions: Sessions;
  tokens: Tokens;
  /** Who a session's or API token belongs to. One seen within the last minute costs no SQL. */
  resolveViewer(token: string): Promise<Viewer | undefined>;
  /** Whether there is no admin yet. */
  setupNeeded(): Promise<boolean>;
  /**
   * Makes one more user who signs in, for the command line.
   * @throws AppError `conflict` when the name is taken, `invalid` when the name or password will not do
   */
  createUser(name: string, password: string, role: Role): Promise<UserId>;
  /** {@link createUser} with that role. */
  createAdmin(name: string, password: string): Promise<UserId>;
  me(viewer: Viewer): Promise<Me>;
  /** Ends when what is written beside requests is written; to be awaited before the database is closed. */
  idle(): Promise<void>;
}

/** @throws AppError `invalid` when the configured time zone is none */
export const createIdentity = (options: IdentityOptions): Identity => {
  const { database, clock, audit } = options;
  const viewers = createViewers(options);
  const parts: Parts = {
    database,
    clock,
    audit,
    viewers,
    loginLimit: options.loginLimit ?? createLoginLimit(),
    timeZone: checkedZone(options.timeZone ?? 'UTC'),
  };
  const users = createUsers(parts);
  const devices = createDevices(parts, options.rebuilder);
  const createUser = async (name: string, password: string, role: Role): Promise<UserId> => {
    refuseUnfit(name, password);
    return (await makeAccount(parts, { name, password, role }, false)).id;
  };
  return {
    users,
    devices,
    sessions: createSessions(parts),
    tokens: createTokens(parts),
    resolveViewer: viewers.resolve,
    setupNeeded: setupWatch(parts),
    createUser,
    createAdmin: (name, password) => createUser(name, password, 'admin'),
    me: async (viewer) => ({
      user: await users.get(viewer, viewer.userId),
      role: viewer.role,
      device: await devices.get(viewer, viewer.deviceUserId),
      profiles: (await managedBy(database.read, viewer.userId)).map(({ id, name, role }) => ({ id, name, role })),
    }),
    idle: viewers.idle,
  };
};

/** The last admin cannot be removed, so once there is one it need not be asked again. */
const setupWatch = ({ database }: Parts): (() => Promise<boolean>) => {
  let done = false;
  return async () => {
    done ||= await hasAdmin(database.read);
    return !done;
  };
};

/** What the API's schema checks, for other doors. */
const refuseUnfit = (name: string, password: string): void => {
  if (name.trim() === '' || name.length > 100) throw invalid('A name has 1 to 100 characters.');
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw invalid(`A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`);
  }
};
