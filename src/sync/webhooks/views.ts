import Type, { type Static } from 'typebox';

const Instant = Type.String({ format: 'date-time' });

export const DeliverySchema = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    receivedAt: Instant,
    contentType: Type.String(),
    body: Type.String({ description: 'As text, without pictures; in lists its beginning.' }),
    bodyIsCut: Type.Boolean({ description: 'Whether there is more of it than is shown here.' }),
    outcome: Type.Unsafe<'waiting' | 'taken' | 'ignored' | 'refused' | 'failed'>({
      type: 'string',
      enum: ['waiting', 'taken', 'ignored', 'refused', 'failed'],
      description:
        'waiting: not read yet; taken: it was looked into; ignored: it concerns nothing here; refused: it is not what this ' +
        'kind of server sends; failed: it was understood, and then something went wrong.',
    }),
    detail: Type.String({ description: 'What came of it, or why nothing did.' }),
    handledAt: Type.Union([Instant, Type.Null()]),
  },
  { additionalProperties: false },
);
export type DeliveryView = Static<typeof DeliverySchema>;

export const WebhookSchema = Type.Object(
  {
    possible: Type.Boolean({ description: 'Whether servers of this kind have webhooks.' }),
    path: Type.Union([Type.String(), Type.Null()], {
      description:
        'Where the server is to send to, behind the address of this house; null: it has none. Whoever knows it can send: ' +
        'treat it as a password.',
    }),
  },
  { additionalProperties: false },
);
export type WebhookView = Static<typeof WebhookSchema>;
