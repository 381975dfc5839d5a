import type { ShelfItem } from '../shelf.ts';
import type { PlexUser } from './people.ts';
import type { PlexHouse } from './server-routes.ts';
import { metadataOf } from './words.ts';

export interface PlexDelivery {
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

export interface PlexEvent {
  event: string;
  user: PlexUser;
  item?: ShelfItem | null;
  /** The owner is called by 1 or by the id of plex.tv. */
  ownerAsOne?: boolean;
  /** A picture goes with it. */
  thumb?: boolean;
}

/** What the server posts to a webhook: a form with the JSON in one part, and a picture in another. */
export const webhookOf = async (house: PlexHouse, told: PlexEvent): Promise<PlexDelivery> => {
  const { event, user, item, ownerAsOne = false, thumb = false } = told;
  const { people, watching, machineId, name } = house;
  const payload = {
    event,
    user: true,
    owner: user.role === 'owner',
    Account: {
      id: ownerAsOne ? people.localId(user) : user.id,
      thumb: 'https://plex.tv/users/1/avatar',
      title: user.title,
    },
    Server: { title: name, uuid: machineId },
    Player: { local: true, publicAddress: '192.0.2.1', title: 'Television', uuid: 'a-player' },
    ...(item && {
      Metadata: metadataOf(item, (leaf) => watching.state(user, leaf), { guids: true, excluded: new Set(['Media']) }),
    }),
  };
  const form = new FormData();
  form.append('payload', JSON.stringify(payload));
  if (thumb) form.append('thumb', new Blob([new Uint8Array([255, 216, 255])], { type: 'image/jpeg' }), 'thumb.jpg');
  const made = new Response(form);
  return {
    headers: { 'content-type': made.headers.get('content-type') ?? '' },
    body: new Uint8Array(await made.arrayBuffer()),
  };
};
