import { type Clock, MINUTE, type Millis } from '#kernel/clock.ts';
import { ConnectorError } from '#sync/connector-error.ts';
import type { Connection, ServerFacts } from '#sync/media-server.ts';
import { Application, InfoLabels, SettingValue, Version } from './answers.ts';
import { isZone, type KodiZone, offsetOf, skewOf } from './kodi-time.ts';
import type { KodiRpc } from './rpc.ts';

/** JSON-RPC 10 is Kodi 18, the first that gives an item's ids by provider for all kinds. */
const OLDEST = 10;

/** Asks Kodi who it is, and whether its dates can be trusted. */
export const verifyKodi = async (
  rpc: KodiRpc,
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<ServerFacts> => {
  const { version } = await rpc.call('JSONRPC.Version', {}, Version, signal);
  if (version.major < OLDEST) {
    throw new ConnectorError('too_old', `Kodi at ${connection.address} is too old; version 18 or later is needed.`);
  }
  const properties = ['name', 'version'];
  const application = await rpc.call('Application.GetProperties', { properties }, Application, signal);
  const { name, warnings } = await findZone(rpc, connection, clock, signal);
  // Kodi has no id of its own.
  return { name, serverId: null, version: versionOf(application.version), warnings };
};

interface Found {
  zone: KodiZone;
  /** What Kodi calls itself. */
  name: string;
  warnings: string[];
}

/**
 * The zone of Kodi's dates: the one a person gave, else the one in Kodi's settings, else how far its clock is from ours.
 */
export const findZone = async (
  rpc: KodiRpc,
  { timeZone }: Connection,
  clock: Clock,
  signal: AbortSignal,
): Promise<Found> => {
  const named = timeZone ?? (await zoneSetting(rpc, signal));
  const labels = await rpc.call('XBMC.GetInfoLabels', { labels: Object.values(LABELS) }, InfoLabels, signal);
  const [date = '', time = '', name = ''] = Object.values(LABELS).map((label) => labels[label]);
  const now = clock.now();
  if (named !== undefined) {
    return {
      zone: { sort: 'named', name: named },
      name,
      warnings: skewWarnings(skewOf(date, time, named, now), named),
    };
  }
  const offset = offsetOf(date, time, now);
  return { zone: { sort: 'offset', offsetMs: offset ?? 0 }, name, warnings: [guessed(offset)] };
};

const LABELS = { date: 'System.Date(yyyy-mm-dd)', time: 'System.Time(hh:mm:ss xx)', name: 'System.FriendlyName' };

/** undefined where Kodi leaves the zone to its system, or has no such setting. */
const zoneSetting = async (rpc: KodiRpc, signal: AbortSignal): Promise<string | undefined> => {
  try {
    const { value } = await rpc.call('Settings.GetSettingValue', { setting: 'locale.timezone' }, SettingValue, signal);
    return typeof value === 'string' && isZone(value) ? value : undefined;
  } catch (error) {
    if (error instanceof ConnectorError && error.fault === 'refused') return undefined;
    throw error;
  }
};

const versionOf = (version: { major?: number | null; minor?: number | null } | null | undefined): string =>
  version?.major == null ? 'unknown' : `${version.major}.${version.minor ?? 0}`;

const skewWarnings = (skew: Millis | undefined, zone: string): string[] => {
  if (skew === undefined || Math.abs(skew) < 2 * MINUTE) return [];
  const minutes = Math.round(Math.abs(skew) / MINUTE);
  return [
    `Kodi's clock is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} the time in ${zone}. Check its clock, or give the client its right time zone.`,
  ];
};

const guessed = (offset: Millis | undefined): string =>
  offset === undefined
    ? 'Kodi did not tell its time zone nor its time; its dates are read as UTC. Give the client its time zone.'
    : `Kodi did not tell its time zone; its clock is ${hours(offset)} from UTC now, and dates in the other half of the year may be an hour off. Give the client its time zone.`;

const hours = (offset: Millis): string =>
  `${offset < 0 ? '−' : '+'}${Math.floor(Math.abs(offset) / (60 * MINUTE))}:${String((Math.abs(offset) / MINUTE) % 60).padStart(2, '0')}`;
