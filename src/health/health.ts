import { type Millis, SECOND } from '#kernel/clock.ts';
import { messageOf } from '#kernel/errors.ts';

export type HealthState = 'healthy' | 'degraded' | 'unhealthy';

/** How one part of the house is. */
export interface CheckReport {
  name: string;
  state: HealthState;
  /** For a person; null when all is well. Never a secret. */
  reason: string | null;
  tookMs: Millis;
}

export interface HealthReport {
  /** The worst of all checks. */
  state: HealthState;
  checks: CheckReport[];
}

export interface Check {
  /** Unique. */
  name: string;
  /** What a failure means: `unhealthy`, nothing works without it; `degraded`, the rest goes on. */
  failure: 'unhealthy' | 'degraded';
  /** Ends well, or throws with a reason that may be shown to an admin. */
  run(): Promise<void>;
  /** How long it may take; longer is a failure. */
  limitMs?: Millis;
}

/** The parts of the house by name, and how they are. */
export interface Health {
  add(check: Check): void;
  /** Runs every check side by side; asked again meanwhile, it is the same run. */
  report(): Promise<HealthReport>;
}

const DEFAULT_LIMIT_MS = 2 * SECOND;

export const createHealth = (): Health => {
  const checks: Check[] = [];
  let running: Promise<HealthReport> | undefined;
  return {
    add: (check) => {
      if (checks.some(({ name }) => name === check.name))
        throw new Error(`There are two health checks "${check.name}".`);
      checks.push(check);
    },
    report: () => {
      running ??= reportOf(checks).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
};

const reportOf = async (checks: Check[]): Promise<HealthReport> => {
  const reports = await Promise.all(checks.map(runCheck));
  return { state: worst(reports.map(({ state }) => state)), checks: reports };
};

const runCheck = async (check: Check): Promise<CheckReport> => {
  const began = performance.now();
  const reason = await failureOf(check);
  const tookMs = Math.round(performance.now() - began);
  return { name: check.name, state: reason === null ? 'healthy' : check.failure, reason, tookMs };
};

const failureOf = async (check: Check): Promise<string | null> => {
  const limitMs = check.limitMs ?? DEFAULT_LIMIT_MS;
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`It did not answer within ${limitMs} ms.`)), limitMs);
  try {
    await Promise.race([check.run(), tooLate]);
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    clearTimeout(timer);
  }
};

const worst = (states: HealthState[]): HealthState =>
  (['unhealthy', 'degraded'] as const).find((state) => states.includes(state)) ?? 'healthy';
