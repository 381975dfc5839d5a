import { ConnectorError } from '#sync/connector-error.ts';
import type { Delivery, Notice } from '#sync/media-server.ts';
import { readJson } from '../exchange.ts';
import { Delivered } from './answers.ts';
import { keyOf, textOf } from './values.ts';
import { OWNER } from './watching.ts';

/** What Plex's webhook tells of. All else (an admin's backups, new devices) does not concern us. */
const abouts: Record<string, Notice['about']> = {
  'media.play': 'state',
  'media.pause': 'state',
  'media.resume': 'state',
  'media.stop': 'state',
  'media.scrobble': 'state',
  'media.rate': 'state',
  'library.new': 'items',
  'library.on.deck': 'items',
};

const ours = ['movie', 'show', 'season', 'episode', 'artist', 'album', 'track'];

/** A form with the JSON in the part `payload`, and sometimes a picture. */
export const readPlexDelivery = async ({ headers, body }: Delivery): Promise<Notice[]> => {
  const payload = readJson(await payloadOf(headers['content-type'] ?? '', body));
  if (!Delivered.check(payload)) {
    throw new ConnectorError('bad_answer', `This is no delivery of Plex's webhook: ${Delivered.fault(payload)}`);
  }
  const { event, Account, Server, Metadata } = payload;
  const about = Object.hasOwn(abouts, event) ? abouts[event] : undefined;
  if (!about || (Metadata && !isOurs(Metadata))) return [];
  return [
    {
      event,
      about,
      account: accountOf(Account),
      remoteId: keyOf(Metadata?.ratingKey) ?? null,
      ...(textOf(Server?.uuid) ? { serverId: textOf(Server?.uuid) as string } : {}),
    },
  ];
};

/** Trailers and television as it is broadcast are no items of a library. */
const isOurs = ({ ratingKey, type }: { ratingKey?: string | number | null; type?: string | null }): boolean =>
  keyOf(ratingKey) !== undefined && (!type || ours.includes(type));

/** The owner is told by the id of plex.tv or as the server's first, which names nobody elsewhere: then the name counts. */
const accountOf = (
  told: { id?: string | number | null; title?: string | null } | null | undefined,
): Notice['account'] => {
  const [id, name] = [keyOf(told?.id), textOf(told?.title)];
  const named = name === undefined ? {} : { name };
  if (id === undefined || id === OWNER) return name === undefined ? null : named;
  return { remoteId: id, ...named };
};

const payloadOf = async (contentType: string, body: Uint8Array): Promise<string> => {
  try {
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': contentType } }).formData();
    const payload = form.get('payload');
    return typeof payload === 'string' ? payload : ((await payload?.text()) ?? '');
  } catch (error) {
    throw new ConnectorError(
      'bad_answer',
      'This is no delivery of a Plex webhook: it is not a form with a part called payload.',
      error,
    );
  }
};
