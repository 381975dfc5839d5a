import Type, { type Static, type TSchema } from 'typebox';
import { clientKinds } from '#database/tables/sync.ts';
import { mediaKinds } from '#kernel/media.ts';
import { isolationModes } from '#kernel/viewer.ts';

const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const oneOf = <const V extends readonly string[]>(values: V, description: string) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], description });
const Id = Type.Integer({ minimum: 1 });
const Instant = Type.String({ format: 'date-time' });

const AccountSchema = Type.Object(
  {
    id: Id,
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
    state: oneOf(['running', 'done', 'failed'], 'How it stands.'),
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

export const UnmatchedSchema = Type.Object(
  {
    id: Id,
    clientItemId: Type.String(),
    kind: oneOf(mediaKinds, 'What it is.'),
    title: Type.String(),
    year: nullable(Type.Integer()),
    path: nullable(Type.String()),
    reason: Type.String({ description: 'Why it could not be matched.' }),
    candidates: Type.Array(
      Type.Object(
        { id: Id, kind: oneOf(mediaKinds, 'What it is.'), title: Type.String(), year: nullable(Type.Integer()) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type UnmatchedView = Static<typeof UnmatchedSchema>;

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'What to call it here.' });
const Address = Type.String({ minLength: 1, maxLength: 500, description: 'Such as http://192.168.1.5:8080.' });
const Password = Type.String({ maxLength: 500, description: 'Kept encrypted and never shown.' });
const UserName = Type.String({ minLength: 1, maxLength: 200 });
const TimeZone = Type.String({ minLength: 1, maxLength: 100, description: 'IANA name, such as Europe/Berlin.' });

export const NewClientSchema = Type.Object(
  {
    kind: oneOf(clientKinds, 'What sort of media server it is.'),
    address: Address,
    userName: Type.Optional(UserName),
    password: Type.Optional(Password),
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
    timeZone: Type.Optional(nullable(TimeZone)),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ClientChanges = Static<typeof ClientChangesSchema>;
