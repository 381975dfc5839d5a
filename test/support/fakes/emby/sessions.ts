import type { ShelfSession } from '../shelf.ts';
import { ALL_FIELDS, stamp, ticks } from '../shelf-pages.ts';
import { json, type Routes } from '../shelf-routes.ts';
import type { EmbyInside } from './inside.ts';

/** Who plays what now. */
export const sessionRoutes = (inside: EmbyInside): Routes => ({
  'GET /Sessions': ({ caller }) => {
    const seen = inside.shelf.sessions.filter(({ user }) => caller.admin || user === caller.user);
    return json(seen.map((session) => told(inside, session)));
  },
});

const told = ({ words, serverId }: EmbyInside, { id, user, item, positionMs, paused, at }: ShelfSession) => ({
  PlayState: {
    PositionTicks: ticks(positionMs),
    CanSeek: true,
    IsPaused: paused,
    IsMuted: false,
    MediaSourceId: `mediasource_${item.id}`,
    PlayMethod: 'DirectStream',
    RepeatMode: 'RepeatNone',
  },
  AdditionalUsers: [],
  RemoteEndPoint: '192.0.2.10',
  Protocol: 'HTTP/1.1',
  PlayableMediaTypes: ['Audio', 'Video'],
  PlaylistIndex: 0,
  PlaylistLength: 1,
  Id: id,
  ServerId: serverId,
  UserId: user.id,
  UserName: user.name,
  Client: 'Emby Web',
  LastActivityDate: stamp(at),
  DeviceName: 'Firefox',
  NowPlayingItem: words.facts(item, ALL_FIELDS),
  InternalDeviceId: 7,
  DeviceId: '30239450-1748-4855-9799-de3544fc2744',
  ApplicationVersion: '4.8.11.0',
  SupportedCommands: [],
  SupportsRemoteControl: true,
});
