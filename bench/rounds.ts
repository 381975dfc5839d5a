import { median, quantile, type Row } from './bench.ts';
import { load } from './load.ts';
import { type Measured, machineCpuMicros } from './process.ts';

const CONNECTIONS = 50;
const ROUNDS = 5;
const ROUND_MS = 2000;
const WARM_UP_MS = 1500;

/** One way of asking a server. */
export interface Scenario {
  name: string;
  server: Measured;
  /** Gives what makes the requests of one round; asked anew for each, because writes move what is on a page. */
  begin(): Promise<() => string>;
}

/** One round of one scenario. */
interface Sample extends Omit<Row, 'name'> {
  /** CPU that other programs took, as a share of one core. */
  foreign: number;
}

export type Rounds = Map<Scenario, Sample[]>;

/** Each round goes over all scenarios, so that what disturbs the machine for a while disturbs all of them. */
export const runRounds = async (scenarios: Scenario[]): Promise<Rounds> => {
  const samples: Rounds = new Map(scenarios.map((scenario) => [scenario, []]));
  for (const scenario of scenarios) await sample(scenario, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const scenario of scenarios) samples.get(scenario)?.push(await sample(scenario, ROUND_MS));
  }
  return samples;
};

/** The median of each scenario's rounds. */
export const rowsOf = (rounds: Rounds): Row[] => [...rounds].map(([{ name }, samples]) => rowOf(name, samples));

/** What a reader must know of how it was measured. */
export const notesOf = (rounds: Rounds): string[] => {
  const foreign = median([...rounds.values()].flat().map((one) => one.foreign));
  return [
    `Medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s, over ${CONNECTIONS} connections from this process.`,
    `Other programs took ${(foreign * 100).toFixed(0)} % of a core meanwhile${foreign > 0.2 ? ': do not trust these figures' : ''}.`,
  ];
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

const rowOf = (name: string, samples: Sample[]): Row => ({
  name,
  perSecond: median(samples.map((one) => one.perSecond)),
  medianMs: median(samples.map((one) => one.medianMs)),
  p99Ms: median(samples.map((one) => one.p99Ms)),
  cpuMicros: median(samples.map((one) => one.cpuMicros)),
});
