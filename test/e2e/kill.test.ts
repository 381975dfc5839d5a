import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '#database/database.ts';
import { migrate } from '#database/migrate.ts';
import { DAY, systemClock } from '#kernel/clock.ts';
import type { MediaItemId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { treeIn } from '../support/tree.ts';
import { after, type Known } from './kill-ledger.ts';
import { leafOf, type Player, type Told, talkUntilDead } from './kill-load.ts';
import { emptyFolder, serve } from './start-program.ts';

const KILLS = 20;
const USERS = 5;
const PLAYERS_A_USER = 10;
/** Two players of a user share a series, so that they write the same row of it. */
const SERIES = 5;
const EPISODES = 12;
const MOVIES = 20;

test(`killed ${KILLS} times under load, and not one acknowledged write is lost`, { timeout: 180_000 }, async () => {
  const dataDir = await emptyFolder();
  const file = join(dataDir, 'leftoff.db');
  const catalog = await seed(file);
  const players: Player[] = [];
  let words = 0;
  let unanswered = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const server = await serve(dataDir);
    if (players.length === 0) players.push(...(await makePlayers(server.url, catalog)));
    const leaves = players.flatMap((player) => player.leaves);
    settle(file, leaves);
    const enough = words + 100 + Math.random() * 700;
    const underLoad = Promise.withResolvers<void>();
    const over = talkUntilDead(server.url, players, () => {
      words += 1;
      if (words >= enough) underLoad.resolve();
    });
    await Promise.race([over, underLoad.promise]);
    await wait(Math.random() * 20);
    server.child.kill('SIGKILL');
    await over;
    expect((await server.ended).signal).toBe('SIGKILL');
    expect(words).toBeGreaterThan(enough);
    unanswered += leaves.filter((leaf) => leaf.unanswered).length;
  }
  const last = await serve(dataDir);
  last.child.kill('SIGTERM');
  expect((await last.ended).code).toBe(0);
  settle(
    file,
    players.flatMap((player) => player.leaves),
  );
  console.log(`${KILLS} kills: ${words} writes acknowledged and found, ${unanswered} cut off unanswered`);
  expect(unanswered).toBeGreaterThan(KILLS);
});

interface Seeded {
  episodes: MediaItemId[][];
  movies: MediaItemId[];
}

const seed = async (file: string): Promise<Seeded> => {
  const database = await openDatabase({ url: `sqlite:${file}`, logger: silentLogger });
  await migrate(database);
  const tree = treeIn(database);
  const shows = await tree.library('series');
  const films = await tree.library('movies');
  const episodes: MediaItemId[][] = [];
  for (let n = 0; n < SERIES; n += 1) episodes.push((await tree.show(shows, [EPISODES])).episodes[0]!);
  const movies: MediaItemId[] = [];
  for (let n = 0; n < MOVIES; n += 1) movies.push(await tree.movie(films));
  await database.close();
  return { episodes, movies };
};

/** No two players tell of the same leaf of the same user: so each knows what must be there. */
const makePlayers = async (url: string, { episodes, movies }: Seeded): Promise<Player[]> => {
  const password = 'correct horse battery';
  const { cookie } = await post(url, '/setup', { name: 'user 0', password });
  const since = systemClock.now() - 3000 * DAY;
  const players: Player[] = [];
  for (let user = 0; user < USERS; user += 1) {
    const name = `user ${user}`;
    if (user > 0) await post(url, '/users', { name, password, role: 'user' }, cookie);
    const session = await post(url, '/session', { name, password });
    const { answer } = await post(url, '/me/tokens', { name: 'player' }, session.cookie);
    for (let n = 0; n < PLAYERS_A_USER; n += 1) {
      const half = n < SERIES ? [0, EPISODES / 2] : [EPISODES / 2, EPISODES];
      const items = [...episodes[n % SERIES]!.slice(...half), movies[2 * n]!, movies[2 * n + 1]!];
      const leaves = items.map((item) => leafOf(session.answer.user?.id ?? 0, item, since));
      players.push({ token: answer.token ?? '', leaves });
    }
  }
  return players;
};

interface Posted {
  answer: { token?: string; user?: { id: number } };
  cookie: string;
}

const post = async (url: string, path: string, body: object, cookie = ''): Promise<Posted> => {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
  const [set = ''] = answer.headers.getSetCookie();
  return { answer: (await answer.json()) as Posted['answer'], cookie: set.split(';')[0]! };
};

/**
 * Compares everything in the file with what was acknowledged, both ways. A word that was cut off may be there in full or
 * not at all; which of the two is taken for known from here on only when it is told again and acknowledged.
 */
const settle = (file: string, leaves: readonly Told[]): void => {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    for (const scopes of ['scope.device_user_id IS NULL', 'scope.device_user_id IS NOT NULL']) {
      const kept = readAll(db, scopes);
      const wrong = leaves.filter((leaf) => {
        const key = `${leaf.userId} ${leaf.itemId}`;
        const found = JSON.stringify(kept.get(key) ?? ordered({ mark: null, state: null, plays: [] }));
        kept.delete(key);
        const { known, unanswered } = leaf;
        const may = unanswered ? [known, after(known, unanswered)] : [known];
        return !may.some((one) => JSON.stringify(ordered(one)) === found);
      });
      expect(
        wrong.map((leaf) => ({ ...leaf, found: readAll(db, scopes).get(`${leaf.userId} ${leaf.itemId}`) })),
      ).toEqual([]);
      expect([...kept.keys()], 'nobody told of these').toEqual([]);
    }
    expect(unfinished(db), 'the series of every mark and position is kept as active').toEqual([]);
  } finally {
    db.close();
  }
};

/** What each user's scopes of one sort hold of each leaf, with the plays that led to it. */
const readAll = (db: DatabaseSync, scopes: string): Map<string, Known> => {
  const found = new Map<string, Known>();
  const of = (row: Row): Known => {
    const key = `${row.user_id} ${row.item_id}`;
    const known = found.get(key) ?? { mark: null, state: null, plays: [] };
    found.set(key, known);
    return known;
  };
  const inScope = (table: string) =>
    db
      .prepare(
        `SELECT scope.user_id, t.* FROM ${table} AS t JOIN scopes AS scope ON scope.id = t.scope_id WHERE ${scopes}`,
      )
      .all() as unknown as Row[];
  for (const row of inScope('marks')) of(row).mark = { watched: row.watched === 1, at: row.at };
  for (const row of inScope('play_states')) {
    of(row).state = {
      positionMs: row.position_ms,
      reportedAt: row.reported_at,
      playCount: row.play_count,
      lastPlayedAt: row.last_played_at,
    };
  }
  for (const row of db.prepare('SELECT * FROM plays ORDER BY started_at').all() as unknown as Row[]) {
    const { started_at: startedAt, last_at: lastAt, position_ms: positionMs, completed } = row;
    of(row).plays.push({ startedAt, lastAt, positionMs: positionMs ?? 0, completed: completed === 1 });
  }
  for (const [key, known] of found) found.set(key, ordered(known));
  return found;
};

type Row = Record<
  | 'user_id'
  | 'item_id'
  | 'watched'
  | 'at'
  | 'reported_at'
  | 'play_count'
  | 'last_played_at'
  | 'started_at'
  | 'last_at'
  | 'completed',
  number
> & { position_ms: number | null };

/** The same fields in the same order, so that two can be compared as text. */
const ordered = ({ mark, state, plays }: Known): Known => ({
  mark: mark && { watched: mark.watched, at: mark.at },
  state: state && {
    positionMs: state.positionMs,
    reportedAt: state.reportedAt,
    playCount: state.playCount,
    lastPlayedAt: state.lastPlayedAt,
  },
  plays: plays.map(({ startedAt, lastAt, positionMs, completed }) => ({ startedAt, lastAt, positionMs, completed })),
});

/** Series whose kept row is missing or older than a mark or a position in them: half of a unit of work. */
const unfinished = (db: DatabaseSync): unknown[] =>
  db
    .prepare(
      `SELECT known.scope_id, e.root_id FROM (
         SELECT scope_id, item_id, at FROM marks
         UNION ALL SELECT scope_id, item_id, reported_at FROM play_states WHERE position_ms IS NOT NULL
       ) AS known JOIN media_items AS e ON e.id = known.item_id AND e.kind = 'episode'
       LEFT JOIN series_states AS s ON s.scope_id = known.scope_id AND s.series_id = e.root_id
       WHERE s.activity_at IS NULL OR s.activity_at < known.at`,
    )
    .all();
