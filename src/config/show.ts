import { stringify } from 'yaml';
import type { LoadedConfig } from './config.ts';
import { settings } from './schema.ts';

/** The settings in force as YAML, each with where it came from; passwords are hidden. */
export const showConfig = ({ config, origins }: LoadedConfig): string => {
  const lines: string[] = [];
  let open: string[] = [];
  for (const { key } of settings) {
    const sections = key.split('.');
    const name = sections.pop() ?? '';
    lines.push(...headings(sections, open));
    open = sections;
    const indent = '  '.repeat(sections.length);
    const value = lookUp(config as unknown as Record<string, unknown>, key);
    lines.push(
      value === undefined
        ? `${indent}# ${name}: not set`
        : `${indent}${name}: ${stringify(redacted(value)).trim()} # ${origins.get(key) ?? 'default'}`,
    );
  }
  return `${lines.join('\n')}\n`;
};

/** The lines that open sections, as far as they are not open from the line before. */
const headings = (sections: readonly string[], open: readonly string[]): string[] => {
  const differs = sections.findIndex((section, depth) => section !== open[depth]);
  return differs === -1
    ? []
    : sections.slice(differs).map((section, index) => `${'  '.repeat(differs + index)}${section}:`);
};

/** Hides the password of a URL: `postgres://leftoff:secret@host/db` → `postgres://leftoff:•••@host/db`. */
export const redacted = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/^([a-z]+:\/\/[^:@/?#]*):.*@(?=[^@]*$)/, '$1:•••@').replace(/([?&]password=)[^&]*/gi, '$1•••')
    : value;

const lookUp = (config: Record<string, unknown>, key: string): unknown =>
  key.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], config);
