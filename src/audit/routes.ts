import Type from 'typebox';
import type { Database } from '#database/database.ts';
import { toIso } from '#kernel/clock.ts';
import type { UserId } from '#kernel/ids.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from '#kernel/page.ts';
import { type Route, route } from '#kernel/route.ts';
import { listAudit } from './audit-query.ts';

const MAX_ID = Number.MAX_SAFE_INTEGER;

const Query = Type.Object(
  {
    entityType: Type.Optional(Type.String({ maxLength: 40, description: 'Only changes of this sort of thing.' })),
    entityId: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_ID })),
    userId: Type.Optional(
      Type.Unsafe<UserId>(Type.Integer({ minimum: 1, maximum: MAX_ID, description: 'Only what this user did.' })),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE })),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);

const Entry = Type.Object({
  id: Type.Integer(),
  at: Type.String({ description: 'When, ISO 8601 in UTC.' }),
  userId: Type.Union([Type.Integer(), Type.Null()]),
  userName: Type.Union([Type.String(), Type.Null()], { description: 'null: the program itself, or the command line.' }),
  deviceName: Type.Union([Type.String(), Type.Null()]),
  entityType: Type.String(),
  entityId: Type.Integer(),
  action: Type.Enum(['create', 'update', 'delete']),
  reason: Type.Union([Type.String(), Type.Null()]),
  changes: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Field → [before, after]; secrets are redacted.',
  }),
});

export const auditRoutes = ({ database }: { database: Database }): Route[] => [
  route({
    method: 'GET',
    path: '/audit',
    permission: 'admin',
    tag: 'Administration',
    summary: 'List who changed what, newest first',
    operationId: 'listAudit',
    query: Query,
    response: Type.Object({ items: Type.Array(Entry), next: Type.Union([Type.String(), Type.Null()]) }),
    handle: async ({ query: { entityType, entityId, userId, limit = DEFAULT_PAGE, cursor } }) => {
      const filters = {
        ...(entityType === undefined ? {} : { entityType }),
        ...(entityId === undefined ? {} : { entityId }),
        ...(userId === undefined ? {} : { userId }),
      };
      const page = await listAudit(database.read, filters, { limit, cursor });
      return { next: page.next, items: page.items.map((entry) => ({ ...entry, at: toIso(entry.at) })) };
    },
  }),
];
