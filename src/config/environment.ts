/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process; only `config/` reads them. */
export const processEnvironment = (): Environment => process.env;

/** Where the settings are. */
export const CONFIG_FILE = 'LEFTOFF_CONFIG';
/** Secrets that no settings file should hold. */
export const SECRET_KEY = 'LEFTOFF_SECRET_KEY';
/** The key before it, while something is sealed with that still. */
export const FORMER_SECRET_KEY = 'LEFTOFF_SECRET_KEY_OLD';
export const CLIENT_PASSWORD = 'LEFTOFF_CLIENT_PASSWORD';
export const CLIENT_TOKEN = 'LEFTOFF_CLIENT_TOKEN';

/** Variables of ours that are no settings. */
export const otherVariables: readonly string[] = [
  CONFIG_FILE,
  SECRET_KEY,
  FORMER_SECRET_KEY,
  CLIENT_PASSWORD,
  CLIENT_TOKEN,
];

/** The value of a variable; nothing where it is empty. */
export const variable = (environment: Environment, name: string): string | undefined => environment[name] || undefined;
