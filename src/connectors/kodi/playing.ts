import Type from 'typebox';
import { type Millis, SECOND } from '#kernel/clock.ts';
import type { RemoteSession } from '#sync/media-server.ts';
import { shape } from '../exchange.ts';
import { remoteIdOf } from './notices.ts';
import type { KodiRpc } from './rpc.ts';

const Players = shape(Type.Array(Type.Object({ playerid: Type.Integer(), type: Type.String() })));
const Playing = shape(
  Type.Object({
    item: Type.Object({ id: Type.Optional(Type.Integer()), type: Type.Optional(Type.String()) }),
  }),
);
const Time = Type.Object({
  hours: Type.Integer(),
  minutes: Type.Integer(),
  seconds: Type.Integer(),
  milliseconds: Type.Integer(),
});
const Place = shape(Type.Object({ time: Time }));

/** What of its library Kodi plays or has paused now. */
export const readPlaying = async (rpc: KodiRpc, accountId: string, signal: AbortSignal): Promise<RemoteSession[]> => {
  const sessions: RemoteSession[] = [];
  for (const { playerid, type } of await rpc.call('Player.GetActivePlayers', {}, Players, signal)) {
    if (type === 'picture') continue;
    // A player that ended meanwhile is answered like an unknown id.
    const playing = await rpc.find('Player.GetItem', { playerid }, Playing, signal);
    const remoteId = playing && remoteIdOf(playing.item);
    if (!remoteId) continue;
    const place = await rpc.find('Player.GetProperties', { playerid, properties: ['time'] }, Place, signal);
    sessions.push({ remoteId, accountId, positionMs: place ? lengthOf(place.time) : null });
  }
  return sessions;
};

const lengthOf = ({ hours, minutes, seconds, milliseconds }: Record<string, number>): Millis =>
  ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * SECOND + (milliseconds ?? 0);
