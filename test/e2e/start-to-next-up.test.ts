import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { emptyFolder, serve } from './start-program.ts';

/** What of an answer is looked at. */
interface Answer {
  id: number;
  items: unknown[];
}

/** A person at the API: signs in by cookie, as the web page does. */
const personAt = (url: string) => {
  let cookie = '';
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [session] = answer.headers.getSetCookie();
    if (session) cookie = session.split(';')[0]!;
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text === '' ? '{}' : text);
  };
};

test('from an empty folder to next up, as a person would, and still there after a restart', async () => {
  const dataDir = await emptyFolder();
  const first = await serve(dataDir);
  let ask = personAt(first.url);
  await ask('POST', '/setup', { name: 'Ada', password: 'correct horse' });
  const library = await ask('POST', '/libraries', { title: 'Shows', kind: 'series' });
  const series = await ask('POST', '/items', { kind: 'series', title: 'The Expanse', libraryId: library.id });
  const season = await ask('POST', '/items', { kind: 'season', parentId: series.id, seasonNumber: 1, title: 'One' });
  const episodes: Answer[] = [];
  for (const episodeNumber of [1, 2, 3]) {
    const releaseDate = `2015-12-1${episodeNumber}`;
    const episode = {
      kind: 'episode',
      parentId: season.id,
      episodeNumber,
      title: `Part ${episodeNumber}`,
      releaseDate,
    };
    episodes.push(await ask('POST', '/items', episode));
  }
  await ask('PUT', `/items/${episodes[0]!.id}/watched`, { watched: true });
  const shown = await ask('GET', '/me/next-up');
  expect(JSON.stringify(shown.items)).toContain('Part 2');
  await ask('PUT', `/items/${episodes[1]!.id}/progress`, { positionMs: 600_000, durationMs: 2_600_000 });
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);

  const second = await serve(dataDir);
  ask = personAt(second.url);
  await ask('POST', '/session', { name: 'ada', password: 'correct horse' });
  const { items } = await ask('GET', '/me/continue-watching');
  expect(JSON.stringify(items)).toContain('Part 2');
  expect(items).toHaveLength(1);
});

test('a server started by npm ends with it', async () => {
  const child = spawn('npm', ['start'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env.PATH, LEFTOFF_DATA_DIR: await emptyFolder(), LEFTOFF_SERVER_PORT: '0' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const listens = Promise.withResolvers<void>();
  const closed = new Promise<void>((resolve) => child.stdout.on('close', resolve));
  child.stdout.on('data', (data) => {
    output += data;
    if (output.includes('Leftoff listens')) listens.resolve();
  });
  await listens.promise;
  child.kill('SIGTERM');
  // The pipe stays open for as long as the server lives.
  await closed;
  expect(output).toContain('stopping');
});
