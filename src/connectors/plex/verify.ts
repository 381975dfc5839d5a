import { ConnectorError } from '#sync/connector-error.ts';
import type { Connection, ServerFacts } from '#sync/media-server.ts';
import { readJson } from '../exchange.ts';
import type { Http } from '../http.ts';
import { Identity, Root } from './answers.ts';
import { tokenHeader } from './hosts.ts';
import { textOf } from './values.ts';
import { isOwner } from './watching.ts';

/** Asks who listens there, which needs no token, and then whether the token is taken. */
export const verifyPlex = async (
  http: Http,
  { address, token }: Connection,
  signal: AbortSignal,
): Promise<ServerFacts> => {
  const { machineIdentifier, version } = await readIdentity(http, address, signal);
  const { MediaContainer } = await http.get('/', { shape: Root, headers: tokenHeader(token), signal });
  const warnings = (await isOwner(http, token, signal)) ? [] : [NOT_THE_OWNER];
  return {
    name: textOf(MediaContainer.friendlyName) ?? '',
    serverId: machineIdentifier,
    version: version ?? textOf(MediaContainer.version) ?? 'unknown',
    warnings,
  };
};

const NOT_THE_OWNER =
  "This is not the account of the server's owner: nobody else's state can be synced, and Plex does not tell what is being played.";

export const readIdentity = async (http: Http, address: string, signal: AbortSignal) => {
  const answer = await http.send('GET', '/identity', { signal, accept: [401, 404] });
  const value = readJson(answer.body);
  if (answer.status === 200 && value === undefined) {
    throw new ConnectorError(
      'bad_answer',
      `Plex at ${address} sent an answer that is not JSON. Is it Plex that listens there?`,
    );
  }
  if (answer.status !== 200 || !Identity.check(value)) {
    throw new ConnectorError(
      'not_this_kind',
      `What listens at ${address} is not a Plex Media Server. Check the port; Plex listens on 32400 unless it was changed.`,
    );
  }
  return value.MediaContainer;
};
