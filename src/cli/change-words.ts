import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { toIso } from '#kernel/clock.ts';

const Maybe = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Optional(Type.Union([schema, Type.Null()]));
const Position = Type.Object({ positionMs: Type.Number() });

/** What a decision tells of how something stood or is to stand, in any of its forms; what it does not name is not touched. */
const ToldShape = Type.Object({
  watched: Type.Optional(
    Type.Union([
      Type.Boolean(),
      Type.Object({
        value: Type.Boolean(),
        at: Type.Optional(Type.Number()),
        playCount: Type.Optional(Type.Number()),
      }),
    ]),
  ),
  playCount: Type.Optional(Type.Number()),
  lastPlayedAt: Maybe(Type.Number()),
  positionMs: Maybe(Type.Number()),
  position: Maybe(Position),
  favourite: Maybe(Type.Boolean()),
  rating: Maybe(Type.Number()),
  title: Maybe(Type.String()),
  year: Maybe(Type.Number()),
});
type Told = Static<typeof ToldShape>;

const Nested = Type.Object({ state: Type.Optional(ToldShape), opinion: Type.Optional(ToldShape) });
const told = Compile(ToldShape);
const nested = Compile(Nested);

/** What became of something: `unwatched → watched 2026-05-01 20:03, at 0:42:10`; empty: nothing to show. */
export const changeOf = (before: unknown, after: unknown): string => {
  if (after === null || after === undefined) return isKept(before) ? 'gone' : '';
  const was = wordsOf(before);
  const is = wordsOf(after);
  // Of what is new the title stands before the change already.
  const changed = Object.keys(is).filter((field) => is[field] !== was[field] && (field !== 'title' || was.title));
  return changed.map((field) => [was[field] ?? [], is[field] ?? ''].flat().join(' → ')).join(', ');
};

const isKept = (before: unknown): boolean => before !== null && before !== undefined;

/** A word for each field that is told. */
const wordsOf = (value: unknown): Record<string, string> => {
  const flat = flatten(value);
  const watched = typeof flat.watched === 'object' ? flat.watched : undefined;
  const isWatched = watched?.value ?? (typeof flat.watched === 'boolean' ? flat.watched : undefined);
  const at = watched?.at ?? (isWatched ? flat.lastPlayedAt : null);
  const plays = watched?.playCount ?? flat.playCount;
  const position = flat.position === undefined ? flat.positionMs : (flat.position?.positionMs ?? null);
  return {
    ...(flat.title ? { title: `"${flat.title}"${flat.year ? ` (${flat.year})` : ''}` } : {}),
    ...(isWatched === undefined ? {} : { watched: isWatched ? `watched${at ? ` ${minuteOf(at)}` : ''}` : 'unwatched' }),
    ...(plays === undefined ? {} : { plays: plays === 1 ? '1 play' : `${plays} plays` }),
    ...(position === undefined ? {} : { position: position === null ? 'at no position' : `at ${clockOf(position)}` }),
    ...(flat.favourite === undefined ? {} : { favourite: flat.favourite ? 'favourite' : 'no favourite' }),
    ...(flat.rating === undefined ? {} : { rating: flat.rating === null ? 'no rating' : `rated ${flat.rating} of 10` }),
  };
};

const flatten = (value: unknown): Told => {
  if (nested.Check(value) && (value.state || value.opinion)) return { ...value.state, ...value.opinion };
  return told.Check(value) ? value : {};
};

const minuteOf = (at: number): string => toIso(at).slice(0, 16).replace('T', ' ');

/** `1:02:03`. */
const clockOf = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
};
