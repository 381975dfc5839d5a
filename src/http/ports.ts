import type { UserId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Route } from '#kernel/route.ts';
import type { Viewer } from '#kernel/viewer.ts';
import type { StreamTiming } from './event-wire.ts';

/** How the parts of the house are: what `/health/ready` tells. */
export interface HealthReport {
  state: 'healthy' | 'degraded' | 'unhealthy';
  checks: { name: string; state: 'healthy' | 'degraded' | 'unhealthy'; reason: string | null; tookMs: number }[];
}

/** What a write was answered with. */
export interface Carried {
  status: number;
  /** The body as it is sent; null: none. */
  body: string | null;
}

/** A write that its caller gave a name. */
export interface NamedWrite {
  userId: UserId;
  /** The caller's name for it. */
  key: string;
  /** Method and address. */
  target: string;
  body: unknown;
  mode: Route['once'];
}

export interface HttpOptions {
  routes: Route[];
  /** Carries a write out, or gives the answer of the first time; absent: keys are not looked at. */
  once?: (write: NamedWrite, work: () => Promise<Carried>) => Promise<Carried & { repeated: boolean }>;
  /** Who a session's or API token belongs to; undefined when it is unknown or over. */
  resolveViewer(token: string): Promise<Viewer | undefined>;
  /** Whether there is no admin yet. */
  setupNeeded(): Promise<boolean>;
  health: { report(): Promise<HealthReport> };
  logger: Logger;
  /** What a person can do about a fault of the database; undefined when the error is none. */
  explainFault?: (error: unknown) => string | undefined;
  /** The built web page, served at `/`. */
  webFolder?: string;
  /** The largest request body, in bytes. */
  bodyLimit?: number;
  /** Addresses of reverse proxies whose X-Forwarded headers are believed; true: any. */
  trustProxy?: boolean | string | string[];
  /** For tests: another pace of streams. */
  streams?: Partial<StreamTiming>;
  /** Shown in the API document. */
  version?: string;
}
