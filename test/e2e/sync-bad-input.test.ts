import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunView } from '#sync/views.ts';
import type { ShelfItem } from '../support/fakes/shelf.ts';
import {
  everything,
  expectAgreement,
  expectQuiet,
  itemHere,
  markHere,
  rateHere,
  stopHere,
} from '../support/sync-agreement.ts';
import { type Attic, startAttic, type Vendor, vendors } from '../support/sync-attic.ts';
import { atEnd, type Client, connect, eachHouse, type StartHouse, type SyncHouse } from '../support/sync-house.ts';

const MINUTE = 60_000;
const LAST_YEAR = Date.UTC(2025, 4, 3, 12);
const ALWAYS = { times: Number.POSITIVE_INFINITY };

interface Visit {
  house: SyncHouse;
  attic: Attic;
  client: Client;
  /** Another host, and what was asked of it. */
  stranger: { url: string; asked: string[] };
}

interface Trouble {
  name: string;
  begins(visit: Visit): void;
  /** How a run ends while it lasts. */
  ends: RunView['state'] | ((attic: Attic) => RunView['state']);
  /** What the person is told: the error, or the warnings. */
  says: RegExp;
  also?(visit: Visit, run: RunView): void | Promise<void>;
}

const troubles: Trouble[] = [
  {
    name: 'the token is not taken any more',
    begins: ({ attic }) => attic.faults.next('unauthorized', { ...ALWAYS, on: attic.closed }),
    ends: 'failed',
    says: /refused the credentials/,
  },
  {
    name: 'the token ends in the middle of a run',
    begins: ({ attic }) => {
      attic.faults.pageLimit = 4;
      attic.faults.next('unauthorized', { ...ALWAYS, on: attic.lists, after: 6 });
    },
    ends: 'failed',
    says: /refused the credentials/,
    also: (_, run) => expect(run.counts.seen).toBeGreaterThan(0),
  },
  {
    name: 'everything is sent on to another host',
    begins: ({ attic, stranger }) => attic.faults.next('redirect', { ...ALWAYS, to: `${stranger.url}/elsewhere` }),
    ends: 'failed',
    says: /sends on to .*Give its own address/,
    also: ({ stranger }) => expect(stranger.asked).toEqual([]),
  },
  {
    name: 'pages of items are sent on to another host',
    begins: ({ attic, stranger }) =>
      attic.faults.next('redirect', { ...ALWAYS, on: attic.lists, to: `${stranger.url}/elsewhere` }),
    ends: 'failed',
    says: /sends on to .*Give its own address/,
    also: ({ stranger }) => expect(stranger.asked).toEqual([]),
  },
  {
    name: 'a web page comes in place of everything',
    begins: ({ attic }) => attic.faults.next('html', ALWAYS),
    ends: 'failed',
    says: /web page/,
  },
  {
    name: 'a web page comes in place of items',
    begins: ({ attic }) => attic.faults.next('html', { ...ALWAYS, on: attic.lists, after: 1 }),
    ends: 'failed',
    says: /web page/,
  },
  {
    name: 'answers are cut off in the middle',
    begins: ({ attic }) => attic.faults.next('cut', { ...ALWAYS, on: attic.lists }),
    ends: 'failed',
    says: /broke off in the middle/,
  },
  {
    name: 'one answer is cut off',
    begins: ({ attic }) => attic.faults.next('cut', { on: attic.lists }),
    ends: 'done',
    says: /^$/,
  },
  {
    name: 'it fails with 500',
    begins: ({ attic }) => attic.faults.next('broken', { ...ALWAYS, on: attic.lists }),
    ends: 'failed',
    says: /error 500/,
  },
  {
    name: 'it asks for fewer requests, for a moment',
    begins: ({ attic }) => attic.faults.next('busy', { on: attic.lists, retryAfter: 7 }),
    ends: 'done',
    says: /^$/,
    also: ({ house }) => expect(house.waits).toContain(7000),
  },
  {
    name: 'it asks to be left alone for an hour',
    begins: ({ attic }) => attic.faults.next('busy', { ...ALWAYS, retryAfter: 3600 }),
    ends: 'failed',
    says: /asks for fewer requests, and to be asked again in 3600 seconds/,
    also: ({ house }) => expect(house.waits).not.toContain(3_600_000),
  },
  {
    name: 'the line is dead',
    begins: ({ attic }) => attic.faults.next('hang-up', ALWAYS),
    ends: 'failed',
    says: /does not answer/,
  },
  {
    name: 'the library is empty all of a sudden',
    begins: ({ attic }) => {
      attic.faults.emptyLibrary = true;
    },
    ends: 'held',
    says: /(\d+) of \1 known entries \(\w+\) were not there any more.*approve or reject/,
  },
  {
    name: 'its libraries are gone',
    begins: ({ attic }) => {
      attic.faults.noLibraries = true;
    },
    // Jellyfin and Emby are asked for everything, whatever library it is in.
    ends: ({ vendor }) => (vendor === 'plex' ? 'held' : 'done'),
    says: /^$|were not there any more/,
  },
  {
    name: 'an item has no id',
    begins: ({ attic }) => {
      attic.faults.withoutIds = true;
    },
    ends: 'failed',
    says: /an entry without an id: "Film 1"|\/Items\/0 must have required properties Id/,
  },
  {
    name: 'two items have the same id',
    begins: ({ attic }) => {
      attic.faults.sameIdTwice = true;
    },
    ends: ({ vendor }) => (vendor === 'plex' ? 'failed' : 'done'),
    says: /two entries with the id \d+: "Film 1" and "Film 2"|gives one id to several entries; they are left as they were: Film 2/,
  },
  {
    name: 'a title is 400 characters long',
    begins: ({ attic }) => {
      attic.faults.longTitle = true;
    },
    ends: 'done',
    says: /^$/,
  },
  {
    name: 'it tells of fewer items than it gives',
    begins: ({ attic }) => {
      attic.faults.total = 3;
    },
    ends: 'done',
    says: /./,
  },
  {
    name: 'it tells of more items than it gives',
    begins: ({ attic }) => {
      attic.faults.total = 5000;
    },
    ends: 'done',
    says: /changed while it was read; nothing was taken away/,
  },
  {
    name: 'the answer to a change is lost',
    begins: ({ attic }) => attic.faults.next('lost-answer', { on: attic.changes }),
    // Where sending it twice would count twice it is left to the next run, which looks first.
    ends: ({ vendor }) => (vendor === 'jellyfin' ? 'done' : 'failed'),
    says: /^$|does not answer/,
    also: ({ attic }) => expect(attic.writes().filter(({ fault }) => fault === 'lost-answer')).toHaveLength(1),
  },
  {
    name: 'the answers to all changes are lost',
    begins: ({ attic }) => attic.faults.next('lost-answer', { ...ALWAYS, on: attic.changes }),
    ends: 'failed',
    says: /does not answer/,
  },
];

eachHouse('A media server in trouble', (start) => {
  describe.each(vendors)('%s', (vendor) => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await settled(start, vendor);
    });

    test.each(troubles.map((trouble, n) => ({ ...trouble, n })))('$name', async ({ n, ...trouble }) => {
      const { house, attic, client, stranger } = visit;
      const [there, here] = attic.films.slice(10 + 2 * n) as [ShelfItem, ShelfItem];
      // What is done on either side while nobody knows of the trouble.
      attic.watch(there);
      await markHere(house.ada, here);
      const news = await itemHere(house.ada, there);
      const before = await everything(house, [news]);
      house.waits.length = 0;

      trouble.begins(visit);
      const run = await client.sync();
      const told = [run.error ?? '', ...run.warnings].join('\n');
      expect.soft({ state: run.state, told }).toEqual({
        state: typeof trouble.ends === 'function' ? trouble.ends(attic) : trouble.ends,
        told: expect.stringMatching(trouble.says),
      });
      await trouble.also?.(visit, run);
      expect.soft(await everything(house, [news])).toEqual(before);
      const known = JSON.stringify([await client.view(), await client.runs()]) + house.logged();
      for (const secret of attic.secrets) expect(known).not.toContain(secret);

      attic.faults.clear();
      laterOn(10 * MINUTE);
      const healed = await client.sync();
      expect.soft(healed).toMatchObject({ state: 'done', error: null, warnings: [] });
      expect.soft(await everything(house, [news])).toEqual(before);
      expect.soft([attic.shows(here).watched, attic.shows(there).watched]).toEqual([true, true]);
      await expectAgreement(house.ada, attic);
      await expectQuiet(client, attic);
      expect(stranger.asked).toEqual([]);
    });
  });
});

let ahead = 0;
const now = Date.now;
beforeAll(() => {
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
});
afterAll(() => void vi.restoreAllMocks());

/** A server that failed so often is left alone for a while: that has gone by. */
const laterOn = (ms: number): void => {
  ahead += ms;
};

/** A server whose person has seen, begun and rated some things on either side, all in agreement. */
const settled = async (start: StartHouse, vendor: Vendor): Promise<Visit> => {
  const attic = await startAttic(vendor, { films: 10 + 2 * troubles.length });
  const { films, episodes } = attic;
  for (const film of films.slice(0, 5)) attic.watch(film, LAST_YEAR);
  attic.watch(episodes[0]!, LAST_YEAR);
  attic.stopAt(films[5]!, 20 * MINUTE);
  attic.rate(films[6]!, 8);
  const [house, stranger] = await Promise.all([start(attic.outside), startStranger()]);
  const client = await connect(house, attic.connection);
  expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
  await markHere(house.ada, films[7]!);
  await stopHere(house.ada, films[8]!, 30 * MINUTE);
  await rateHere(house.ada, films[9]!, 7);
  expect(await client.sync()).toMatchObject({ state: 'done', error: null, warnings: [] });
  await expectAgreement(house.ada, attic);
  return { house, attic, client, stranger };
};

const startStranger = async (): Promise<Visit['stranger']> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};
