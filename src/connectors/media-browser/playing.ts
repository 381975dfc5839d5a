import type { RemoteSession } from '#sync/media-server.ts';
import { SessionsAnswer } from './answers.ts';
import type { Session } from './session.ts';
import { fromTicks, plainId } from './units.ts';

/** What an account plays now. A paused player still has what it plays. */
export const readPlaying = async (session: Session, account: string, signal: AbortSignal): Promise<RemoteSession[]> => {
  const sessions = await session.get({ path: '/Sessions', query: {} }, SessionsAnswer, signal);
  return sessions.flatMap(({ UserId, NowPlayingItem, PlayState }) => {
    if (!NowPlayingItem || !UserId || plainId(UserId) !== plainId(account)) return [];
    const ticks = PlayState?.PositionTicks;
    return [
      {
        remoteId: plainId(NowPlayingItem.Id),
        accountId: plainId(UserId),
        positionMs: typeof ticks === 'number' ? fromTicks(ticks) : null,
      },
    ];
  });
};
