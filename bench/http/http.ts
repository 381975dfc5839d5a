import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { freePort } from '../../test/support/postgres.ts';
import type { Aim, Bench, Report, Row } from '../bench.ts';
import { median, quantile } from '../bench.ts';
import { fileIn, prepareHouse } from './house.ts';
import { load } from './load.ts';
import { type Measured, machineCpuMicros, startMeasured } from './process.ts';
import { type Scenario, scenariosOf } from './scenarios.ts';

const CONNECTIONS = 50;
const ROUNDS = 5;
const ROUND_MS = 2000;
const WARM_UP_MS = 1500;
const COLD_STARTS = 5;
/** As `npm start` has them. */
const START_FLAGS = packageJson.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** What the API costs under load, beside the least that a server on these tools can cost. */
export const http: Bench = {
  name: 'http',
  says: 'reads and marks over HTTP with 50 connections, on 20,000 movies and 1,000 series of 100 episodes',
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leftoff-bench-'));
    try {
      return await measure(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const measure = async (folder: string): Promise<Report> => {
  const house = await prepareHouse(folder, () => startServer(folder));
  const coldStarts = await startOften(folder);
  const floor = await startFloor(fileIn(folder), house.token);
  const server = await startServer(folder);
  try {
    const scenarios = scenariosOf(house, server, floor);
    const rounds = await runRounds(scenarios);
    return reportOf(scenarios, rounds, median(coldStarts), server);
  } finally {
    await server.stop();
    await floor.stop();
  }
};

const startServer = async (folder: string): Promise<Measured> => {
  const port = await freePort();
  const env = { LEFTOFF_DATA_DIR: folder, LEFTOFF_SERVER_PORT: String(port), LEFTOFF_LOG_LEVEL: 'warn' };
  return startMeasured([...START_FLAGS, pathOf('../../bin/leftoff.mjs'), 'serve'], env, port, '/health/live');
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

/** One round of one scenario. */
interface Sample extends Omit<Row, 'name'> {
  /** CPU that other programs took, as a share of one core. */
  foreign: number;
}

/** Each round goes over all scenarios, so that what disturbs the machine for a while disturbs all of them. */
const runRounds = async (scenarios: Scenario[]): Promise<Map<Scenario, Sample[]>> => {
  const samples = new Map<Scenario, Sample[]>(scenarios.map((scenario) => [scenario, []]));
  for (const scenario of scenarios) await sample(scenario, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const scenario of scenarios) samples.get(scenario)?.push(await sample(scenario, ROUND_MS));
  }
  return samples;
};

const sample = async ({ name, server, begin }: Scenario, forMs: number): Promise<Sample> => {
  const next = await begin();
  const before = { server: server.cpuMicros(), machine: machineCpuMicros(), own: process.cpuUsage() };
  const round = await load({ port: server.port, connections: CONNECTIONS, forMs, next }).catch((error) => {
    throw new Error(`"${name}" broke off: ${error.message}\n${server.lastWords()}`);
  });
  const cpu = server.cpuMicros() - before.server;
  const own = process.cpuUsage(before.own);
  if (round.failures.size > 0) {
    throw new Error(`"${name}" was answered with errors: ${JSON.stringify([...round.failures])}`);
  }
  const foreign = machineCpuMicros() - before.machine - cpu - own.user - own.system;
  return {
    perSecond: (round.requests / round.elapsedMs) * 1000,
    medianMs: median(round.latencies),
    p99Ms: quantile(round.latencies, 0.99),
    cpuMicros: cpu / round.requests,
    foreign: Math.max(0, foreign / 1000 / round.elapsedMs),
  };
};

const reportOf = (
  scenarios: Scenario[],
  rounds: Map<Scenario, Sample[]>,
  coldStartMs: number,
  server: Measured,
): Report => {
  const rows = scenarios.map((scenario) => rowOf(scenario.name, rounds.get(scenario) ?? []));
  const foreign = median([...rounds.values()].flat().map((one) => one.foreign));
  return {
    rows,
    aims: aimsOf(rows, coldStartMs, server.peakMiB()),
    notes: [
      `At the end ${server.ownMiB().toFixed(0)} MiB of the memory were the server's own, the rest Node's program and mapped files.`,
      `Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, over ${CONNECTIONS} connections from this process.`,
      `Other programs took ${(foreign * 100).toFixed(0)} % of a core meanwhile${foreign > 0.2 ? ': do not trust these figures' : ''}.`,
    ],
  };
};

const rowOf = (name: string, samples: Sample[]): Row => ({
  name,
  perSecond: median(samples.map((one) => one.perSecond)),
  medianMs: median(samples.map((one) => one.medianMs)),
  p99Ms: median(samples.map((one) => one.p99Ms)),
  cpuMicros: median(samples.map((one) => one.cpuMicros)),
});

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
