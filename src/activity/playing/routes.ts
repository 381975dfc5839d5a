import { Type } from 'typebox';
import { ItemParams, instant, itemId, LONGEST_MS, ms, stateFields, strict, when, words } from '#activity/wire.ts';
import { ExternalIdSchema } from '#catalog/item-schema.ts';
import { type DeviceKind, deviceKinds } from '#database/tables/identity.ts';
import { toIsoOrNull } from '#kernel/clock.ts';
import { type LeafKind, leafKinds } from '#kernel/media.ts';
import { type Route, route } from '#kernel/route.ts';
import type { PlaybackEvent } from './play.ts';
import type { Playback } from './playback.ts';
import type { LibraryLimits } from './thresholds.ts';

export const events: readonly PlaybackEvent[] = ['start', 'progress', 'pause', 'stop'];

/** What every report of a player may tell. */
export const reportFields = {
  positionMs: ms('Where the player is'),
  durationMs: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_MS, description: 'Length of the recording' })),
  creditsStartMs: Type.Optional(ms('Where the credits begin, in its second half: from there on it is watched')),
  at: Type.Optional(when('When that was; now when absent')),
  method: Type.Optional(Type.String({ minLength: 1, maxLength: 50, description: 'How it is played, as direct' })),
  clientName: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Program that plays' })),
};

const number = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description }));

const PlaybackBody = Type.Object(
  {
    event: words(events, 'What the player did'),
    itemId: Type.Optional(itemId('What plays; or name it by `externalIds`')),
    externalIds: Type.Optional(
      Type.Array(ExternalIdSchema, {
        minItems: 1,
        maxItems: 20,
        description: 'What other providers call it, or its series where an episode is named by its numbers',
      }),
    ),
    kind: Type.Optional(
      words<LeafKind | 'series'>([...leafKinds, 'series'], 'What the external ids name; needed with them'),
    ),
    seasonNumber: number('With a series’ external ids: the season of the episode; 0 for specials'),
    episodeNumber: number('With a series’ external ids: its number in the season'),
    absoluteNumber: number('With a series’ external ids: its number in the series, instead of those two'),
    ...reportFields,
    device: Type.Optional(
      Type.Object(
        {
          key: Type.String({
            pattern: '^[\\x21-\\x7e]{1,200}$',
            description: 'Names the player among yours, the same each time',
          }),
          name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'What it is called' }),
          kind: words<DeviceKind>(deviceKinds, 'What sort of player it is'),
        },
        { ...strict, description: 'The player that a program speaks for; absent: the caller’s own device' },
      ),
    ),
  },
  strict,
);

const PlaybackSchema = Type.Object({
  ...stateFields,
  playId: Type.Integer({ minimum: 1, description: 'Id of the play that the report belongs to' }),
  completed: Type.Boolean({ description: 'Whether that play went to its end' }),
  provisional: Type.Boolean({
    description: 'Whether that play is not in the history yet: it takes a second report, or the end',
  }),
});

const percent = (minimum: number, maximum: number, description: string) =>
  Type.Optional(Type.Union([Type.Integer({ minimum, maximum }), Type.Null()], { description }));
const own = {
  lowPercent: percent(0, 45, 'Below this share of the length a position is dropped'),
  lowSeconds: percent(0, 3600, 'Before this many seconds a position is dropped'),
  highPercent: percent(50, 100, 'From this share of the length on it is watched'),
  highSeconds: percent(
    0,
    86_400,
    'From this many seconds on it is watched, however long it is; 0: only the share counts',
  ),
};
const ThresholdsBody = Type.Object(own, { ...strict, description: 'What is null or absent is as the settings say' });
const ownValue = Type.Union([Type.Integer(), Type.Null()]);
const value = (description: string) => Type.Integer({ minimum: 0, description });
const ThresholdsSchema = Type.Object({
  libraryId: itemId('Id of the library'),
  kind: words<LeafKind>(leafKinds, 'What is played in it'),
  lowPercent: value('Below this share of the length a position is dropped …'),
  lowSeconds: value('… and before this many seconds'),
  highPercent: value('From this share of the length on it is watched …'),
  highSeconds: value('… or from this many seconds on; 0: only the share counts'),
  own: Type.Object(
    { lowPercent: ownValue, lowSeconds: ownValue, highPercent: ownValue, highSeconds: ownValue },
    { description: 'What this library has of its own; null: as the settings say' },
  ),
});

/** What programs tell that play for people. */
export const playbackRoutes = (playback: Pick<Playback, 'playback'>): Route[] => [
  route({
    method: 'POST',
    path: '/me/playback',
    permission: 'user',
    tag: 'activity',
    summary: 'Tell what a player of yours does, naming the item by any id',
    operationId: 'reportPlayback',
    once: 'unit',
    body: PlaybackBody,
    response: PlaybackSchema,
    handle: async ({ viewer, body }) => {
      const outcome = await playback.playback(viewer, { ...body, at: instant('at', body.at) });
      const { markedAt, lastPlayedAt } = outcome;
      return { ...outcome, markedAt: toIsoOrNull(markedAt), lastPlayedAt: toIsoOrNull(lastPlayedAt) };
    },
  }),
];

/** Where positions count in a library. */
export const thresholdRoutes = (thresholds: Pick<LibraryLimits, 'of' | 'set'>): Route[] => [
  route({
    method: 'GET',
    path: '/libraries/:id/thresholds',
    permission: 'guest',
    tag: 'activity',
    summary: 'From where on a position counts in a library, and from where on it is watched',
    operationId: 'getLibraryThresholds',
    params: ItemParams,
    response: ThresholdsSchema,
    handle: ({ viewer, params }) => thresholds.of(viewer, params.id),
  }),
  route({
    method: 'PUT',
    path: '/libraries/:id/thresholds',
    permission: 'admin',
    tag: 'activity',
    summary: 'Set thresholds of a library’s own, for what is reported from now on',
    operationId: 'setLibraryThresholds',
    once: 'unit',
    params: ItemParams,
    body: ThresholdsBody,
    response: ThresholdsSchema,
    handle: ({ viewer, params, body }) =>
      thresholds.set(viewer, params.id, {
        lowPercent: body.lowPercent ?? null,
        lowSeconds: body.lowSeconds ?? null,
        highPercent: body.highPercent ?? null,
        highSeconds: body.highSeconds ?? null,
      }),
  }),
];
