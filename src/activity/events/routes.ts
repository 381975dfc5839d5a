import { type Static, Type } from 'typebox';
import { toIso } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { type Route, streamRoute } from '#kernel/route.ts';
import type { ActivityEvent, EndReason, Events, Told } from './events.ts';

const kinds: readonly ActivityEvent['kind'][] = ['ready', 'progress', 'state', 'play', 'opinion', 'reset', 'end'];
const reasons: readonly EndReason[] = ['signed_out', 'changed'];

const EventSchema = Type.Object(
  {
    kind: Type.Unsafe<ActivityEvent['kind']>(
      Type.Enum([...kinds], {
        description:
          '`ready`: told from here on; `progress`: a position moved; `state`: marked watched or unwatched; `play`: played ' +
          'to its end; `opinion`: a favourite, rating or the like; `reset`: load everything anew; `end`: the stream ends, come again. Also the name of the event.',
      }),
    ),
    itemId: Type.Union([Type.Unsafe<MediaItemId>(Type.Integer({ minimum: 1 })), Type.Null()], {
      description: 'The item, as it was marked or played: a container stands for all that is in it',
    }),
    at: Type.String({ format: 'date-time', description: 'When it was recorded' }),
    own: Type.Boolean({ description: 'Whether it was done on this device' }),
    reason: Type.Union([Type.Unsafe<EndReason>(Type.Enum([...reasons])), Type.Null()], {
      description: 'Of `end`: the session is over, or this device or what may be seen was changed',
    }),
  },
  { description: 'A change in what you watch. It says what to look at again, not what is there now.' },
);

export const eventRoutes = (events: Events): Route[] => [
  streamRoute({
    path: '/events',
    permission: 'guest',
    tag: 'activity',
    summary: 'What changes for you, as it happens, as server-sent events',
    operationId: 'followEvents',
    response: EventSchema,
    handle: ({ viewer, lastEventId, viewerNow, send, signal }) =>
      events.follow(viewer, { lastEventId, viewerNow, signal, send: (told) => send(told.map(eventJson)) }),
  }),
];

const eventJson = ({ id, event }: Told): { id?: string; event: string; data: Static<typeof EventSchema> } => ({
  ...(id !== null && { id }),
  event: event.kind,
  data: { ...event, at: toIso(event.at) },
});
