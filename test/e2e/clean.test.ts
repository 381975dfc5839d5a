import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { HOUR } from '#kernel/clock.ts';
import { silentLogger } from '#kernel/logger.ts';
import { addUser } from '../support/people.ts';
import { treeIn } from '../support/tree.ts';
import { emptyFolder, leftoff } from './start-program.ts';

test('leftoff clean drops positions that are noise, and says what it did', async () => {
  const dataDir = await emptyFolder();
  const database = await openDatabase({ url: `sqlite:${join(dataDir, 'leftoff.db')}`, logger: silentLogger });
  await migrate(database);
  const { viewer } = await addUser(database, { name: 'Ada' });
  const tree = treeIn(database);
  const movie = await tree.movie(await tree.library('movies'));
  await database.transaction(async (tx) => {
    const position = { item_id: movie, series_id: null, position_ms: 1000, duration_ms: HOUR, reported_at: 5 };
    const never = { play_count: 0, first_played_at: null, last_played_at: null };
    await tx
      .insertInto('play_states')
      .values({ scope_id: viewer.ownScope, ...position, ...never })
      .execute();
  });
  await database.close();
  const clean = () => leftoff(['clean', '--data-dir', dataDir]);
  expect(await clean()).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^dropped 1, watched 0, /),
  });
  expect((await clean()).stdout).toMatch(/^dropped 0, /);
});
