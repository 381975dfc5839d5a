import { Faults } from '../faults.ts';
import { loadOpenApi, type OpenApi } from '../openapi.ts';
import { type FakeServer, type Serving, serve } from '../serve.ts';
import { guid, Shelf } from '../shelf.ts';
import { acceptSocket, type FakeSocket, refuseSocket } from '../shelf-socket.ts';
import { PlexPeople, type PlexUser } from './people.ts';
import { createServerAnswer, type PlexHouse, unauthorized } from './server-routes.ts';
import { createTvAnswer, type PlexPin, tvUnauthorized } from './tv-routes.ts';
import { PlexWatching } from './watching.ts';
import { type PlexDelivery, type PlexEvent, webhookOf } from './webhook.ts';

/** A Plex Media Server and a plex.tv that keep people, items and state as the vendor does, over real HTTP. */
export interface FakePlex extends FakeServer {
  /** plex.tv, which has requests of its own; faults are shared. */
  readonly tv: FakeServer;
  /** The owner's, for the server and for plex.tv. */
  readonly token: string;
  readonly shelf: Shelf;
  readonly people: PlexPeople;
  readonly watching: PlexWatching;
  readonly pins: PlexPin[];
  machineId: string;
  /** Someone allows a sign-in on the page that it leads to. */
  allowPin(id: string, user: PlexUser): void;
  /** The library is scanned anew: every id changes, states stay with their works. */
  rebuild(): void;
  /** Tells everyone who listens on the socket. @returns how many these are */
  notify(frame: object): number;
  delivery(event: PlexEvent): Promise<PlexDelivery>;
  /** Posts what the webhook would. */
  sendWebhook(to: string, event: PlexEvent): Promise<Response>;
}

export interface FakePlexOptions {
  name?: string;
  /** false: nothing is held against the published document, for benches. */
  checked?: boolean;
}

export const startFakePlex = async ({ name = 'Attic', checked = true }: FakePlexOptions = {}): Promise<FakePlex> => {
  const shelf = new Shelf({ itemId: (number) => String(number) });
  const people = new PlexPeople();
  const owner = people.add('Ada', 'owner');
  const watching = new PlexWatching(shelf, people);
  const faults = new Faults();
  const pins: PlexPin[] = [];
  const house: PlexHouse = {
    shelf,
    people,
    watching,
    faults,
    machineId: guid(`plex ${name}`),
    name,
    version: '1.41.6.9685',
  };
  const openApi = checked ? document() : null;
  const sockets = new Set<FakeSocket>();
  const upgrade: Serving['upgrade'] = (request, socket) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    if (pathname !== '/:/websockets/notifications') return refuseSocket(socket, 404);
    if (!people.onServer(searchParams.get('X-Plex-Token'))) return refuseSocket(socket, 401);
    const opened = acceptSocket(request, socket, () => sockets.delete(opened));
    sockets.add(opened);
  };
  const server = await serve({ answer: createServerAnswer(house), unauthorized, openApi, faults, upgrade });
  const tvHouse = Object.assign(house, { pins, url: server.url });
  const tv = await serve({ answer: createTvAnswer(tvHouse), unauthorized: tvUnauthorized, openApi: null, faults });
  return {
    ...server,
    tv,
    token: owner.accountToken,
    shelf,
    people,
    watching,
    pins,
    get machineId() {
      return house.machineId;
    },
    set machineId(id: string) {
      house.machineId = id;
    },
    allowPin: (id, user) => {
      const pin = pins.find((one) => String(one.id) === id);
      if (pin) pin.user = user;
    },
    rebuild: () => shelf.rebuild(),
    notify: (frame) => {
      for (const socket of sockets) socket.send(frame);
      return sockets.size;
    },
    delivery: (event) => webhookOf(house, event),
    sendWebhook: async (to, event) => {
      const { headers, body } = await webhookOf(house, event);
      return fetch(to, { method: 'POST', headers, body });
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      await Promise.all([server.close(), tv.close()]);
    },
  };
};

/** The published document of the server; plex.tv has none. */
const document = (): OpenApi => {
  const published = loadOpenApi({
    document: 'plex/openapi-pms-1.2.0.json',
    commaLists: true,
    // Paging is told by header or parameter, and what goes with an item by parameters that the prose tells of.
    parameters: [/^X-Plex-/i, /^include[A-Z]/, /^exclude(Elements|Fields)$/, 'checkFiles', 'identifier', 'viewedAt>'],
    undocumented: [
      'GET /library/?',
      'GET /library/sections/?',
      'GET /library/metadata/{id}/children',
      'GET /accounts',
      // "This API does respond to the GET verb."
      'GET /:/(un)?scrobble',
      'GET /:/rate',
    ],
    statuses: [400, 401, 403, 404],
  });
  return {
    skipped: published.skipped,
    // The document begins at 0; the vendor's own apps clear a rating with -1.
    departures: (spoken) =>
      published
        .departures({ ...spoken, url: spoken.url.replace(/\brating=-1\b/, 'rating=0') })
        .filter((fault) => !MISTAKEN.test(fault)),
  };
};

/** The document takes ids of providers for tags, whose ids are numbers; every recorded answer has `imdb://…` there. */
const MISTAKEN = /\/Guid\/\d+\/id must be integer, is "[a-z]+:\/\//;
