import type { Reply } from '../serve.ts';
import type { ShelfSession, ShelfUser } from '../shelf.ts';
import { ALL_FIELDS, fromTicks, stamp, ticks } from '../shelf-pages.ts';
import { type Call, json, Refusal, type Routes } from '../shelf-routes.ts';
import { bodyOf, found, type JellyfinInside, type Json, readId } from './inside.ts';

/** Who plays what now, and what players report. */
export const sessionRoutes = (inside: JellyfinInside): Routes => {
  const { shelf } = inside;
  return {
    'GET /Sessions': ({ caller }) => {
      const seen = shelf.sessions.filter(({ user }) => caller.admin || user === caller.user);
      return json(seen.map((session) => told(inside, session)));
    },
    'POST /Sessions/Playing': reporting((user, body) => {
      shelf.play(user, found(shelf, readId(String(body.ItemId)), user), positionOf(body));
    }),
    'POST /Sessions/Playing/Progress': reporting((user, body) =>
      shelf.progress(user, positionOf(body), body.IsPaused === true),
    ),
    'POST /Sessions/Playing/Stopped': reporting((user, body) => shelf.stop(user, positionOf(body))),
  };
};

/** A report is always of the person whose token it comes with. */
const reporting =
  (report: (user: ShelfUser, body: Json) => void) =>
  ({ ask, caller }: Call): Reply => {
    if (!caller.user) throw new Refusal(400);
    report(caller.user, bodyOf(ask.body));
    return { status: 204 };
  };

const positionOf = (body: Json): number => fromTicks(Number(body.PositionTicks ?? 0));

const told = ({ words, serverId }: JellyfinInside, { id, user, item, positionMs, paused, at }: ShelfSession) => ({
  PlayState: {
    PositionTicks: ticks(positionMs),
    CanSeek: true,
    IsPaused: paused,
    IsMuted: false,
    MediaSourceId: item.id,
    PlayMethod: 'DirectPlay',
    RepeatMode: 'RepeatNone',
    PlaybackOrder: 'Default',
  },
  AdditionalUsers: [],
  RemoteEndPoint: '192.0.2.10',
  PlayableMediaTypes: ['Audio', 'Video'],
  Id: id,
  UserId: user.id,
  UserName: user.name,
  Client: 'Jellyfin Web',
  LastActivityDate: stamp(at),
  LastPlaybackCheckIn: stamp(at),
  DeviceName: 'Firefox',
  DeviceId: 'TW96aWxsYS81LjA',
  ApplicationVersion: '10.11.8',
  NowPlayingItem: words.facts(item, ALL_FIELDS),
  IsActive: true,
  SupportsMediaControl: false,
  SupportsRemoteControl: false,
  NowPlayingQueue: [],
  HasCustomDeviceName: false,
  ServerId: serverId,
  SupportedCommands: [],
});
