import { readFile } from 'node:fs/promises';
import type { LineCounter, Pair, YAMLMap } from 'yaml';
import { messageOf } from '#kernel/errors.ts';
import { settings } from './schema.ts';
import { type Source, unknownName } from './sources.ts';

const keys = settings.map((setting) => setting.key);

/**
 * Settings of a YAML file.
 * @param mustExist whether a missing file is a fault: it is where somebody named it
 */
export const fromFile = async (path: string, mustExist: boolean): Promise<Source> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text === 'string') return new YamlReader(path, await import('yaml')).read(text);
  const missing = text.code === 'ENOENT' || text.code === 'ENOTDIR';
  if (missing && !mustExist) return { given: [], faults: [] };
  const message = missing ? 'there is no such file' : `cannot be read: ${messageOf(text)}`;
  return { given: [], faults: [{ path: 'config', message: `${message} (${path})` }] };
};

/** Walks one document and keeps what it finds: values with their lines, and faults. */
class YamlReader {
  private readonly source: Source = { given: [], faults: [] };
  private readonly lines: LineCounter;
  private readonly path: string;
  private readonly yaml: typeof import('yaml');

  constructor(path: string, yaml: typeof import('yaml')) {
    this.path = path;
    this.yaml = yaml;
    this.lines = new yaml.LineCounter();
  }

  read(text: string): Source {
    const document = this.yaml.parseDocument(text, { lineCounter: this.lines });
    for (const error of document.errors) {
      const [message = ''] = error.message.split('\n');
      this.fault('config', `is not YAML: ${message.replace(/ at line .*$/, '')}`, this.at(error.pos[0]));
    }
    if (document.errors.length > 0 || document.contents === null) return this.source;
    if (this.yaml.isMap(document.contents)) this.section(document.contents, '');
    else this.fault('config', 'must hold "key: value" lines', this.path);
    return this.source;
  }

  private section(map: YAMLMap, prefix: string): void {
    for (const pair of map.items) {
      const name = this.yaml.isScalar(pair.key) ? pair.key.value : pair.key;
      this.entry(`${prefix}${String(name)}`, pair, this.at((pair.key as { range?: number[] }).range?.[0]));
    }
  }

  private entry(key: string, pair: Pair, origin: string): void {
    const value = this.yaml.isNode(pair.value) ? pair.value.toJSON() : null;
    // A key or a section without a value asks for the default.
    if (keys.includes(key)) {
      if (value !== null) this.source.given.push({ key, value, origin });
    } else if (!isSection(key)) this.source.faults.push(unknownName(key, keys, origin));
    else if (this.yaml.isMap(pair.value)) this.section(pair.value, `${key}.`);
    else if (value !== null) this.fault(key, 'is a section; its settings stand below it, indented', origin);
  }

  private fault(path: string, message: string, origin: string): void {
    this.source.faults.push({ path, message: `${message} (${origin})` });
  }

  private at(offset: number | undefined): string {
    return offset === undefined ? this.path : `${this.path}:${this.lines.linePos(offset).line}`;
  }
}

const isSection = (key: string): boolean => keys.some((known) => known.startsWith(`${key}.`));
