// The floors of ARCHITECTURE.md: what each folder of src may import besides itself.
const FLOORS = {
  kernel: [],
  config: ['kernel'],
  database: ['kernel'],
  health: ['kernel'],
  cache: ['kernel', 'database', 'health'],
  audit: ['kernel', 'database', 'health'],
  idempotency: ['kernel', 'database', 'health'],
  jobs: ['kernel', 'database', 'health'],
  access: ['kernel', 'database', 'health', 'audit'],
  backup: ['kernel', 'database', 'health', 'jobs', 'audit'],
  identity: ['kernel', 'database', 'health', 'access', 'audit'],
  catalog: ['kernel', 'database', 'health', 'access', 'audit', 'cache', 'jobs'],
  activity: ['kernel', 'database', 'health', 'access', 'audit', 'cache', 'jobs', 'catalog'],
  metadata: ['kernel', 'database', 'health', 'access', 'audit', 'cache', 'jobs', 'catalog'],
  sync: [
    'kernel',
    'database',
    'health',
    'access',
    'audit',
    'cache',
    'jobs',
    'catalog',
    'identity',
    'activity',
    'metadata',
  ],
  transfer: ['kernel', 'database', 'health', 'access', 'audit', 'cache', 'jobs', 'catalog', 'identity', 'activity'],
  acquisition: ['kernel', 'database', 'health', 'access', 'audit', 'cache', 'jobs', 'catalog', 'metadata'],
  cli: ['app\\.ts', 'config', 'kernel'],
};

/** Files that hold the SQL of a slice. */
const SQL = ['^src/.*-repository\\.ts$', '^src/.*-query\\.ts$'];
/** What a connector implements, and the words it does that in. */
const PORTS = [
  '^src/sync/(media-server|connector-error)\\.ts$',
  '^src/catalog/incoming\\.ts$',
  '^src/metadata/provider\\.ts$',
  '^src/acquisition/manager\\.ts$',
];
const TEST = '\\.test\\.ts$';

const floorRules = Object.entries(FLOORS).map(([folder, below]) => ({
  name: `floor-${folder}`,
  comment: `${folder}/ may import itself and ${below.join(', ').replace(/\\/g, '') || 'nothing else'} (ARCHITECTURE.md).`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: TEST },
  to: { path: '^src/', pathNot: [folder, ...below].map((name) => `^src/${name}${name.endsWith('.ts') ? '$' : '/'}`) },
}));

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    ...floorRules,
    rule(
      'connectors-see-ports-only',
      'A connector may import its own folder, what connectors share, kernel, and the port files of sync, metadata and acquisition.',
      { path: '^src/connectors/([^/]+)/', pathNot: TEST },
      {
        path: '^src/',
        pathNot: ['^src/connectors/$1/', '^src/connectors/[^/]+\\.ts$', '^src/kernel/', ...PORTS],
      },
    ),
    rule(
      'connectors-shared-is-low',
      'What connectors share may import kernel and the ports, and no vendor.',
      { path: '^src/connectors/[^/]+\\.ts$', pathNot: TEST },
      { path: '^src/', pathNot: ['^src/connectors/[^/]+\\.ts$', '^src/kernel/', ...PORTS] },
    ),
    rule(
      'http-sees-routes-only',
      'http/ may import kernel, and of slices only their routes.',
      { path: '^src/http/', pathNot: TEST },
      { path: '^src/', pathNot: ['^src/http/', '^src/kernel/', '^src/[^/]+/[a-z-]*routes\\.ts$'] },
    ),
    rule(
      'app-without-repositories',
      'app.ts wires services; repositories and queries are private to their slice.',
      { path: '^src/app\\.ts$' },
      { path: SQL },
    ),
    rule(
      'main-is-thin',
      'main.ts starts the command line and knows nothing else.',
      { path: '^src/main\\.ts$' },
      { path: '^src/', pathNot: ['^src/cli/', '^src/config/', '^src/kernel/'] },
    ),
    rule(
      'private-sql',
      'Repositories and queries are private to their slice; access/, which has no service, lends identity/ its grants.',
      { path: '^src/([^/]+)/', pathNot: TEST },
      { path: SQL, pathNot: ['^src/$1/', '^src/access/grants-repository\\.ts$'] },
    ),
    rule(
      'no-circles',
      'A circle of imports has no floor. (Types alone are no import when the program runs.)',
      { path: '^src/' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'sources-without-tests',
      'What runs imports no test, bench or script.',
      { path: '^src/', pathNot: TEST },
      { path: ['^test/', '^bench/', '^scripts/', TEST] },
    ),
    rule(
      'kernel-without-io',
      'kernel/ is words and pure rules: no input or output.',
      { path: '^src/kernel/', pathNot: TEST },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(buffer|util|crypto)$' },
    ),
    rule(
      'sqlite-in-database-only',
      'Only database/ opens SQLite.',
      { path: '^src/', pathNot: ['^src/database/', TEST] },
      { dependencyTypes: ['core'], path: '^(node:)?sqlite$' },
    ),
    rule(
      'postgres-in-database-only',
      'Only database/ speaks to PostgreSQL.',
      { path: '^src/', pathNot: ['^src/database/', TEST] },
      { path: 'node_modules/(pg|pg-[^/]+)/' },
    ),
    rule(
      'fastify-in-http-only',
      'Only http/ knows the server.',
      { path: '^src/', pathNot: ['^src/http/', TEST] },
      { path: 'node_modules/(fastify|@fastify)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'commander-in-cli-only',
      'Only cli/ knows the command line.',
      { path: '^src/', pathNot: ['^src/cli/', TEST] },
      { path: 'node_modules/(commander|cli-progress)/' },
    ),
    rule(
      'no-unresolvable',
      'An import that leads nowhere.',
      { path: '^(src|test|bench|scripts)/' },
      { couldNotResolve: true },
    ),
    rule(
      'no-dev-dependencies',
      'What runs imports no development dependency.',
      { path: '^src/', pathNot: TEST },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
