import { type Static, Type } from 'typebox';
import { explanationFields, explanationJson } from '#activity/explain/wire.ts';
import { ItemParams, msOrNull, strict, when, whenOrNull, words } from '#activity/wire.ts';
import { type ClientKind, clientKinds, type RunPhase, runPhases } from '#database/tables/sync.ts';
import { toIso, toIsoOrNull } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { type Route, route } from '#kernel/route.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import type { Explain, FullExplanation } from './explain.ts';
import type { ServerAccount } from './explain-query.ts';

const orNull = <S extends Parameters<typeof Type.Array>[0]>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });
const id = (description: string) => Type.Integer({ minimum: 1, description });

const AccountSchema = Type.Object({
  id: id('Id of the account'),
  clientId: id('Id of the media server'),
  clientName: Type.String({ description: 'Name of the media server' }),
  clientKind: words<ClientKind>(clientKinds, 'What sort of server it is'),
  name: Type.String({ description: 'What the server calls the person' }),
  deviceUserId: id('The account as a device'),
  isolation: words<IsolationMode>(isolationModes, 'Which way it is synced'),
});

const ShownSchema = Type.Object({
  watched: Type.Boolean({ description: 'Whether it is watched there' }),
  playCount: Type.Integer({ minimum: 0, description: 'How often it was played there' }),
  positionMs: msOrNull('Where it was left there; null: not in progress'),
  lastPlayedAt: whenOrNull('When it was played there last; null: not told'),
  favourite: orNull(Type.Boolean(), 'Whether it is a favourite there; null: not told'),
  rating: orNull(Type.Number(), '0 to 10; null: none, or not told'),
  unsure: Type.Boolean({ description: 'A change was being sent, and it is not known whether it arrived' }),
  seenAt: when('When that was seen or written'),
});

const FullSchema = Type.Object({
  ...explanationFields,
  accounts: Type.Array(
    Type.Object({
      account: AccountSchema,
      copies: Type.Array(
        Type.Object({
          remoteId: Type.String({ description: 'The id of the copy on the server' }),
          removedAt: whenOrNull('When it was seen to be gone; null: it is there'),
          shown: orNull(ShownSchema, 'What the account shows of it; null: nothing was seen or written yet'),
        }),
      ),
    }),
    { description: 'What your accounts on media servers show of it' },
  ),
  exchanged: Type.Array(
    Type.Object({
      account: AccountSchema,
      runId: id('The run that did it'),
      at: when('When it was done'),
      phase: words<RunPhase>(runPhases, '`pull`: taken from the account; `push`: written to it'),
      decision: Type.String({ description: 'What was done, in one word' }),
      why: Type.String({ description: 'The rule that decided' }),
      receipt: orNull(Type.String(), 'Of a write: what was sent'),
    }),
    { description: 'What runs took from these accounts and wrote to them, the newest first; at most 50' },
  ),
});

const WhomQuery = Type.Object(
  { userId: Type.Optional(Type.Unsafe<UserId>(id('Whom it is about; only admins may name somebody else'))) },
  strict,
);

export const explainRoutes = (explain: Explain): Route[] => [
  route({
    method: 'GET',
    path: '/items/:id/explain',
    permission: 'guest',
    tag: 'sync',
    summary: 'Why an item stands as it does: who said what, which rule decided, and what media servers were told',
    operationId: 'explainItem',
    params: ItemParams,
    query: WhomQuery,
    response: FullSchema,
    handle: async ({ viewer, params, query }) => fullJson(await explain.of(viewer, params.id, query.userId)),
  }),
];

const fullJson = (full: FullExplanation): Static<typeof FullSchema> => ({
  ...explanationJson(full),
  accounts: full.accounts.map(({ account, copies }) => ({
    account: accountJson(account),
    copies: copies.map(({ remoteId, removedAt, shown }) => ({
      remoteId,
      removedAt: toIsoOrNull(removedAt),
      shown: shown && { ...shown, lastPlayedAt: toIsoOrNull(shown.lastPlayedAt), seenAt: toIso(shown.seenAt) },
    })),
  })),
  exchanged: full.exchanged.map(({ account, at, ...decided }) => ({
    ...decided,
    account: accountJson(account),
    at: toIso(at),
  })),
});

const accountJson = (account: ServerAccount): Static<typeof AccountSchema> => ({ ...account });
