/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process; only `config/` reads them. */
export const processEnvironment = (): Environment => process.env;

/** Where the settings are. */
export const CONFIG_FILE = 'LEFTOFF_CONFIG';
/** Secrets that no settings file should hold. */
export const SECRET_KEY = 'LEFTOFF_SECRET_KEY';
export const CLIENT_PASSWORD = 'LEFTOFF_CLIENT_PASSWORD';

/** Variables of ours that are no settings. */
export const otherVariables: readonly string[] = [CONFIG_FILE, SECRET_KEY, CLIENT_PASSWORD];

/** The value of a variable; nothing where it is empty. */
export const variable = (environment: Environment, name: string): string | undefined => environment[name] || undefined;
