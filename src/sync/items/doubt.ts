import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Taken } from '#catalog/incoming.ts';
import { readColumn } from '#database/json.ts';
import type { ClientItemsTable } from '#database/tables/sync.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { fold } from '#kernel/text.ts';
import type { RemoteItem } from '../media-server.ts';
import type { Wanted } from './score.ts';

const matches = [
  'external_id',
  'title',
  'created',
  'person',
  'ambiguous',
] as const satisfies readonly ClientItemsTable['match'][];
const Id = Type.Unsafe<MediaItemId>(Type.Integer());
const optional = Type.Optional(Type.Union([Type.Number(), Type.Null()]));

/** What was told of a copy beyond title, year and path, as far as it decides which item it is. */
const FactsShape = Type.Object({
  externalIds: Type.Array(Type.Object({ provider: Type.String(), value: Type.String() })),
  originalTitle: Type.Optional(Type.String()),
  runtimeMs: optional,
  seasonNumber: optional,
  episodeNumber: optional,
  discNumber: optional,
  trackNumber: optional,
  parentId: Type.Optional(Id),
});
export type CopyFacts = Static<typeof FactsShape>;

/** How a copy stood before a person decided on it. */
const WasShape = Type.Object({
  itemId: Type.Union([Id, Type.Null()]),
  match: Type.Enum([...matches]),
  further: Type.Array(Id),
  /** Whether it was in doubt. */
  doubted: Type.Boolean(),
});

const DoubtShape = Type.Object({
  reason: Type.String(),
  candidates: Type.Array(Id),
  /** Its external ids contradict each other or an item's. */
  conflict: Type.Optional(Type.Literal(true)),
  facts: Type.Optional(FactsShape),
  was: Type.Optional(WasShape),
});

/**
 * What is kept in `client_items.doubt`: why an entry could not be matched and what it may be, with what a person needs to
 * decide; and, once they did, how it was, so that it can be taken back.
 */
export type Doubt = Static<typeof DoubtShape>;

const checked = Compile(DoubtShape);

/** Candidates at the most; more tell a person nothing. */
const MOST_CANDIDATES = 20;

/** The doubt about an entry that could not be matched. */
export const doubtOf = (
  taken: Extract<Taken, { outcome: 'ambiguous' }>,
  told: RemoteItem,
  parentId: MediaItemId | undefined,
): Doubt => ({
  reason: taken.reason,
  candidates: taken.candidates.slice(0, MOST_CANDIDATES),
  ...(taken.conflict ? { conflict: true } : {}),
  facts: factsKept(told, parentId),
});

export const writeDoubt = (doubt: Doubt): string => JSON.stringify(doubt);

/** undefined: there is none, or it cannot be read. */
export const readDoubt = (text: string | null): Doubt | undefined =>
  text === null ? undefined : readColumn(text, (value): value is Doubt => checked.Check(value));

/**
 * Whether an entry is still the work that a person decided on: ids start anew when a server is rebuilt, and then the
 * decision was about something else. Held against what was told then, not against the item, which the person may have
 * chosen although it differs.
 * @param known the copy, and the item it was given
 * @param parentId the item that the entry hangs from now
 */
export const stillDecided = (
  known: {
    title: string;
    year: number | null;
    path: string | null;
    doubt: string | null;
    item: { parentId: MediaItemId | null; rootId: MediaItemId | null } | null;
  },
  told: RemoteItem,
  parentId: MediaItemId | undefined,
): boolean => {
  if (known.path !== null && known.path === told.path) return true;
  const facts = readDoubt(known.doubt)?.facts;
  const year = told.facts.year ?? null;
  const sameName = fold(known.title) === fold(told.facts.title) && (known.year ?? year) === (year ?? known.year);
  if (!sameName || !sameNumbers(facts, told)) return false;
  const parents = [known.item?.parentId, known.item?.rootId, facts?.parentId];
  return parentId === undefined || parents.includes(parentId) || (known.item === null && facts?.parentId === undefined);
};

const sameNumbers = (facts: CopyFacts | undefined, told: RemoteItem): boolean => {
  const now = factsKept(told, undefined);
  return (['seasonNumber', 'episodeNumber', 'discNumber', 'trackNumber'] as const).every(
    (number) => facts?.[number] == null || now[number] == null || facts[number] === now[number],
  );
};

/** An entry as candidates are scored against it. */
export const wantedOf = (
  copy: { title: string; year: number | null; path: string | null },
  doubt: Doubt | undefined,
): Wanted => ({
  ...(doubt?.facts ?? { externalIds: [] }),
  title: copy.title,
  year: copy.year,
  path: copy.path,
});

const factsKept = ({ facts }: RemoteItem, parentId: MediaItemId | undefined): CopyFacts => ({
  externalIds: facts.externalIds.slice(0, 20),
  ...(facts.originalTitle === undefined ? {} : { originalTitle: facts.originalTitle.slice(0, 500) }),
  ...(facts.runtimeMs === undefined ? {} : { runtimeMs: facts.runtimeMs }),
  ...('seasonNumber' in facts ? { seasonNumber: facts.seasonNumber } : {}),
  ...('episodeNumber' in facts && facts.episodeNumber !== undefined ? { episodeNumber: facts.episodeNumber } : {}),
  ...('discNumber' in facts && facts.discNumber !== undefined ? { discNumber: facts.discNumber } : {}),
  ...('trackNumber' in facts && facts.trackNumber !== undefined ? { trackNumber: facts.trackNumber } : {}),
  ...(parentId === undefined ? {} : { parentId }),
});
