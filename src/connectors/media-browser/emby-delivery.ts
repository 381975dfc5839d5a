import Type from 'typebox';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Connector, Delivery, Notice } from '#sync/media-server.ts';
import { readJson, shape } from '../exchange.ts';
import { plainId } from './units.ts';

const text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const maybe = <S extends Type.TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));

const Body = shape(
  Type.Object({
    Event: Type.String({ minLength: 1 }),
    User: maybe(Type.Object({ Id: text, Name: text })),
    Item: maybe(Type.Object({ Id: text })),
    Server: maybe(Type.Object({ Id: text })),
  }),
);

/**
 * Reads what Emby's webhooks sent: JSON as the body (4.9), or in the field `data` of a form, multipart or not (before).
 * Events of one's marks and playback tell of state, those of the library of items; all others do not concern us.
 */
export const readEmbyDelivery: NonNullable<Connector['readDelivery']> = async (delivery) => {
  const told = readJson(await jsonOf(delivery));
  if (told === undefined) throw unknown('holds no JSON');
  if (!Body.check(told)) throw unknown(`is not as it should be: ${Body.fault(told)}`);
  const about = aboutOf(told.Event);
  if (!about) return [];
  const { Id: user, Name: name } = told.User ?? {};
  const [id, server] = [told.Item?.Id, told.Server?.Id];
  return [
    {
      event: told.Event,
      about,
      account: user || name ? { ...(user ? { remoteId: plainId(user) } : {}), ...(name ? { name } : {}) } : null,
      remoteId: id ? plainId(id) : null,
      ...(server ? { serverId: plainId(server) } : {}),
    },
  ];
};

const aboutOf = (event: string): Notice['about'] | undefined => {
  if (/^(playback\.|item\.(markplayed|markunplayed|rate)$)/i.test(event)) return 'state';
  return /^library\.(new|deleted)$/i.test(event) ? 'items' : undefined;
};

const jsonOf = async ({ headers, body }: Delivery): Promise<string> => {
  const type = headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type))
    return new TextDecoder().decode(body);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw unknown('is a form that cannot be read');
  });
  const data = form.get('data');
  if (data === null) throw unknown('is a form without a field “data”');
  return typeof data === 'string' ? data : data.text();
};

const unknown = (what: string) =>
  new ConnectorError(
    'bad_answer',
    `This is not what Emby's webhooks send: it ${what}. Add a Webhook under Settings → Notifications in Emby.`,
  );
