import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/support/postgres.ts';
import type { Aim, Bench, Report, Row } from '../bench.ts';
import { median } from '../bench.ts';
import { inFolder } from '../folder.ts';
import { fileIn } from '../people.ts';
import { type Measured, startMeasured, startServer } from '../process.ts';
import { notesOf, rowsOf, runRounds } from '../rounds.ts';
import { prepareHouse } from './house.ts';
import { scenariosOf } from './scenarios.ts';

const COLD_STARTS = 5;

/** What the API costs under load, beside the least that a server on these tools can cost. */
export const http: Bench = {
  name: 'http',
  says: 'reads and marks over HTTP with 50 connections, on 20,000 movies and 1,000 series of 100 episodes',
  run: () => inFolder(measure),
};

const measure = async (folder: string): Promise<Report> => {
  const house = await prepareHouse(folder, () => startServer(folder));
  const coldStarts = await startOften(folder);
  const floor = await startFloor(fileIn(folder), house.token);
  const server = await startServer(folder);
  try {
    const scenarios = scenariosOf(house, server, floor);
    const rounds = await runRounds(scenarios);
    const rows = rowsOf(rounds);
    return {
      rows,
      aims: aimsOf(rows, median(coldStarts), server.peakMiB()),
      notes: [
        `At the end ${server.ownMiB().toFixed(0)} MiB of the memory were the server's own, the rest Node's program and mapped files.`,
        ...notesOf(rounds),
      ],
    };
  } finally {
    await server.stop();
    await floor.stop();
  }
};

const startFloor = async (file: string, token: string): Promise<Measured> => {
  const port = await freePort();
  return startMeasured([pathOf('./floor.ts'), file, String(port), token], {}, port, '/ready');
};

const startOften = async (folder: string): Promise<number[]> => {
  const times: number[] = [];
  for (let n = 0; n < COLD_STARTS; n += 1) {
    const server = await startServer(folder);
    times.push(server.startMs);
    await server.stop();
  }
  return times;
};

const aimsOf = (rows: Row[], coldStartMs: number, peakMiB: number): Aim[] => {
  const of = (name: string): Row => rows.find((row) => row.name === name) as Row;
  const cpuMs = (name: string, aim: number): Aim => ({
    says: `${name}, ms of CPU`,
    figure: of(name).cpuMicros / 1000,
    aim,
    better: 'lower',
  });
  return [
    {
      says: 'item by id, share of the floor',
      figure: of('item by id').perSecond / of('floor').perSecond,
      aim: 0.6,
      better: 'higher',
    },
    cpuMs('list page', 0.4),
    cpuMs('continue watching', 0.4),
    cpuMs('next up', 0.4),
    cpuMs('history page', 0.4),
    cpuMs('mark an episode', 0.12),
    { says: 'cold start, s', figure: coldStartMs / 1000, aim: 0.4, better: 'lower' },
    { says: 'memory at the most, MiB', figure: peakMiB, aim: 150, better: 'lower' },
  ];
};

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
