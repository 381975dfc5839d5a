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

/** Where the positions of a kind count; see docs/configuration.md. */
const thresholds = (kind: string, highPercent: number, highSeconds: number) =>
  Type.Object({
    lowPercent: integer({
      default: 5,
      minimum: 0,
      maximum: 45,
      expects: 'a percentage from 0 to 45',
      description: `Below this share of ${kind} a position is dropped.`,
    }),
    lowSeconds: integer({
      default: 60,
      minimum: 0,
      maximum: 3600,
      expects: 'a number of seconds from 0 to 3600',
      description: `Before this many seconds of ${kind} a position is dropped.`,
    }),
    highPercent: integer({
      default: highPercent,
      minimum: 50,
      maximum: 100,
      expects: 'a percentage from 50 to 100',
      description: `From this share on ${kind} is watched.`,
    }),
    highSeconds: integer({
      default: highSeconds,
      minimum: 0,
      maximum: 86_400,
      expects: 'a number of seconds from 0 to 86400 (0: only the share counts)',
      description: `From this many seconds on ${kind} is watched, however long it is; 0: only the share counts.`,
    }),
  });

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
  thresholds: Type.Object({
    movie: thresholds('a movie', 90, 0),
    episode: thresholds('an episode', 90, 0),
    track: thresholds('a track', 50, 240),
    stream: thresholds('a stream', 90, 0),
  }),
  timeZone: Type.Optional(
    text({
      maxLength: 64,
      expects: 'an IANA name such as Europe/Berlin',
      description: 'The time zone of users who name none of their own. Without it: that of this machine.',
    }),
  ),
  history: Type.Object({
    undoDays: integer({
      default: 30,
      minimum: 1,
      maximum: 3650,
      expects: 'a number of days from 1 to 3650',
      description: 'How long marks, imports, corrections and clearings of a history can be taken back.',
    }),
  }),
  idempotency: Type.Object({
    keepHours: integer({
      default: 24,
      minimum: 1,
      maximum: 720,
      expects: 'a number of hours from 1 to 720',
      description: 'How long the answer to a request with an Idempotency-Key is kept.',
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
