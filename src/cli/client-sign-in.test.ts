import { expect, onTestFinished, test, vi } from 'vitest';
import { manualClock, systemClock } from '#kernel/clock.ts';
import { makeSqlite } from '../../test/support/databases.ts';
import { connectorTo, furnish } from '../../test/support/fakes/plex/house.ts';
import { startFakePlex } from '../../test/support/fakes/plex/start.ts';
import { addUser } from '../../test/support/people.ts';
import { wireSync } from '../../test/support/sync.ts';
import { addSignedIn } from './client-sign-in.ts';

const house = async () => {
  const plex = await startFakePlex();
  onTestFinished(() => plex.close());
  furnish(plex);
  const database = await makeSqlite();
  const { viewer } = await addUser(database, { name: 'Ada', role: 'admin' });
  const { sync, tools } = wireSync(database, systemClock, [connectorTo(plex)]);
  onTestFinished(() => sync.close());
  const said: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  onTestFinished(() => spy.mockRestore());
  const { signIns } = tools as unknown as { signIns: Parameters<typeof addSignedIn>[0]['signIns'] };
  const signIn = (server?: string, clock = systemClock, signal = new AbortController().signal) =>
    addSignedIn(
      { sync, signIns, clock },
      { kind: 'plex', userId: viewer.userId },
      { address: plex.url, server },
      signal,
    );
  return { plex, sync, said, signIn };
};

test('the page to open is told, and the server found there is connected once it was allowed', async () => {
  const { plex, sync, said, signIn } = await house();
  const added = signIn(undefined);
  await vi.waitFor(() => expect(plex.pins).toHaveLength(1));
  plex.allowPin(String(plex.pins[0]!.id), plex.people.owner);
  expect((await added).client).toMatchObject({ kind: 'plex', name: 'Attic', hasToken: true });
  expect(said.join('')).toContain('https://app.plex.tv/auth#?');
  expect(said.join('')).toContain('Signed in as Ada.');
  expect(said.join('')).not.toContain(plex.token);
  expect((await sync.clients({ limit: 10 })).items).toHaveLength(1);
});

test('a server that is not among them, and a sign-in that nobody allows, are one sentence', async () => {
  const { plex, signIn } = await house();
  const wrong = signIn('Cellar');
  await vi.waitFor(() => expect(plex.pins).toHaveLength(1));
  plex.allowPin(String(plex.pins[0]!.id), plex.people.owner);
  await expect(wrong).rejects.toThrow('No server is called "Cellar"; there are: Attic.');
  await expect(signIn(undefined, manualClock(Date.now() + 86_400_000))).rejects.toThrow('not allowed in time');
  const stop = new AbortController();
  const waiting = signIn(undefined, systemClock, stop.signal);
  await vi.waitFor(() => expect(plex.pins).toHaveLength(3));
  stop.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
});
