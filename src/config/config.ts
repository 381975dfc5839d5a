import { join, resolve } from 'node:path';
import { Check } from 'typebox/value';
import { type Fault, invalid } from '#kernel/errors.ts';
import { CONFIG_FILE, type Environment, variable } from './environment.ts';
import { type Config, type Setting, settings } from './schema.ts';
import { fromEnvironment, fromOptions, type GivenValue, type Source } from './sources.ts';
import { fromFile } from './yaml-file.ts';

export type { Config } from './schema.ts';

/** The settings in force and where each came from. */
export interface LoadedConfig {
  config: Config;
  /** By dotted key: `default`, a variable's name, `--option` or file:line. A key that is not set is missing. */
  origins: ReadonlyMap<string, string>;
  /** The data folder's own file was looked for here; null where a file was named. */
  file: string | null;
}

interface ConfigSources {
  environment: Environment;
  /** A YAML file named on the command line. */
  file?: string | undefined;
  /** Settings given on the command line, by dotted key. */
  options?: Readonly<Record<string, string>>;
}

/**
 * Puts the settings together: defaults, then the YAML file (the one named, or `config.yml` in the data folder), then
 * `LEFTOFF_*` variables, then the command line; later ones win.
 * @throws AppError `invalid` with every fault of every source at once
 */
export const loadConfig = async ({ environment, file, options = {} }: ConfigSources): Promise<LoadedConfig> => {
  const above = [fromEnvironment(environment), fromOptions(options)];
  const named = file ?? variable(environment, CONFIG_FILE);
  const path = resolve(named ?? join(dataFolderOf(above), 'config.yml'));
  const sources = [await fromFile(path, named !== undefined), ...above];
  const given = sources.flatMap((source) => source.given);
  const faults = [
    ...sources.flatMap((source) => source.faults),
    ...given.flatMap(faultOf),
    ...(named === undefined ? lostFolder(sources[0]) : []),
  ];
  if (faults.length > 0) throw invalid('The configuration does not hold.', faults);
  return { ...settle(given), file: named === undefined ? path : null };
};

const dataFolderOf = (sources: Source[]): string => {
  const value = sources.flatMap((source) => source.given).findLast((one) => one.key === 'dataDir')?.value;
  return typeof value === 'string' ? value : defaultOf('dataDir');
};

const defaultOf = (key: string): string => String(settings.find((setting) => setting.key === key)?.schema.default);

const faultOf = ({ key, value, origin }: GivenValue): Fault[] => {
  const schema = settings.find((setting) => setting.key === key)?.schema;
  if (!schema || Check(schema, value)) return [];
  // The value of a URL may hold a password.
  const shown = key === 'database.url' ? '' : `, not ${JSON.stringify(value)}`;
  return [{ path: key, message: `must be ${schema.expects}${shown} (${origin})` }];
};

/** A file that is found by way of the data folder cannot say that the folder is elsewhere. */
const lostFolder = (file: Source | undefined): Fault[] =>
  (file?.given ?? [])
    .filter((one) => one.key === 'dataDir')
    .map((one) => ({
      path: one.key,
      message: `cannot be set in the data folder's own file; use LEFTOFF_DATA_DIR or --data-dir (${one.origin})`,
    }));

const settle = (given: GivenValue[]): Pick<LoadedConfig, 'config' | 'origins'> => {
  const origins = new Map<string, string>();
  const config: Record<string, unknown> = {};
  for (const setting of settings) {
    const found = given.findLast((one) => one.key === setting.key) ?? defaultFor(setting);
    place(config, setting.key, found?.value);
    if (found) origins.set(setting.key, found.origin);
  }
  return { config: withPaths(config as unknown as Config, origins), origins };
};

const defaultFor = ({ key, schema }: Setting): GivenValue | undefined =>
  schema.default === undefined ? undefined : { key, value: schema.default, origin: 'default' };

const place = (config: Record<string, unknown>, key: string, value: unknown): void => {
  const [name = '', ...rest] = key.split('.');
  if (rest.length === 0) {
    if (value !== undefined) config[name] = value;
    return;
  }
  config[name] ??= {};
  place(config[name] as Record<string, unknown>, rest.join('.'), value);
};

const withPaths = (config: Config, origins: Map<string, string>): Config => {
  const dataDir = resolve(config.dataDir);
  if (!config.database.url) origins.set('database.url', 'default');
  const url = config.database.url ?? `sqlite:${join(dataDir, 'leftoff.db')}`;
  return { ...config, dataDir, database: { ...config.database, url } };
};
