import { type Static, Type } from 'typebox';
import { type IsolationMode, isolationModes, type Role, roles } from '#kernel/viewer.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';

const id = (description?: string) =>
  Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, ...(description && { description }) });
const instant = () => Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

export const RoleSchema = Type.Unsafe<Role>({
  type: 'string',
  enum: [...roles],
  description: 'admin runs the house, user records what they watch, guest only looks.',
});
export const IsolationSchema = Type.Unsafe<IsolationMode>({
  type: 'string',
  enum: [...isolationModes],
  description:
    'How this device shares with your others: loud tells and listens, quiet only listens, shout only tells, silo neither.',
});
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'Unique, whatever its case.' });
const Password = Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD });
/** A password that is compared, not set: of any length that could have been. */
const GivenPassword = Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD });
const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'IANA name, as Europe/Berlin: in which days begin and end.',
});
const TagName = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

const grantFields = {
  libraries: orNull(Type.Array(id(), { maxItems: 500, uniqueItems: true, description: 'Ids; null: every library.' })),
  streamSources: orNull(Type.Array(id(), { maxItems: 500, uniqueItems: true, description: 'Ids; null: every one.' })),
  maxRatingLevel: orNull(
    Type.Integer({ minimum: 0, maximum: 21, description: 'Highest rating level seen; null: no limit.' }),
  ),
  allowUnrated: Type.Boolean({ description: 'Whether unrated items are seen where there is a highest level.' }),
  allowedTags: orNull(
    Type.Array(TagName, { maxItems: 500, description: 'Only items with one of these tags; null: no such limit.' }),
  ),
  blockedTags: Type.Array(TagName, { maxItems: 500, description: 'Items with one of these tags are hidden.' }),
};

export const GrantsSchema = Type.Object(grantFields, { description: 'What of the catalog may be seen.' });
export type GrantsView = Static<typeof GrantsSchema>;
const GrantsPatch = Type.Partial(Type.Object(grantFields), { additionalProperties: false });
export type GrantsPatch = Partial<GrantsView>;

export const UserSchema = Type.Object({
  id: id(),
  name: Type.String(),
  role: RoleSchema,
  ownerId: orNull(id('The user to whom a managed user belongs; null for who signs in by themselves.')),
  timeZone: Type.String({ description: 'IANA name of the zone in which days begin and end.' }),
  grants: GrantsSchema,
  createdAt: instant(),
  updatedAt: instant(),
});
export type UserView = Static<typeof UserSchema>;

export const NewUserBody = Type.Object(
  {
    name: Name,
    role: Type.Optional(RoleSchema),
    password: Type.Optional(Password),
    managed: Type.Optional(
      Type.Boolean({ description: 'A profile of your own without a password: you switch to it.' }),
    ),
    timeZone: Type.Optional(TimeZone),
    grants: Type.Optional(GrantsPatch),
  },
  { additionalProperties: false },
);
export type NewUser = Static<typeof NewUserBody>;

export const UserPatchBody = Type.Object(
  {
    name: Type.Optional(Name),
    role: Type.Optional(RoleSchema),
    password: Type.Optional(Password),
    oldPassword: Type.Optional(GivenPassword),
    timeZone: Type.Optional(TimeZone),
    grants: Type.Optional(GrantsPatch),
  },
  { additionalProperties: false },
);
export type UserPatch = Static<typeof UserPatchBody>;

const DeviceBody = Type.Object(
  {
    key: Type.String({
      pattern: '^[\\w-]{16,100}$',
      description: 'A random text that the device keeps, so that it is known again.',
    }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    kind: Type.Optional(
      Type.Unsafe<'browser' | 'tv' | 'phone' | 'tablet' | 'computer' | 'other'>({
        type: 'string',
        enum: ['browser', 'tv', 'phone', 'tablet', 'computer', 'other'],
      }),
    ),
  },
  { additionalProperties: false },
);

/** What everyone changes of themselves. */
export const MePatchBody = Type.Object({ timeZone: TimeZone }, { additionalProperties: false });

export const SetupBody = Type.Object(
  { name: Name, password: Password, timeZone: Type.Optional(TimeZone), device: Type.Optional(DeviceBody) },
  { additionalProperties: false },
);
export type FirstAccount = Static<typeof SetupBody>;
export const SessionBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: GivenPassword,
    device: Type.Optional(DeviceBody),
  },
  { additionalProperties: false },
);
export type Credentials = Static<typeof SessionBody>;
export const ProfileBody = Type.Object({ userId: id() }, { additionalProperties: false });

export const DeviceSchema = Type.Object({
  deviceUserId: id('The user on this device.'),
  userId: id('Whose place on the device it is.'),
  userName: Type.String(),
  kind: Type.String(),
  name: Type.String({ description: 'The display name if there is one, else what the device calls itself.' }),
  reportedName: Type.String(),
  displayName: orNull(Type.String()),
  isolation: IsolationSchema,
  lastConnectedAt: orNull(instant()),
  current: Type.Boolean({ description: 'Whether this request comes from it.' }),
});
export type DeviceView = Static<typeof DeviceSchema>;

export const DevicePatchBody = Type.Object(
  {
    isolation: Type.Optional(IsolationSchema),
    displayName: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }))),
  },
  { additionalProperties: false },
);
export type DevicePatch = Static<typeof DevicePatchBody>;

export const MeSchema = Type.Object({
  user: UserSchema,
  role: Type.Unsafe<Role>({ ...RoleSchema, description: 'What this session or token may do.' }),
  device: DeviceSchema,
  profiles: Type.Array(Type.Object({ id: id(), name: Type.String(), role: RoleSchema }), {
    description: 'Your managed users, to whom you can switch.',
  }),
});
export type Me = Static<typeof MeSchema>;

export const TokenSchema = Type.Object({
  id: id(),
  name: Type.String(),
  role: Type.Unsafe<Role>({ ...RoleSchema, description: 'The most that the token may do.' }),
  deviceUserId: id('Its activity is recorded under this device.'),
  createdAt: instant(),
  expiresAt: orNull(instant()),
  lastUsedAt: orNull(instant()),
});
export type TokenView = Static<typeof TokenSchema>;

export const NewTokenBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    role: Type.Optional(RoleSchema),
    expiresAt: Type.Optional(orNull(Type.String({ format: 'date-time' }))),
    isolation: Type.Optional(IsolationSchema),
  },
  { additionalProperties: false },
);
export type NewToken = Static<typeof NewTokenBody>;

export const CreatedTokenSchema = Type.Object({
  ...TokenSchema.properties,
  token: Type.String({ description: 'Shown this once and never again.' }),
});
export type CreatedToken = Static<typeof CreatedTokenSchema>;

export const idParams = <Name extends string>(name: Name) =>
  Type.Object({ [name]: id() } as { [key in Name]: ReturnType<typeof id> });
