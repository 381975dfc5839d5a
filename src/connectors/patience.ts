import { setTimeout as sleep } from 'node:timers/promises';
import type { IPolicy, RetryPolicy } from 'cockatiel';
import { type Clock, type Instant, MINUTE, type Millis, SECOND, systemClock } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Answer } from './exchange.ts';

/** How one media server is treated: not too many requests at once, again after a fault that passes, not at all for a while. */
export interface Patience {
  /**
   * Sends a request, again where that may help.
   * @returns the last answer, whatever its status
   * @throws ConnectorError of the last attempt, or `busy` when the server is left alone
   */
  run(send: () => Promise<Answer>, manner: Manner, signal: AbortSignal): Promise<Answer>;
}

/** What kind of request it is. */
export interface Manner {
  /** Who is asked, for messages. */
  who: string;
  /** Whether sending it twice is the same as once. */
  safe: boolean;
  /** Whether it changes something: such are spaced. */
  changes: boolean;
}

export interface PatienceRules {
  /** How often a request is sent again at the most. */
  retries: number;
  /** Before the first repetition, about; twice as long before each next one. */
  firstDelayMs: Millis;
  longestDelayMs: Millis;
  /** A server that asks to be left alone for longer than this is not waited for. */
  longestAskedMs: Millis;
  /** So many faults in a row, and the server is left alone. */
  faults: number;
  /** For how long at first; twice as long each time it fails again, up to `longestRestMs`. */
  restMs: Millis;
  longestRestMs: Millis;
  /** Requests at once. */
  atOnce: number;
  /** Between the beginnings of two requests that change something, at least. */
  writeGapMs: Millis;
}

export interface PatienceOptions extends Partial<PatienceRules> {
  clock?: Clock;
  /** Waits; rejects with the signal's reason. */
  wait?: (length: Millis, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  random?: () => number;
}

/** One server's patience; to be shared among all that ask the server, see {@link createPatienceBook}. */
export const createPatience = (options: PatienceOptions = {}): Patience => {
  const { clock = systemClock, wait = waitFor, random = Math.random, ...given } = options;
  const rules: PatienceRules = { ...DEFAULTS, ...given };
  const takeTurn = createTurns(rules.writeGapMs, clock, wait);
  let policies: Promise<Policies> | undefined;
  let everAnswered = false;
  const attempt = async (send: () => Promise<Answer>, { breaker, slots }: Policies, signal: AbortSignal) => {
    const answer = await breaker.execute(() => slots.execute(send, signal), signal);
    everAnswered = true;
    return answer;
  };
  return {
    run: async (send, manner, signal) => {
      signal.throwIfAborted();
      policies ??= makePolicies(rules);
      const made = await policies;
      let last: Answer | undefined;
      const again = made.again((outcome) => {
        last = outcome.answer;
        const asked = last ? askedWait(last, clock.now()) : null;
        return mayPass(outcome, manner, everAnswered) && (asked ?? 0) <= rules.longestAskedMs;
      });
      try {
        return await again.execute(async ({ attempt: number }) => {
          const asked = last ? askedWait(last, clock.now()) : null;
          if (number > 0) await wait(asked ?? backoff(rules, number, random), signal);
          if (manner.changes) await takeTurn(signal);
          return attempt(send, made, signal);
        }, signal);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw made.isBroken(error) ? leftAlone(manner.who) : error;
      }
    },
  };
};

/** The patience of each server by its address, so that all connections to one server share it. */
export type PatienceBook = (address: string) => Patience;

export const createPatienceBook = (options: PatienceOptions = {}): PatienceBook => {
  const known = new Map<string, Patience>();
  return (address) => {
    const { host } = new URL(address);
    const patience = known.get(host) ?? createPatience(options);
    known.delete(host);
    known.set(host, patience);
    const [oldest] = known.keys();
    if (known.size > SERVERS && oldest !== undefined) known.delete(oldest);
    return patience;
  };
};

const DEFAULTS: PatienceRules = {
  retries: 3,
  firstDelayMs: 300,
  longestDelayMs: 10 * SECOND,
  longestAskedMs: MINUTE,
  faults: 8,
  restMs: 30 * SECOND,
  longestRestMs: 5 * MINUTE,
  atOnce: 4,
  writeGapMs: 0,
};

/** Servers remembered: far more than anyone connects, so that addresses tried once do not pile up. */
const SERVERS = 200;

/** What became of an attempt. */
interface Outcome {
  answer?: Answer;
  error?: unknown;
}

interface Policies {
  breaker: IPolicy;
  slots: IPolicy;
  again(repeats: (outcome: Outcome) => boolean): RetryPolicy;
  isBroken(error: unknown): boolean;
}

/** The library is loaded with the first request: most programs that start never send one. */
const makePolicies = async (rules: PatienceRules): Promise<Policies> => {
  const { bulkhead, circuitBreaker, ConsecutiveBreaker, ConstantBackoff, ExponentialBackoff, ...of } = await import(
    'cockatiel'
  );
  const faulty = of.handleWhen(isFault).orWhenResult((answer) => (answer as Answer).status >= 500);
  return {
    breaker: circuitBreaker(faulty, {
      breaker: new ConsecutiveBreaker(rules.faults),
      halfOpenAfter: new ExponentialBackoff({
        generator: of.noJitterGenerator,
        initialDelay: rules.restMs,
        maxDelay: rules.longestRestMs,
      }),
    }),
    slots: bulkhead(rules.atOnce, Number.POSITIVE_INFINITY),
    again: (repeats) =>
      of.retry(
        of.handleWhen((error) => repeats({ error })).orWhenResult((answer) => repeats({ answer: answer as Answer })),
        // The waiting is done by the attempt itself: it ends with the signal, and knows what the server asked for.
        { maxAttempts: rules.retries, backoff: new ConstantBackoff(0) },
      ),
    isBroken: of.isBrokenCircuitError as (error: unknown) => boolean,
  };
};

const isFault = (error: unknown): boolean =>
  error instanceof ConnectorError && ['unreachable', 'timeout', 'cut_off'].includes(error.fault);

/**
 * Whether the same may succeed soon. What asks for fewer requests has done nothing yet: even what is not safe is sent
 * again. A server that never answered is more likely off than busy.
 */
const mayPass = ({ answer, error }: Outcome, { safe }: Manner, everAnswered: boolean): boolean => {
  if (answer) return answer.status === 429 || (safe && [502, 503, 504].includes(answer.status));
  if (!safe || !(error instanceof ConnectorError)) return false;
  return error.fault === 'cut_off' || (error.fault === 'unreachable' && everAnswered);
};

/** For how long a server asks to be left alone (RFC 9110, Retry-After: seconds or a date); null: it does not say. */
export const askedWait = ({ headers }: Answer, now: Instant): Millis | null => {
  const told = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(told)) return Number(told) * SECOND;
  const until = Date.parse(told);
  return Number.isNaN(until) ? null : Math.max(0, until - now);
};

/** Doubled each time, less up to a half by chance, so that many that failed at once do not come back at once. */
const backoff = ({ firstDelayMs, longestDelayMs }: PatienceRules, number: number, random: () => number): Millis =>
  Math.round(Math.min(longestDelayMs, firstDelayMs * 2 ** (number - 1)) * (1 - random() / 2));

/** Spaces the beginnings of requests. */
const createTurns = (gap: Millis, clock: Clock, wait: NonNullable<PatienceOptions['wait']>) => {
  let next: Instant = 0;
  return async (signal: AbortSignal): Promise<void> => {
    if (gap === 0) return;
    const now = clock.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await wait(turn - now, signal);
  };
};

const waitFor = async (length: Millis, signal: AbortSignal): Promise<void> => {
  await sleep(length, undefined, { signal });
};

const leftAlone = (who: string) =>
  new ConnectorError('busy', `${who} failed several times in a row and is left alone for a while. Look at its log.`);
