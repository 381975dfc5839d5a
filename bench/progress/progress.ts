import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#kernel/clock.ts';
import { freePort } from '../../test/support/postgres.ts';
import type { Aim, Bench, Report, Row } from '../bench.ts';
import { inFolder } from '../folder.ts';
import { fillCatalog } from '../http/catalog.ts';
import { fileIn, makeDatabase, makeUsers } from '../people.ts';
import { type Measured, startMeasured, startServer } from '../process.ts';
import { notesOf, rowsOf, runRounds } from '../rounds.ts';
import { goingOn, type Stage, scenariosOf } from './scenarios.ts';

const USERS = 50;
/** Reports go to as many episodes; the catalog holds more. */
const EPISODES = 5000;
const BARE_TOKEN = 'a token of the bare route';

/** What a report of progress costs from the request to the disk, beside the plainest way to keep one. */
export const progress: Bench = {
  name: 'progress',
  says: 'progress reports over HTTP with 50 connections by 1, 10 and 50 users, each on the disk before it is answered',
  run: () => inFolder(measure),
};

const measure = async (folder: string): Promise<Report> => {
  await makeDatabase(fileIn(folder));
  const catalog = fillCatalog(fileIn(folder), systemClock.now());
  const server = await startServer(folder);
  const bare = await startBare(join(folder, 'bare.db'));
  try {
    const episodes = catalog.series.flatMap((one) => one.episodes).slice(0, EPISODES);
    const stage: Stage = { tokens: await makeUsers(server.port, USERS), episodes, bareToken: BARE_TOKEN };
    const rounds = await runRounds(scenariosOf(stage, server, bare));
    const rows = rowsOf(rounds);
    return {
      rows,
      aims: rows.filter(({ name }) => goingOn.includes(name)).map(aimOf),
      notes: [
        'Both commit to SQLite in WAL mode with synchronous=FULL; reports that come together share a commit.',
        ...notesOf(rounds),
      ],
    };
  } finally {
    await server.stop();
    await bare.stop();
  }
};

const startBare = async (file: string): Promise<Measured> => {
  const port = await freePort();
  const program = fileURLToPath(new URL('./bare.ts', import.meta.url));
  return startMeasured([program, file, String(port), BARE_TOKEN], {}, port, '/ready');
};

const aimOf = ({ name, perSecond }: Row): Aim => ({
  says: `${name}, a second`,
  figure: perSecond,
  aim: 5000,
  better: 'higher',
});
