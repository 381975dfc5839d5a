import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { resetAnnouncer } from '#activity/events/announce.ts';
import { createEvents } from '#activity/events/events.ts';
import { eventRoutes } from '#activity/events/routes.ts';
import { createScopeRebuilder } from '#activity/marks/group-rebuild.ts';
import { activityRoutes } from '#activity/routes.ts';
import { createActivity } from '#activity/service.ts';
import { createAudit } from '#audit/audit.ts';
import { createServer } from '#http/server.ts';
import { createLoginLimit } from '#identity/login-limit.ts';
import { identityRoutes } from '#identity/routes.ts';
import { createIdentity } from '#identity/service.ts';
import { systemClock } from '#kernel/clock.ts';
import { createEventBus } from '#kernel/events.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type IsolationMode, isolationModes } from '#kernel/viewer.ts';
import { eachDatabase, type MakeDatabase } from '../support/databases.ts';
import { type EventReader, readEvents } from '../support/event-reader.ts';
import { treeIn } from '../support/tree.ts';

const PASSWORD = 'correct horse';

interface Device {
  deviceUserId: number;
  send(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  follow(lastEventId?: string | null, most?: number): Promise<EventReader>;
}

/** The whole of identity and activity behind a real port. */
const startHouse = async (make: MakeDatabase) => {
  const database = await make();
  const clock = systemClock;
  const bus = createEventBus();
  const rebuilder = createScopeRebuilder(resetAnnouncer({ database, clock, bus }));
  const audit = createAudit({ clock });
  const loginLimit = createLoginLimit(1000);
  const identity = createIdentity({ database, clock, audit, rebuilder, logger: silentLogger, bus, loginLimit });
  const activity = createActivity({ database, clock, bus });
  const app = await createServer({
    routes: [
      ...identityRoutes(identity),
      ...activityRoutes(activity),
      ...eventRoutes(createEvents({ database, clock, bus })),
    ],
    resolveViewer: identity.resolveViewer,
    setupNeeded: identity.setupNeeded,
    health: { report: async () => ({ state: 'healthy', checks: [] }) },
    logger: silentLogger,
  });
  onTestFinished(async () => {
    await app.close();
    await identity.idle();
  });
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/api/v1`;
  await identity.createAdmin('Ada', PASSWORD);
  return { app, database, url, tree: treeIn(database), signIn: (key: string, name = 'Ada') => signIn(url, key, name) };
};

const signIn = async (url: string, key: string, name: string): Promise<Device> => {
  const headers: Record<string, string> = {};
  const self: Device = {
    deviceUserId: 0,
    send: async (method, path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        body: body ? JSON.stringify(body) : null,
      });
      const [cookie] = answer.headers.getSetCookie();
      if (cookie !== undefined) headers.cookie = cookie.split(';')[0]!;
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    },
    follow: (lastEventId = null, most = Infinity) => readEvents(`${url}/events`, { headers, lastEventId, most }),
  };
  const device = { key: `the-device-called-${key}`, name: key };
  expect(await self.send('POST', '/session', { name, password: PASSWORD, device })).toMatchObject({ status: 201 });
  const me = await self.send('GET', '/me');
  self.deviceUserId = (me.body.device as { deviceUserId: number }).deviceUserId;
  return self;
};

const modeTo = async (device: Device, isolation: IsolationMode) =>
  expect(await device.send('PATCH', `/me/devices/${device.deviceUserId}`, { isolation })).toMatchObject({
    status: 200,
  });
const mark = async (device: Device, item: number, watched = true) =>
  expect(await device.send('PUT', `/items/${item}/watched`, { watched })).toMatchObject({ status: 200 });

eachDatabase('the event stream', (make) => {
  test('two devices of one user hear each other as their isolation modes say', { timeout: 30_000 }, async () => {
    const { signIn, tree } = await startHouse(make);
    const library = await tree.library('movies');
    const [tv, phone] = [await signIn('tv'), await signIn('phone')];
    for (const tvMode of isolationModes) {
      for (const phoneMode of isolationModes) {
        await modeTo(tv, tvMode);
        await modeTo(phone, phoneMode);
        const [atTv, atPhone] = [await tv.follow(), await phone.follow()];
        await Promise.all([atTv.until(1), atPhone.until(1)]);
        const [byTv, byPhone] = [await tree.movie(library), await tree.movie(library)];
        await mark(tv, byTv);
        await mark(phone, byPhone);
        const heard = (mode: IsolationMode) => mode === 'loud' || mode === 'shout';
        const hears = (mode: IsolationMode) => mode === 'loud' || mode === 'quiet';
        const tvHears = heard(phoneMode) && hears(tvMode);
        const phoneHears = heard(tvMode) && hears(phoneMode);
        await atTv.until(tvHears ? 3 : 2);
        await atPhone.until(phoneHears ? 3 : 2);
        // What should not come would have come by the time that another write is told.
        await mark(tv, byTv, false);
        await mark(phone, byPhone, false);
        await atTv.until(tvHears ? 5 : 3);
        await atPhone.until(phoneHears ? 5 : 3);
        const told = (reader: EventReader) => reader.events.slice(1).map(({ data }) => [data.itemId, data.own]);
        const both = [
          [byTv, true],
          [byPhone, false],
          [byTv, true],
          [byPhone, false],
        ];
        const name = `tv ${tvMode}, phone ${phoneMode}`;
        expect(told(atTv), name).toEqual(both.filter(([, own]) => own || tvHears));
        const turned = both.map(([item, own]) => [item, !own]);
        expect(told(atPhone), name).toEqual(turned.filter(([, own]) => own || phoneHears));
        await Promise.all([atTv.cut(), atPhone.cut()]);
      }
    }
  });

  test('coming back after any cut loses nothing and doubles nothing', { timeout: 60_000 }, async () => {
    const { signIn, tree } = await startHouse(make);
    const library = await tree.library('movies');
    const movies = await Promise.all(Array.from({ length: 5 }, () => tree.movie(library)));
    const [tv, phone] = [await signIn('tv'), await signIn('phone')];
    const cuts = fc.array(fc.record({ most: fc.integer({ min: 1, max: 6 }), writes: fc.integer({ min: 0, max: 6 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (rounds) => {
        const first = await phone.follow(null, 1);
        await first.ended;
        let last = first.lastId;
        const done: number[] = [];
        const taken: number[] = [];
        const take = (reader: EventReader) => {
          expect(reader.kinds()[0]).toBe('ready');
          taken.push(...reader.items());
          last = reader.lastId;
        };
        for (const { most, writes } of rounds) {
          const reader = await phone.follow(last, most);
          for (let index = 0; index < writes; index++) {
            const movie = movies[done.length % movies.length]!;
            done.push(movie);
            await mark(tv, movie, done.length % 2 === 0);
          }
          await reader.cut();
          if (reader.events.length > 0) take(reader);
        }
        const rest = await phone.follow(last);
        await rest.until(1 + done.length - taken.length);
        await rest.cut();
        take(rest);
        expect(taken).toEqual(done);
      }),
      { numRuns: 12 },
    );
  });

  test('a child hears nothing of what is hidden from it, and other grants end its stream', async () => {
    const { signIn, tree } = await startHouse(make);
    const library = await tree.library('movies');
    const mild = await tree.movie(library, { rating_level: 6 });
    const strong = await tree.movie(library, { rating_level: 18 });
    const ada = await signIn('tv');
    const grants = { maxRatingLevel: 12 };
    const made = await ada.send('POST', '/users', { name: 'Kim', password: PASSWORD, role: 'user', grants });
    const kim = await signIn('tablet', 'Kim');
    const reader = await kim.follow();
    const parent = await ada.follow();
    await Promise.all([reader.until(1), parent.until(1)]);
    expect((await kim.send('PUT', `/items/${strong}/watched`, { watched: true })).status).toBe(404);
    await mark(ada, strong);
    // A container that may be seen, with what may not be in it.
    await mark(kim, library);
    await mark(kim, mild);
    await reader.until(3);
    expect(reader.items()).toEqual([library, mild]);
    await ada.send('PATCH', `/users/${made.body.id}`, { grants: { maxRatingLevel: 6 } });
    await reader.ended;
    expect(reader.events.at(-1)).toMatchObject({ event: 'end', id: null, data: { reason: 'changed' } });
    const again = await kim.follow(reader.lastId);
    await again.until(1);
    expect(again.kinds()).toEqual(['reset']);
    await ada.send('DELETE', `/users/${made.body.id}?confirm=Kim`);
    await again.ended;
    expect(again.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'signed_out' } });
    expect((await kim.follow()).status).toBe(401);
    expect(parent.items()).toEqual([strong]);
    await parent.cut();
  });

  test('another mode ends the stream of its device; those who read the group are told to load anew', async () => {
    const { signIn } = await startHouse(make);
    const [tv, phone, tablet] = [await signIn('tv'), await signIn('phone'), await signIn('tablet')];
    await modeTo(tablet, 'silo');
    const readers = [await tv.follow(), await phone.follow(), await tablet.follow()] as const;
    await Promise.all(readers.map((reader) => reader.until(1)));
    await modeTo(tv, 'quiet');
    await readers[0].ended;
    expect(readers[0].events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'changed' } });
    await readers[1].until(2);
    expect(readers[1].kinds()).toEqual(['ready', 'reset']);
    await tablet.send('DELETE', '/session');
    await readers[2].ended;
    expect(readers[2].kinds()).toEqual(['ready', 'end']);
    await readers[1].cut();
  });

  test('tokens follow as sessions do, twenty streams at the most, and all end when the server stops', async () => {
    const { app, signIn, url } = await startHouse(make);
    const ada = await signIn('tv');
    const { body } = await ada.send('POST', '/me/tokens', { name: 'script' });
    const headers = { authorization: `Bearer ${body.token}` };
    const readers = await Promise.all(Array.from({ length: 20 }, () => readEvents(`${url}/events`, { headers })));
    await Promise.all(readers.map((reader) => reader.until(1)));
    const refused = await ada.follow();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('30');
    await readers[0]!.cut();
    await expect
      .poll(async () => {
        const reader = await ada.follow(null, 1);
        await reader.ended;
        return reader.status;
      })
      .toBe(200);
    const begun = performance.now();
    await app.close();
    await Promise.all(readers.map((reader) => reader.ended));
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
