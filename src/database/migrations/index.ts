import type { SqlDialect } from '../dialect.ts';
import { identity } from './0001-identity.ts';
import { catalog } from './0002-catalog.ts';
import { activity } from './0003-activity.ts';
import { sync } from './0004-sync.ts';
import { opinions } from './0005-opinions.ts';
import { changes } from './0006-changes.ts';
import { statistics } from './0007-statistics.ts';
import { playback } from './0009-playback.ts';

/** One list for both databases, in order; each gives the statements of its step in a dialect. Never change a released one. */
export const migrations: Record<string, (dialect: SqlDialect) => string[]> = {
  '0001-identity': identity,
  '0002-catalog': catalog,
  '0003-activity': activity,
  '0004-sync': sync,
  '0005-opinions': opinions,
  '0006-changes': changes,
  '0007-statistics': statistics,
  '0009-playback': playback,
};
