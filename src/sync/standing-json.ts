import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { readColumn } from '#database/json.ts';
import type { Standing } from './media-server.ts';

const Nullable = (schema: Parameters<typeof Type.Union>[0][number]) => Type.Union([schema, Type.Null()]);

const StandingShape = Compile(
  Type.Object({
    state: Type.Optional(
      Type.Object({
        watched: Type.Boolean(),
        playCount: Type.Number(),
        lastPlayedAt: Nullable(Type.Number()),
        position: Nullable(Type.Object({ positionMs: Type.Number(), durationMs: Nullable(Type.Number()) })),
      }),
    ),
    opinion: Type.Optional(
      Type.Object({ favourite: Type.Optional(Type.Boolean()), rating: Type.Optional(Nullable(Type.Number())) }),
    ),
  }),
);

/** Reads a standing that was kept as JSON; undefined where there is none. */
export const readStanding = (text: string | null): Standing | undefined =>
  text === null ? undefined : readColumn(text, (value): value is Standing => StandingShape.Check(value));

const AskedShape = Compile(Type.Object({ asked: Type.String() }));

/** What we wanted, of a change of ours that is held; null where it is none. */
export const readAsked = (text: string | null): string | null =>
  text === null
    ? null
    : (readColumn(text, (value): value is { asked: string } => AskedShape.Check(value))?.asked ?? null);
