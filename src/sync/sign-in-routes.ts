import Type from 'typebox';
import { type Route, route } from '#kernel/route.ts';
import type { SignIns } from './sign-ins.ts';
import { ClientKindSchema, SignedInSchema, SignInSchema } from './views.ts';

const tag = 'Media clients';

/** Signing in at a vendor's own site. Tokens stay here: a client is added by the sign-in's id. */
export const signInRoutes = (signIns: SignIns): Route[] => [
  route({
    method: 'POST',
    path: '/sign-ins',
    permission: 'admin',
    tag,
    summary: 'Begins a sign-in at a vendor’s own site; the person allows it on the page that is given',
    operationId: 'beginSignIn',
    body: Type.Object({ kind: ClientKindSchema }, { additionalProperties: false }),
    response: SignInSchema,
    status: 201,
    handle: ({ body, signal }) => signIns.begin(body.kind, signal),
  }),
  route({
    method: 'GET',
    path: '/sign-ins/:id',
    permission: 'admin',
    tag,
    summary: 'Whether it was allowed, and the servers that it brought',
    operationId: 'lookAtSignIn',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    response: SignedInSchema,
    handle: ({ params, signal }) => signIns.look(params.id, signal),
  }),
];
