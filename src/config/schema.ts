import { type Static, type TObject, type TSchema, Type } from 'typebox';

/** What a setting's schema carries beside its type: how a fault of it is explained, in words. */
interface Words {
  /** What would be right: "a port from 0 to 65535". */
  expects: string;
  description: string;
}

const text = (words: Words & { default?: string; pattern?: string; maxLength?: number }) =>
  Type.String({ minLength: 1, maxLength: 4096, ...words });
const integer = (words: Words & { default: number; minimum: number; maximum: number }) => Type.Integer({ ...words });
const flag = (words: Words & { default?: boolean }) => Type.Boolean({ ...words });

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every setting there is, with its default. What has none and is optional is decided at run time. */
export const ConfigSchema = Type.Object({
  dataDir: text({
    default: './data',
    expects: 'the path of a folder',
    description: 'The folder of the database, the secret key and config.yml.',
  }),
  server: Type.Object({
    host: text({
      default: '127.0.0.1',
      expects: 'an address or host name to listen on',
      description: 'The address to listen on; 0.0.0.0 to be reached from other machines.',
    }),
    port: integer({
      default: 8778,
      minimum: 0,
      maximum: 65_535,
      expects: 'a port from 0 to 65535 (0: any that is free)',
      description: 'The TCP port to listen on.',
    }),
    trustProxy: flag({
      default: false,
      expects: 'true or false',
      description: 'Whether X-Forwarded-* headers are believed; set it only behind a reverse proxy.',
    }),
    publicUrl: Type.Optional(
      text({
        pattern: '^https?://[^\\s]+$',
        expects: 'a URL that starts with http:// or https://',
        description: 'The address under which people reach this server.',
      }),
    ),
  }),
  database: Type.Object({
    url: Type.Optional(
      text({
        pattern: '^(sqlite:.+|postgres(ql)?://.+)$',
        expects: 'sqlite:<file> or postgres://…',
        description: 'Where the data is kept. Without it: leftoff.db in the data folder.',
      }),
    ),
    poolSize: integer({
      default: 10,
      minimum: 1,
      maximum: 200,
      expects: 'a number of connections from 1 to 200',
      description: 'Connections kept to PostgreSQL at the most.',
    }),
  }),
  log: Type.Object({
    level: Type.Enum([...logLevels], {
      default: 'info',
      expects: `one of ${logLevels.join(', ')}`,
      description: 'The least important messages still written.',
    }),
    pretty: Type.Optional(
      flag({
        expects: 'true or false',
        description: 'Readable lines rather than JSON. Without it: readable on a terminal.',
      }),
    ),
  }),
});

type Given = Static<typeof ConfigSchema>;

/** The settings in force. Paths are absolute; the database's URL is always there. */
export type Config = Omit<Given, 'database'> & { database: Required<Given['database']> };

/** One setting of the schema, known by its dotted key: `server.port`. */
export interface Setting {
  key: string;
  schema: TSchema & { expects: string; default?: unknown; type?: string };
}

const settingsOf = (schema: TObject, prefix: string): Setting[] =>
  Object.entries(schema.properties).flatMap(([name, inner]) =>
    Type.IsObject(inner)
      ? settingsOf(inner, `${prefix}${name}.`)
      : [{ key: `${prefix}${name}`, schema: inner as Setting['schema'] }],
  );

/** All settings, in the schema's order. */
export const settings: readonly Setting[] = settingsOf(ConfigSchema, '');

/** The words of a key: `server.trustProxy` → server, trust, proxy. Variables and options are made of them. */
const wordsOf = (key: string): string[] =>
  key
    .replace(/([A-Z])/g, '.$1')
    .toLowerCase()
    .split('.');

/** `server.trustProxy` → `LEFTOFF_SERVER_TRUST_PROXY`: the one rule for every key. */
export const variableOf = (key: string): string => `LEFTOFF_${wordsOf(key).join('_').toUpperCase()}`;

/** `server.trustProxy` → `server-trust-proxy`, the name of its command line option. */
export const optionOf = (key: string): string => wordsOf(key).join('-');
