import { median, quantile, type Row } from '../bench.ts';

/** What is measured: one call, and how often it is made in a round. */
export interface Call {
  make(): Promise<unknown>;
  /** Done before each, and not timed. */
  before?: (() => Promise<unknown>) | undefined;
  times: number;
  /** Runs work as one unit of work, so that a hundred calls share a commit, which is not timed; absent: each has its own. */
  inUnit?: ((work: () => Promise<void>) => Promise<void>) | undefined;
  /** How many statements were sent so far. */
  sent(): number;
}

const IN_UNIT = 100;

/** The calls of one round. */
export interface Sample {
  latencies: number[];
  elapsedMs: number;
  cpuMicros: number;
  /** Statements sent by each call. */
  statements: number;
}

export const sample = async ({ make, before, times, inUnit, sent }: Call): Promise<Sample> => {
  const latencies: number[] = [];
  let statements = 0;
  const one = async () => {
    await before?.();
    const sentBefore = sent();
    latencies.push(await timed(make));
    statements += sent() - sentBefore;
  };
  const hundred = async () => {
    for (let made = 0; made < IN_UNIT; made += 1) await one();
  };
  const cpu = process.cpuUsage();
  const begun = performance.now();
  while (latencies.length < times) await (inUnit ? inUnit(hundred) : one());
  const elapsedMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { latencies, elapsedMs, cpuMicros: user + system, statements: statements / latencies.length };
};

const timed = async (make: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await make();
  return performance.now() - begun;
};

/** Medians over rounds: what disturbed the machine for a while is left out. */
export const rowOf = (name: string, samples: readonly Sample[]): Row => {
  const each = (figure: (sample: Sample) => number) => median(samples.map(figure));
  return {
    name,
    perSecond: each(({ latencies, elapsedMs }) => (latencies.length / elapsedMs) * 1000),
    medianMs: each(({ latencies }) => median(latencies)),
    p99Ms: each(({ latencies }) => quantile(latencies, 0.99)),
    cpuMicros: each(({ latencies, cpuMicros }) => cpuMicros / latencies.length),
  };
};
