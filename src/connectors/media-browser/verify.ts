import { ConnectorError } from '#sync/connector-error.ts';
import type { ServerFacts } from '#sync/media-server.ts';
import { type Info, InfoAnswer } from './answers.ts';
import type { Dialect } from './dialect.ts';
import { isAdmin, ownUser } from './people.ts';
import { isFault, type Session } from './session.ts';

/** Asks the server who it is, first without the credentials: what is no such server shall not get them. */
export const verify = async (dialect: Dialect, session: Session, signal: AbortSignal): Promise<ServerFacts> => {
  const info = await publicInfo(dialect, session, signal);
  if (!dialect.isOwn(info)) throw otherKind(dialect, session, info);
  if (isOlder(info.Version, dialect.oldest)) throw tooOld(dialect, session, info.Version);
  await proveCredentials(session, signal);
  const own = await ownUser(dialect, session, signal);
  const warnings =
    own && !isAdmin(own)
      ? [
          `${own.Name ?? 'This user'} is no administrator there, so only this account can be linked. An API key (${dialect.keys}) opens all of them.`,
        ]
      : [];
  return { name: info.ServerName ?? '', serverId: info.Id ?? null, version: info.Version, warnings };
};

/** A server that is starting or broken answers with an error of its own: it may well be the right one. */
const publicInfo = async (dialect: Dialect, session: Session, signal: AbortSignal): Promise<Info> => {
  const info = await session.publicInfo(signal).catch((error) => {
    if (isFault(error, 'bad_answer') || isFault(error, 'unauthorized') || isFault(error, 'forbidden')) return null;
    throw error;
  });
  if (info) return info;
  throw new ConnectorError(
    'not_this_kind',
    `What listens at ${session.connection.address} is not ${dialect.label}. Check the address and its port; ${dialect.label} listens on 8096 unless it was changed.`,
  );
};

/** Whether they are taken at all. Parental control may close this very answer to someone whom the server knows. */
const proveCredentials = async (session: Session, signal: AbortSignal): Promise<void> => {
  try {
    await session.get({ path: '/System/Info', query: {} }, InfoAnswer, signal);
  } catch (error) {
    if (!isFault(error, 'forbidden')) throw error;
  }
};

const isOlder = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [first = 0, second = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return first < major || (first === major && second < minor);
};

const otherKind = (dialect: Dialect, { connection }: Session, { Version }: Info) => {
  const other = dialect.kind === 'emby' ? 'Jellyfin' : 'Emby';
  return new ConnectorError(
    'not_this_kind',
    `What listens at ${connection.address} is ${other} (version ${Version}), not ${dialect.label}. Connect it as ${other}.`,
  );
};

const tooOld = ({ label, oldest }: Dialect, { who }: Session, version: string) =>
  new ConnectorError('too_old', `${who} is version ${version}; ${label} ${oldest.join('.')} or later is needed.`);
