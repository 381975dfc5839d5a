import Type, { type Static, type TSchema } from 'typebox';
import { clientKinds } from '#database/tables/sync.ts';
import { isolationModes } from '#kernel/viewer.ts';

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = <const V extends readonly string[]>(values: V, description: string) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description });
const Id = Type.Integer({ minimum: 1 });
const Instant = Type.String({ format: 'date-time' });

const AccountSchema = Type.Object(
  {
    id: Id,
    remoteId: Type.String({ description: 'What the media server knows this person by.' }),
    remoteName: Type.String({ description: 'What the media server calls this person.' }),
    userId: Type.Integer({ description: 'Whose account it is here.' }),
    deviceUserId: Type.Integer({ description: 'The device user that its activity is recorded by.' }),
    isolation: oneOf(isolationModes, 'Which way activity goes between this account and its person’s other devices.'),
  },
  { additionalProperties: false },
);

export const ClientSchema = Type.Object(
  {
    id: Id,
    kind: oneOf(clientKinds, 'What sort of media server it is.'),
    name: Type.String(),
    address: Type.String(),
    userName: nullable(Type.String()),
    hasPassword: Type.Boolean({ description: 'Whether a password is kept; it is never shown.' }),
    hasToken: Type.Boolean({ description: 'Whether a token or API key is kept; it is never shown.' }),
    schedule: nullable(Type.String({ description: 'Cron expression by which it is synced; null: only when asked.' })),
    held: Type.Integer({ minimum: 0, description: 'Changes that wait for someone to approve or reject them.' }),
    timeZone: nullable(
      Type.String({ description: 'The zone of dates that the server tells without one; null: found out.' }),
    ),
    serverVersion: nullable(Type.String()),
    createdAt: Instant,
    importedAt: nullable(Instant),
    accounts: Type.Array(AccountSchema),
  },
  { additionalProperties: false },
);
export type ClientView = Static<typeof ClientSchema>;

const Count = (description: string) => Type.Integer({ minimum: 0, description });

export const RunSchema = Type.Object(
  {
    id: Id,
    kind: oneOf(
      ['import', 'sync', 'quick', 'preview'],
      'import only reads; sync also writes; quick looks at what just changed; preview changes nothing.',
    ),
    state: oneOf(
      ['running', 'done', 'failed', 'held'],
      'How it stands; held: done, but for changes that wait for someone.',
    ),
    startedAt: Instant,
    endedAt: nullable(Instant),
    counts: Type.Object(
      {
        seen: Count('Entries that the server told of.'),
        created: Count('Entries for which an item was made.'),
        matched: Count('Entries found among the items that were there.'),
        ambiguous: Count('Entries left to a person.'),
        updated: Count('Entries that tell something else than last time.'),
        rematched: Count('Entries whose id stands for another work than before.'),
        events: Count('Changes of watch state taken over.'),
        written: Count('Changes written to the server.'),
        held: Count('Changes that wait for someone to approve or reject them.'),
        failed: Count('Changes that could not be written; the next run tries again.'),
        removed: Count('Entries that are not there any more.'),
      },
      { additionalProperties: false },
    ),
    warnings: Type.Array(Type.String()),
    error: nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type RunView = Static<typeof RunSchema>;

export const ClientKindSchema = oneOf(clientKinds, 'What sort of media server it is.');

export const SignInSchema = Type.Object(
  {
    id: Type.String(),
    url: Type.String({ description: 'The page on which the person allows it.' }),
    expiresAt: Instant,
  },
  { additionalProperties: false },
);
export type SignInView = Static<typeof SignInSchema>;

export const SignedInSchema = Type.Object(
  {
    allowed: Type.Boolean({ description: 'false: not yet.' }),
    userName: nullable(Type.String()),
    servers: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          serverId: Type.String(),
          owned: Type.Boolean(),
          addresses: Type.Array(Type.String(), { description: 'Where it may be reached, nearest first.' }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type SignedInView = Static<typeof SignedInSchema>;

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'What to call it here.' });
const Address = Type.String({ minLength: 1, maxLength: 500, description: 'Such as http://192.168.1.5:8080.' });
const Password = Type.String({ maxLength: 500, description: 'Kept encrypted and never shown.' });
const Token = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: 'A token or API key; kept encrypted, never shown.',
});
const Schedule = Type.String({ minLength: 9, maxLength: 100, description: 'Cron expression, such as 0 * * * *.' });
const UserName = Type.String({ minLength: 1, maxLength: 200 });
const TimeZone = Type.String({ minLength: 1, maxLength: 100, description: 'IANA name, such as Europe/Berlin.' });

export const NewClientSchema = Type.Object(
  {
    kind: oneOf(clientKinds, 'What sort of media server it is.'),
    address: Address,
    userName: Type.Optional(UserName),
    password: Type.Optional(Password),
    token: Type.Optional(Token),
    accountId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Which of the server’s accounts is theirs.' }),
    ),
    signIn: Type.Optional(
      Type.Object(
        { id: Type.String({ format: 'uuid' }), serverId: Type.String({ minLength: 1, maxLength: 200 }) },
        { additionalProperties: false, description: 'A sign-in and one of its servers, in place of a token.' },
      ),
    ),
    schedule: Type.Optional(nullable(Schedule)),
    name: Type.Optional(Name),
    timeZone: Type.Optional(TimeZone),
    userId: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Whose account it is; by default the caller’s.',
      }),
    ),
    isolation: Type.Optional(
      oneOf(
        isolationModes,
        'By default loud: what is watched there is seen everywhere; one that was connected before keeps its own.',
      ),
    ),
  },
  { additionalProperties: false },
);
export type NewClient = Static<typeof NewClientSchema>;

export const ClientChangesSchema = Type.Object(
  {
    name: Type.Optional(Name),
    address: Type.Optional(Address),
    userName: Type.Optional(nullable(UserName)),
    password: Type.Optional(nullable(Password)),
    token: Type.Optional(nullable(Token)),
    schedule: Type.Optional(nullable(Schedule)),
    timeZone: Type.Optional(nullable(TimeZone)),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ClientChanges = Static<typeof ClientChangesSchema>;

export const RemoteAccountSchema = Type.Object(
  {
    remoteId: Type.String(),
    name: Type.String(),
    entry: oneOf(['none', 'open', 'pin', 'password'], 'What it takes to link it, beyond the client’s own credentials.'),
    accountId: nullable(Type.Integer({ description: 'The link with someone here; null: there is none.' })),
  },
  { additionalProperties: false },
);
export type RemoteAccountView = Static<typeof RemoteAccountSchema>;

const Mode = oneOf(isolationModes, 'loud: both ways; shout: only read; quiet: only written; silo: neither.');
const Pin = Type.String({ minLength: 1, maxLength: 20, pattern: '^[0-9]+$', description: 'Not kept.' });
const RemoteId = Type.String({ minLength: 1, maxLength: 200 });

export const NewAccountSchema = Type.Object(
  {
    remoteId: RemoteId,
    userId: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Whose it is here.' }),
    isolation: Type.Optional(Mode),
    pin: Type.Optional(Pin),
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
);
export type NewAccount = Static<typeof NewAccountSchema>;

export const AccountChangesSchema = Type.Object(
  { isolation: Type.Optional(Mode), pin: Type.Optional(Pin), password: Type.Optional(Password) },
  { additionalProperties: false, minProperties: 1 },
);
export type AccountChanges = Static<typeof AccountChangesSchema>;

const Standing = Type.Unsafe<unknown>({ description: 'How it was or is: fields and values, as far as there are any.' });

export const DecisionSchema = Type.Object(
  {
    id: Id,
    at: Instant,
    phase: oneOf(['match', 'pull', 'remove', 'push'], 'Where in the run.'),
    decision: Type.String({ description: 'created, matched, ambiguous, taken, written, partial, failed, …' }),
    why: Type.String({ description: 'The rule that decided.' }),
    account: nullable(Type.String()),
    clientItemId: nullable(Type.String()),
    itemId: nullable(Type.Integer()),
    title: nullable(Type.String()),
    before: Standing,
    after: Standing,
    receipt: nullable(Type.String({ description: 'Of a write: what was sent.' })),
  },
  { additionalProperties: false },
);
export type DecisionView = Static<typeof DecisionSchema>;

export const HeldSchema = Type.Object(
  {
    id: Id,
    seenAt: Instant,
    side: oneOf(
      ['theirs', 'ours'],
      'theirs: the server shows less than before, and we would follow; ours: we would take it from the server.',
    ),
    account: nullable(Type.String({ description: 'Whose; null: the entry itself is gone.' })),
    clientItemId: Type.String(),
    itemId: nullable(Type.Integer()),
    title: Type.String(),
    before: Standing,
    after: Standing,
  },
  { additionalProperties: false },
);
export type HeldView = Static<typeof HeldSchema>;
