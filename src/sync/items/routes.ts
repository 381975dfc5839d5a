import { asId, type ClientId, type ClientItemId, type MediaItemId } from '#kernel/ids.ts';
import { DEFAULT_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { ClientLibraries } from './libraries.ts';
import type { Decision, Matches } from './matches.ts';
import type { NewCopy, OldCopy } from './remap.ts';
import type { NewPlace, Replacement } from './replace.ts';
import {
  CandidatesQuery,
  CandidatesSchema,
  ClientParams,
  CopyParams,
  type DecisionBody,
  DecisionSchema,
  LibrariesSchema,
  LibraryChoiceSchema,
  LibraryParams,
  LibrarySchema,
  MatchesQuery,
  MatchPageSchema,
  MatchSchema,
  ReplacementSchema,
  type ReplacementView,
  ReplaceSchema,
} from './views.ts';

/** What the routes of a client's items stand on. */
export interface ItemServices {
  matches: Matches;
  libraries: ClientLibraries;
  /** Shows what replacing would do, or does it; see `replace.ts`. */
  replace(
    viewer: Viewer,
    clientId: ClientId,
    place: NewPlace,
    confirm: boolean,
    signal: AbortSignal,
  ): Promise<Replacement>;
}

const shared = { permission: 'admin', tag: 'Media clients' } as const;
const clientOf = ({ id }: { id: number }) => asId<ClientId>(id);
const copyOf = ({ copyId }: { copyId: number }) => asId<ClientItemId>(copyId);

/** What the entries of media servers are, where their libraries go, and putting another server in one's place. */
export const itemRoutes = (services: ItemServices): Route[] => [
  ...matchRoutes(services.matches),
  ...libraryRoutes(services.libraries),
  route({
    ...shared,
    method: 'POST',
    path: '/clients/:id/replace',
    summary: 'Puts another server in its place, or shows what that would do',
    operationId: 'replaceClient',
    params: ClientParams,
    body: ReplaceSchema,
    response: ReplacementSchema,
    handle: async ({ viewer, params, body: { confirm = false, ...place }, signal }) =>
      replacementView(await services.replace(viewer, clientOf(params), place, confirm, signal)),
  }),
];

const matchRoutes = (matches: Matches): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/clients/:id/matches',
    summary: 'Entries of a media server that a person has to decide on, or has, with what they may be',
    operationId: 'listMatches',
    params: ClientParams,
    query: MatchesQuery,
    response: MatchPageSchema,
    handle: ({ params, query: { state, limit = DEFAULT_PAGE, cursor } }) =>
      matches.list(clientOf(params), state, { limit, cursor }),
  }),
  route({
    ...shared,
    method: 'GET',
    path: '/clients/:id/matches/:copyId/candidates',
    summary: 'Items that an entry may be, found by title, best first',
    operationId: 'listMatchCandidates',
    params: CopyParams,
    query: CandidatesQuery,
    response: CandidatesSchema,
    handle: async ({ viewer, params, query }) => ({
      items: await matches.candidates(viewer, clientOf(params), copyOf(params), query.q),
    }),
  }),
  route({
    ...shared,
    method: 'PUT',
    path: '/clients/:id/matches/:copyId',
    summary: 'Says what an entry is, for good',
    operationId: 'decideMatch',
    params: CopyParams,
    body: DecisionSchema,
    response: MatchSchema,
    handle: ({ viewer, params, body }) => matches.decide(viewer, clientOf(params), copyOf(params), decisionOf(body)),
  }),
  route({
    ...shared,
    method: 'DELETE',
    path: '/clients/:id/matches/:copyId',
    summary: 'Takes a decision back',
    operationId: 'undoMatch',
    params: CopyParams,
    response: MatchSchema,
    handle: ({ viewer, params }) => matches.undo(viewer, clientOf(params), copyOf(params)),
  }),
];

const libraryRoutes = (libraries: ClientLibraries): Route[] => [
  route({
    ...shared,
    method: 'GET',
    path: '/clients/:id/libraries',
    summary: 'Libraries of a media server, and which of ours each stands for',
    operationId: 'listClientLibraries',
    params: ClientParams,
    response: LibrariesSchema,
    handle: async ({ params }) => ({ items: await libraries.list(clientOf(params)) }),
  }),
  route({
    ...shared,
    method: 'PUT',
    path: '/clients/:id/libraries/:remoteId',
    summary: 'Chooses which of ours a library of a media server stands for, or leaves it out',
    operationId: 'chooseClientLibrary',
    params: LibraryParams,
    body: LibraryChoiceSchema,
    response: LibrarySchema,
    handle: ({ viewer, params, body: { libraryId, included } }) =>
      libraries.choose(viewer, clientOf(params), params.remoteId, {
        libraryId: libraryId === null ? null : asId<MediaItemId>(libraryId),
        included,
      }),
  }),
];

const decisionOf = ({ itemId, create }: DecisionBody): Decision => {
  if (itemId !== undefined) return { itemId: asId<MediaItemId>(itemId) };
  return create ? { create } : { ignore: true };
};

/** Entries of each list that are shown. */
const MOST_SHOWN = 200;

const replacementView = ({ server, remapping, accounts, warnings, done }: Replacement): ReplacementView => {
  const { moved, fresh, gone, conflicting } = remapping;
  return {
    done,
    server,
    counts: { moved: moved.length, new: fresh.length, gone: gone.length, conflicting: conflicting.length },
    accounts: accounts.map(({ linked, remote, needsPin }) => ({
      name: linked.name,
      remoteId: remote?.remoteId ?? null,
      needsPin,
    })),
    moved: moved.slice(0, MOST_SHOWN).map(({ copy, told, by }) => ({ from: oldView(copy), to: newView(told), by })),
    new: fresh.slice(0, MOST_SHOWN).map(newView),
    gone: gone.slice(0, MOST_SHOWN).map(oldView),
    conflicting: conflicting
      .slice(0, MOST_SHOWN)
      .map(({ told, copies, reason }) => ({ to: newView(told), from: copies.map(oldView), reason })),
    warnings,
  };
};

const newView = ({ remoteId, kind, title }: NewCopy) => ({ remoteId, kind, title });
const oldView = ({ id, clientItemId, kind, title, itemId }: OldCopy) => ({ id, clientItemId, kind, title, itemId });
