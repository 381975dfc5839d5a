import { stringify } from 'yaml';
import type { LoadedConfig } from './config.ts';
import { settings } from './schema.ts';

/** The settings in force as YAML, each with where it came from; passwords are hidden. */
export const showConfig = ({ config, origins }: LoadedConfig): string => {
  const lines: string[] = [];
  let section = '';
  for (const { key } of settings) {
    const [head = '', name] = key.split('.');
    if (name !== undefined && head !== section) {
      lines.push(`${head}:`);
      section = head;
    }
    const indent = name === undefined ? '' : '  ';
    const value = lookUp(config as unknown as Record<string, unknown>, key);
    lines.push(
      value === undefined
        ? `${indent}# ${name ?? head}: not set`
        : `${indent}${name ?? head}: ${stringify(redacted(value)).trim()} # ${origins.get(key) ?? 'default'}`,
    );
  }
  return `${lines.join('\n')}\n`;
};

/** Hides the password of a URL: `postgres://leftoff:secret@host/db` → `postgres://leftoff:•••@host/db`. */
export const redacted = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/^([a-z]+:\/\/[^:@/?#]*):.*@(?=[^@]*$)/, '$1:•••@').replace(/([?&]password=)[^&]*/gi, '$1•••')
    : value;

const lookUp = (config: Record<string, unknown>, key: string): unknown =>
  key.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], config);
