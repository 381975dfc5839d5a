import { ConnectorError } from '#sync/connector-error.ts';
import type { Connector, Notice } from '#sync/media-server.ts';
import { readJson } from '../exchange.ts';
import { plainId } from './units.ts';

const abouts: Record<string, Notice['about']> = {
  userdatasaved: 'state',
  playbackstart: 'state',
  playbackprogress: 'state',
  playbackstop: 'state',
  itemadded: 'items',
  itemdeleted: 'items',
};

/**
 * Reads what Jellyfin's webhook plug-in sent: JSON, whatever type it is said to be (`text/plain` by default). "Send All
 * Properties" makes one flat object; templates are people's own, with texts for all values and ids with dashes.
 */
export const readJellyfinDelivery: NonNullable<Connector['readDelivery']> = ({ body }) => {
  const told = readJson(new TextDecoder().decode(body).replace(/^\uFEFF/, ''));
  if (typeof told !== 'object' || told === null || Array.isArray(told)) throw unknown('is not a JSON object');
  const fields = new Map(Object.entries(told).map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? unescaped(value).trim() || undefined : undefined;
  };
  const event = text('notificationtype');
  if (event === undefined) throw unknown('has no NotificationType');
  const about = abouts[event.toLowerCase()];
  if (about === undefined) return [];
  const [id, user, name, serverId] = [text('itemid'), text('userid'), text('notificationusername'), text('serverid')];
  return [
    {
      event,
      about,
      account:
        user === undefined && name === undefined
          ? null
          : { ...(user ? { remoteId: plainId(user) } : {}), ...(name ? { name } : {}) },
      remoteId: id === undefined ? null : plainId(id),
      ...(serverId ? { serverId: plainId(serverId) } : {}),
    },
  ];
};

/** The plug-in escapes quotes in its values, and then once more when it writes the JSON. */
const unescaped = (value: string): string => value.replaceAll('\\"', '"');

const unknown = (what: string) =>
  new ConnectorError(
    'bad_answer',
    `This is not what Jellyfin's Webhook plug-in sends: it ${what}. Add a Generic Destination with “Send All Properties” to it.`,
  );
