/** One line of the table: how a way of asking fared. */
export interface Row {
  name: string;
  /** Requests (or operations) a second. */
  perSecond: number;
  medianMs: number;
  p99Ms: number;
  /** CPU of the measured process, user and system, for one request. */
  cpuMicros: number;
}

/** A figure that has an aim: `figure` is compared with `aim` as `better` says. */
export interface Aim {
  says: string;
  figure: number;
  aim: number;
  better: 'higher' | 'lower';
}

export interface Report {
  rows: Row[];
  aims: Aim[];
  /** What a reader must know to trust the figures. */
  notes: string[];
}

export interface Bench {
  name: string;
  /** What it measures, in one line. */
  says: string;
  run(): Promise<Report>;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The nearest-rank quantile of values in any order; 0 where there are none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
