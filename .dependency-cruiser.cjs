// Who may import whom. The folder list is the architecture; this file keeps it true.
const rooms = ['kpi', 'schemas', 'producers', 'processors', 'api', 'local', 'cli', 'web']
const mayImport = {
  kpi: ['kpi'],
  schemas: ['schemas', 'kpi'],
  producers: ['producers', 'schemas', 'kpi'],
  processors: ['processors', 'schemas', 'kpi'],
  api: ['api', 'schemas', 'kpi'],
  local: ['local', 'schemas', 'kpi', 'producers', 'processors', 'api'],
  cli: rooms.filter((room) => room !== 'web'),
  web: ['web', 'api'],
}
// A client library appears in one adapter file per process.
const adapters = {
  echarts: ['^web/src/parts/echarts.ts$'],
  kafkajs: [
    '^producers/kafka-',
    '^processors/((verdicts|rejected)/)?kafka-',
    '^schemas/kafka-cluster.ts$',
    '^api/freshness/kafka-',
    '^local/',
    '^cli/',
    '^test/',
    '^bench/',
  ],
  'prom-client': ['^processors/measures/prometheus-', '^api/'],
  '@clickhouse/client': [
    '^processors/((reconcile|retention|backup|verdicts)/)?clickhouse-',
    '^producers/clickhouse-',
    '^api/(store|statements|live)/clickhouse-',
    '^schemas/clickhouse-',
    '^local/',
    '^cli/',
    '^test/',
    '^bench/',
  ],
}

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'kpi-is-pure',
      comment: 'kpi/ is the meaning: no I/O, no clock, no client library.',
      severity: 'error',
      from: { path: '^kpi/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: ['^node_modules/(jstat)/'] },
    },
    ...rooms.map((room) => ({
      name: `${room}-imports`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { path: `^(${rooms.join('|')})/`, pathNot: mayImport[room].map((allowed) => `^${allowed}/`) },
    })),
    {
      name: 'web-imports-only-types-of-the-api',
      comment:
        'The dashboard is a client like any other: it knows the shapes of answers and nothing of how they are made.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^api/', dependencyTypesNot: ['type-only'] },
    },
    ...Object.entries(adapters).map(([library, files]) => ({
      name: `one-adapter-for-${library}`,
      severity: 'error',
      from: { pathNot: files },
      to: { path: `^node_modules/${library}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
