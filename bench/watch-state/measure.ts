import { median, quantile, type Row } from '../bench.ts';

/** What is measured: one call, and how often it is made in a round. */
export interface Call {
  make(): Promise<unknown>;
  /** Done before each, and not timed. */
  before?: (() => Promise<unknown>) | undefined;
  times: number;
  /** Calls that are under way at once; 1: each is awaited alone. */
  atOnce: number;
}

/** The calls of one round. */
export interface Sample {
  latencies: number[];
  elapsedMs: number;
  cpuMicros: number;
}

export const sample = async ({ make, before, times, atOnce }: Call): Promise<Sample> => {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const begun = performance.now();
  for (let made = 0; made < times; made += atOnce) {
    await before?.();
    if (atOnce === 1) latencies.push(await timed(make));
    else latencies.push(...(await Promise.all(Array.from({ length: atOnce }, () => timed(make)))));
  }
  const elapsedMs = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { latencies, elapsedMs, cpuMicros: user + system };
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
