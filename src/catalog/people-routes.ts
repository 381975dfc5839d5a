import { Type } from 'typebox';
import { type CreditRole, creditRoles } from '#database/tables/catalog.ts';
import { type Route, route } from '#kernel/route.ts';
import type { KnownCredit } from './credits-repository.ts';
import { MOST_CREDITS } from './facts.ts';
import { MediaItemIdSchema } from './item-schema.ts';
import type { People } from './people.ts';

const strict = { additionalProperties: false } as const;
const itemParams = Type.Object({ id: MediaItemIdSchema }, strict);
const role = Type.Unsafe<CreditRole>(
  Type.Enum([...creditRoles], { description: 'Their part; guest: an actor in a single episode' }),
);

const CreditSchema = Type.Object({
  personId: Type.Integer({ minimum: 1, description: 'The same for all that this person is in' }),
  name: Type.String({ description: 'Their name' }),
  role,
  character: Type.Union([Type.String(), Type.Null()], { description: 'Whom an actor plays' }),
});
const CreditsSchema = Type.Object({ items: Type.Array(CreditSchema) });
const CreditsBody = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description: 'Their name' }),
          role,
          character: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Whom an actor plays' })),
        },
        strict,
      ),
      { maxItems: MOST_CREDITS, description: 'In the order in which they are to be named' },
    ),
  },
  strict,
);

/** Who made an item and who plays in it. */
export const peopleRoutes = (people: People): Route[] => [
  route({
    method: 'GET',
    path: '/items/:id/people',
    permission: 'guest',
    tag: 'catalog',
    summary: 'Who made an item and who plays in it',
    operationId: 'listPeople',
    params: itemParams,
    response: CreditsSchema,
    handle: async ({ viewer, params }) => ({ items: shown(await people.people(viewer, params.id)) }),
  }),
  route({
    method: 'PUT',
    path: '/items/:id/people',
    permission: 'admin',
    tag: 'catalog',
    summary: 'Set who made an item and who plays in it',
    operationId: 'setPeople',
    params: itemParams,
    body: CreditsBody,
    response: CreditsSchema,
    handle: async ({ viewer, params, body }) => ({
      items: shown(await people.setPeople(viewer, params.id, body.people)),
    }),
  }),
];

const shown = (credits: readonly KnownCredit[]) =>
  credits.map(({ personId, name, role: part, character }) => ({ personId, name, role: part, character }));
