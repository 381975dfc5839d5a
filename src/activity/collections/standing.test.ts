import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Mark } from '#activity/marks/watched.ts';
import { asId, type MediaItemId } from '#kernel/ids.ts';
import { type Member, standingIn } from './standing.ts';

const NOW = 100;
const SHELF: MediaItemId = asId(99);

/** What a plain look finds: one boolean and one instant for each movie. */
const oracle = (members: readonly Member[], marks: ReadonlyMap<MediaItemId, Mark>, begun: ReadonlySet<MediaItemId>) => {
  const ordered = members.toSorted((one, other) => one.position - other.position || one.id - other.id);
  const watched = (movie: Member) => marks.get(movie.id)?.watched ?? false;
  const at = (movie: Member) => marks.get(movie.id)?.at ?? 0;
  const isOut = (movie: Member, when: number) => movie.releasedAt === null || movie.releasedAt <= when;
  let last: Member | undefined;
  for (const movie of ordered.filter(watched)) {
    const later = last === undefined || at(movie) > at(last);
    const same = last !== undefined && at(movie) === at(last) && (isOut(movie, at(movie)) || !isOut(last, at(last)));
    if (later || same) last = movie;
  }
  if (last === undefined || members.filter((movie) => movie.here).length < 2) return [];
  const inProgress = ordered.filter((movie) => movie.offered && !movie.aside && begun.has(movie.id));
  if (inProgress.length > 0) return inProgress.map((movie) => movie.id);
  const rest = ordered.slice(ordered.indexOf(last) + 1).filter((movie) => movie.offered && !watched(movie));
  const first = rest.find((movie) => isOut(movie, NOW));
  return first === undefined || first.aside ? [] : [first.id];
};

const member = fc.record({
  position: fc.integer({ min: 1, max: 4 }),
  releasedAt: fc.option(fc.constantFrom(10, 50, NOW + 10)),
  here: fc.boolean(),
  seen: fc.boolean(),
  aside: fc.nat(4).map((n) => n === 0),
  mark: fc.option(fc.record({ watched: fc.boolean(), at: fc.constantFrom(20, 40, 60) })),
  begun: fc.boolean(),
});

test('what is next in a collection is what a plain look finds', () => {
  let shown = 0;
  fc.assert(
    fc.property(fc.array(member, { maxLength: 6 }), (rows) => {
      const members = rows.map((row, n): Member => {
        const { position, releasedAt, here, aside } = row;
        return {
          id: asId(n + 1),
          libraryId: SHELF,
          position,
          addedAt: 0,
          releasedAt,
          here,
          offered: here && row.seen,
          aside,
        };
      });
      const marks = new Map(rows.flatMap(({ mark }, n): [MediaItemId, Mark][] => (mark ? [[asId(n + 1), mark]] : [])));
      const begun = rows.flatMap((row, n): MediaItemId[] => (row.begun ? [asId(n + 1)] : []));
      const positions = begun.map((itemId) => ({ itemId, positionMs: 1, durationMs: null, reportedAt: 70 }));
      const known = { marks: new Map([...marks].map(([id, mark]) => [id, [mark]])), positions };
      const { inProgress, next, done } = standingIn(members, known, NOW);
      const isNext = next !== null && next.airsAt === null ? [next.id] : [];
      const found = inProgress.length > 0 ? inProgress.map(({ itemId }) => itemId) : isNext;
      const expected = oracle(members, marks, new Set(begun));
      expect(found.toSorted()).toEqual(expected.toSorted());
      if (found.length > 0) {
        shown += 1;
        expect(done).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
  expect(shown).toBeGreaterThan(100);
});

test('a mark on the library covers what was there, and ends positions', () => {
  const movie = (n: number, addedAt: number): Member => ({
    ...{ id: asId(n), libraryId: SHELF, position: n, addedAt },
    ...{ releasedAt: null, here: true, offered: true, aside: false },
  });
  const members = [movie(1, 0), movie(2, 0), movie(3, 50)];
  const marks = new Map([[SHELF, [{ watched: true, at: 40 }]]]);
  const position = { itemId: asId<MediaItemId>(2), positionMs: 1, durationMs: null, reportedAt: 30 };
  const standing = standingIn(members, { marks, positions: [position] }, NOW);
  expect(standing).toMatchObject({ last: { id: 2, at: 40 }, next: { id: 3 }, inProgress: [], done: false });
});
