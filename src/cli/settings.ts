import type { Command } from 'commander';
import { type LoadedConfig, loadConfig } from '#config/config.ts';
import { processEnvironment } from '#config/environment.ts';
import { optionOf, settings } from '#config/schema.ts';

/** Gives the program one option for each setting, by the one rule: `server.port` is `--server-port`. */
export const addSettingOptions = (program: Command): void => {
  program.option('--config <file>', 'a YAML file with settings');
  program.option('--debug', 'show the whole trace of an error');
  for (const { key, schema } of settings) {
    program.option(`--${optionOf(key)} <value>`, (schema as { description?: string }).description ?? '');
  }
};

/** The settings in force for a command. */
export const configOf = (command: Command): Promise<LoadedConfig> => {
  const given = command.optsWithGlobals<Record<string, string | undefined>>();
  const options: Record<string, string> = {};
  for (const { key } of settings) {
    const value = given[fieldOf(key)];
    if (value !== undefined) options[key] = value;
  }
  return loadConfig({ environment: processEnvironment(), file: given.config, options });
};

/** Where commander keeps the value of an option: `server-port` → `serverPort`. */
const fieldOf = (key: string): string =>
  optionOf(key).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
