import { expect, onTestFinished, test, vi } from 'vitest';
import { type FakeJellyfin, startFakeJellyfin } from '../support/fakes/jellyfin/start.ts';
import type { ShelfUser } from '../support/fakes/shelf-items.ts';
import { emptyFolder, launch, leftoff } from './start-program.ts';

interface House {
  dataDir: string;
  jellyfin: FakeJellyfin;
  ada: ShelfUser;
  ben: ShelfUser;
  run(...args: string[]): ReturnType<typeof leftoff>;
}

/** Ada is a user here; Ada and Ben are on a Jellyfin with three films, which Ada saw. */
const house = async (): Promise<House> => {
  const dataDir = await emptyFolder();
  const jellyfin = await startFakeJellyfin({ name: 'Den' });
  onTestFinished(() => jellyfin.close());
  const { shelf } = jellyfin;
  const ada = shelf.addUser({ name: 'ada', admin: true });
  const ben = shelf.addUser({ name: 'ben' });
  shelf.addLibrary({ name: 'Films', type: 'movies' });
  shelf.addMovie({ title: 'Alien', year: 1979, ids: { Imdb: 'tt0078748' } });
  shelf.addMovie({ title: 'Blade Runner', year: 1982, ids: { Imdb: 'tt0083658' } });
  shelf.addMovie({ title: 'Heat', year: 1995, ids: { Imdb: 'tt0113277' } });
  for (const film of shelf.items) shelf.mark(ada, film);
  const run = (...args: string[]) =>
    leftoff([...args, '--data-dir', dataDir], { environment: { LEFTOFF_CLIENT_TOKEN: jellyfin.apiKey } });
  await leftoff(['user', 'add', 'Ada', '--admin', '--password-stdin', '--data-dir', dataDir], {
    input: 'correct horse',
  });
  return { dataDir, jellyfin, ada, ben, run };
};

const connected = async (): Promise<House> => {
  const made = await house();
  const { jellyfin, ada, run } = made;
  const added = await run('client', 'add', 'jellyfin', jellyfin.url, '--account', ada.id, '--schedule', 'none');
  expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('leftoff sync 1') });
  return made;
};

test('a sync is shown first, then done, and says what it did', async () => {
  const { jellyfin, run } = await connected();
  const shown = await run('sync', '--dry-run');
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.stdout).toMatch(/^match {2}created {5}Alien – /m);
  expect(shown.stdout).toMatch(/^pull {3}taken {7}Alien \(ada\): unwatched → watched .*, 0 plays → 1 play – /m);
  expect(shown.stdout).toMatch(/3 entries read, would be: 3 items made, 3 changes taken over\.\n$/);
  // Nothing was done: the next says the same.
  expect((await run('sync', 'den', '--dry-run')).stdout).toBe(shown.stdout);
  const done = await run('sync', '1');
  expect(done).toMatchObject({ code: 0, stdout: 'Den: 3 entries read, 3 items made, 3 changes taken over.\n' });
  expect(done.stderr).toBe('reading movies of ada: 3 of 3\n');
  expect(await run('sync')).toMatchObject({ code: 0, stdout: 'Den: 3 entries read, nothing changed.\n' });
  expect(jellyfin.writes()).toEqual([]);
  const runs = await run('client', 'runs', 'Den');
  expect(runs.stdout).toMatch(
    /^ID +KIND +STATE +BEGUN +RESULT\n4 +sync +done .*nothing changed\n3 +sync .*\n2 +preview/,
  );
}, 180_000);

test('what was watched by one is written for the other who is linked; accounts are linked and set', async () => {
  const { jellyfin, ben, run } = await connected();
  expect((await run('client', 'accounts', 'Den')).stdout).toMatch(/ada +Ada +loud\n.* ben\n/);
  const linked = await run('client', 'link', 'Den', 'ben', '--for', 'Ada', '--mode', 'quiet');
  expect(linked).toMatchObject({ code: 0, stdout: 'Linked ben of "Den" (quiet).\n' });
  expect(await run('client', 'link', 'Den', 'ben')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already'),
  });
  expect(await run('client', 'link', 'Den', 'cleo')).toMatchObject({
    code: 1,
    stderr: 'leftoff: The server knows no "cleo"; it knows ada, ben.\n',
  });
  const done = await run('sync');
  expect(done.stdout).toContain('3 written there');
  expect(done.stderr).toContain('writing for ben: 3 of 3');
  for (const film of jellyfin.shelf.items) expect(jellyfin.shelf.state(ben, film).played).toBe(true);
  expect(await run('client', 'mode', 'Den', 'ben', 'silo')).toMatchObject({
    code: 0,
    stdout: 'ben of "Den" is silo now.\n',
  });
  expect(await run('client', 'mode', 'Den', 'ben', 'noisy')).toMatchObject({ code: 2 });
  expect((await run('client', 'list')).stdout).toMatch(/jellyfin +Den .* loud, silo +none /);
  expect(await run('client', 'unlink', 'Den', 'ben')).toMatchObject({ code: 0 });
  expect((await run('client', 'list')).stdout).toMatch(/ loud +none /);
}, 180_000);

test('a loss that is not believed is held and ends with 3, until someone says what to do', async () => {
  const { jellyfin, ada, run } = await connected();
  const { shelf } = jellyfin;
  await run('sync');
  expect(await run('client', 'approve', 'Den')).toMatchObject({ code: 1 });
  for (const film of shelf.items) shelf.unwatch(ada, film);
  expect(await run('sync', '--dry-run')).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/held {8}Heat \(ada\): watched/),
  });
  expect(await run('sync')).toMatchObject({ code: 3, stderr: expect.stringContaining('approve or reject') });
  const held = await run('client', 'held', 'Den');
  expect(held.stdout).toMatch(/^TITLE .*\nAlien +ada +watched .* → unwatched.* is gone from Den\n/);
  expect(await run('client', 'reject', 'Den')).toMatchObject({ code: 0 });
  expect((await run('client', 'held', 'Den')).stdout).toBe('Nothing of Den waits for your word.\n');
  expect(await run('sync')).toMatchObject({ code: 0, stdout: expect.stringContaining('3 written there') });
  for (const film of shelf.items) expect(shelf.state(ada, film).played).toBe(true);
  for (const film of shelf.items) shelf.unwatch(ada, film);
  expect(await run('sync')).toMatchObject({ code: 3 });
  expect(await run('client', 'approve', 'Den')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('3 changes taken over'),
  });
  expect(await run('sync')).toMatchObject({ code: 0, stdout: 'Den: 3 entries read, nothing changed.\n' });
}, 180_000);

test('of several, one that fails is told and the others are synced', async () => {
  const { dataDir, run } = await connected();
  const second = await startFakeJellyfin({ name: 'Attic' });
  const zoe = second.shelf.addUser({ name: 'zoe', admin: true });
  const added = await leftoff(
    ['client', 'add', 'jellyfin', second.url, '--token-stdin', '--account', zoe.id, '--data-dir', dataDir],
    { input: `${second.apiKey}\n` },
  );
  expect(added).toMatchObject({ code: 0 });
  await second.close();
  const { code, stdout, stderr } = await run('sync');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Den: 3 entries read, /);
  expect(stderr).toMatch(/leftoff: Attic: [^\n]+\n$/);
  expect(await run('client', 'add', 'jellyfin')).toMatchObject({ code: 2, stderr: expect.stringContaining('http://') });
  expect(await run('client', 'add', 'winamp', 'http://x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('subsonic'),
  });
  expect(await run('client', 'change', 'Den', '--schedule', '5 4 * * *')).toMatchObject({ code: 0 });
  expect((await run('client', 'list')).stdout).toContain('5 4 * * *');
}, 180_000);

test('Ctrl-C ends a sync with 130, and the next goes on', async () => {
  const { dataDir, jellyfin, run } = await connected();
  jellyfin.faults.next('slow', { on: /\/Items/, ms: 60_000 });
  const { child, ended } = launch(['sync', '--data-dir', dataDir]);
  await vi.waitFor(() => expect(jellyfin.requests.some(({ url }) => url.includes('/UserViews'))).toBe(true), 20_000);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stdout: '' });
  jellyfin.faults.clear();
  expect(await run('sync')).toMatchObject({ code: 0, stdout: expect.stringContaining('3 items made') });
}, 180_000);
