import { type Static, Type } from 'typebox';
import { itemId, msOrNull, stateFields, when, whenOrNull, words } from '#activity/wire.ts';
import { type DatePrecision, datePrecisions } from '#database/tables/activity.ts';
import { type DeviceKind, deviceKinds } from '#database/tables/identity.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import { type MediaKind, mediaKinds } from '#kernel/media.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import type { Explanation } from './explain.ts';

const orNull = <S extends Parameters<typeof Type.Array>[0]>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const TellerSchema = Type.Object({
  deviceUserId: Type.Integer({ minimum: 1, description: 'The person on that device' }),
  name: Type.String({ description: 'Name of the device or media server' }),
  kind: words<DeviceKind>(deviceKinds, 'What sort of device it is'),
  isolation: words<IsolationMode>(isolationModes, 'How it meets the other devices'),
});

const judged = {
  by: orNull(TellerSchema, 'Who told it; null: a device that no longer says so'),
  heard: Type.Boolean({ description: 'Whether the other devices are told of it' }),
  decides: Type.Boolean({ description: 'Whether it is what holds' }),
  why: Type.String({ description: 'Why it holds, or why not' }),
};

const MarkSchema = Type.Object({
  on: Type.Object({
    itemId: itemId('What was marked: the item, or something that it is in'),
    kind: words<MediaKind>(mediaKinds, 'What sort of item that is'),
    title: orNull(Type.String(), 'Its title; null: not for you to see'),
  }),
  watched: Type.Boolean({ description: 'Set watched or unwatched' }),
  at: when('As of when'),
  ...judged,
});
const PositionSchema = Type.Object({
  positionMs: msOrNull('Where it was left; null: not in progress'),
  durationMs: msOrNull('Its length as it was told'),
  reportedAt: when('When that was told'),
  playCount: Type.Integer({ minimum: 0, description: 'Plays to the end there' }),
  ...judged,
});
const PlaySchema = Type.Object({
  id: Type.Integer({ minimum: 1, description: 'Id of the play' }),
  startedAt: when('When it began, as exactly as `precision` says'),
  lastAt: when('When it was seen last'),
  precision: words<DatePrecision>(datePrecisions, 'How exactly the date is known'),
  completed: Type.Boolean({ description: 'Whether it went to the end' }),
  method: orNull(Type.String(), 'How it was played; null: not told'),
  clientName: orNull(Type.String(), 'In which program; null: not told'),
  by: TellerSchema,
});
const said = <S extends Parameters<typeof Type.Array>[0]>(value: S, description: string) =>
  Type.Object({ value, at: whenOrNull('When that was said last; null: never') }, { description });

/** Why an item stands as it does, on the wire. */
export const explanationFields = {
  itemId: itemId('Id of the item'),
  userId: Type.Integer({ minimum: 1, description: 'Whom it is about' }),
  state: Type.Object({
    ...stateFields,
    leaves: Type.Optional(Type.Integer({ minimum: 0, description: 'Of a container: what is in it' })),
    unwatched: Type.Optional(Type.Integer({ minimum: 0, description: 'Of a container: what of that is not watched' })),
  }),
  rule: Type.String({ description: 'What decided, in one sentence or two' }),
  marks: Type.Array(MarkSchema, { description: 'The one that decides first, then the newest; at most 100' }),
  positions: Type.Array(PositionSchema, { description: 'Where each device left it; at most 50' }),
  plays: Type.Array(PlaySchema, { description: 'Sittings, the newest first; at most 20' }),
  opinion: Type.Object({
    favourite: said(Type.Boolean(), 'Whether it is a favourite'),
    disliked: said(Type.Boolean(), 'Whether it is disliked'),
    watchlist: said(Type.Boolean(), 'Whether it is on the watchlist'),
    rating: said(Type.Union([Type.Number(), Type.Null()]), '0.5 to 10, in halves; null: none'),
  }),
};

const ExplanationSchema = Type.Object(explanationFields);

export const explanationJson = ({ state, opinion, ...rest }: Explanation): Static<typeof ExplanationSchema> => ({
  itemId: rest.itemId,
  userId: rest.userId,
  state: { ...state, markedAt: toIsoOrNull(state.markedAt), lastPlayedAt: toIsoOrNull(state.lastPlayedAt) },
  rule: rest.rule,
  marks: rest.marks.map((mark) => ({ ...mark, at: toIso(mark.at) })),
  positions: rest.positions.map((position) => ({ ...position, reportedAt: toIso(position.reportedAt) })),
  plays: rest.plays.map((play) => ({ ...play, startedAt: toIso(play.startedAt), lastAt: toIso(play.lastAt) })),
  opinion: {
    favourite: dated(opinion.favourite),
    disliked: dated(opinion.disliked),
    watchlist: dated(opinion.watchlist),
    rating: dated(opinion.rating),
  },
});

const dated = <T>({ value, at }: { value: T; at: number | null }) => ({ value, at: toIsoOrNull(at) });
