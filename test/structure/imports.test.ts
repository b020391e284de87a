import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findCycles, type Graph } from './find-cycles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = globSync('{functions,infra,local,package,shared}/**/*.ts', {
  cwd: root,
  exclude: (path) => String(path).includes('node_modules'),
});

interface Import {
  readonly from: string;
  readonly to: string;
}

/** All imports between files of this project, as paths from the root. */
const imports: readonly Import[] = sources.flatMap((from) =>
  [...readFileSync(join(root, from), 'utf8').matchAll(/(?:from|import)[ (]'(\.[^']+)'/g)].map(
    ([, target = '']) => ({ from, to: join(dirname(from), target) }),
  ),
);

/** For each folder of `shared/`, the other folders from which its files may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  platform: [],
  parsing: ['contract', 'platform'],
  ordering: ['contract'],
  scheduling: ['contract', 'parsing', 'ordering'],
  'provider-api': ['contract', 'platform', 'parsing'],
  providers: ['contract', 'platform', 'parsing', 'provider-api'],
  verifications: ['contract', 'platform', 'parsing', 'ordering', 'scheduling'],
  receiving: ['contract', 'platform', 'parsing', 'ordering', 'providers', 'verifications'],
  relay: ['contract', 'platform', 'verifications'],
  lookups: ['contract', 'platform', 'parsing', 'scheduling', 'verifications'],
  quarantine: ['contract', 'platform', 'verifications'],
  retention: ['contract', 'platform', 'verifications'],
  // Operations use everything, and nothing uses them.
  operations: [
    'contract',
    'platform',
    'parsing',
    'ordering',
    'scheduling',
    'provider-api',
    'providers',
    'verifications',
    'receiving',
    'relay',
    'evidence',
    'cases',
    'retention',
    'reconciling',
    'quarantine',
  ],
  cases: [
    'contract',
    'platform',
    'parsing',
    'provider-api',
    'providers',
    'receiving',
    'evidence',
    'verifications',
  ],
  importing: ['contract', 'platform', 'parsing', 'evidence', 'verifications'],
  reconciling: ['contract', 'parsing', 'provider-api', 'evidence', 'verifications'],
  evidence: ['contract', 'platform', 'parsing', 'provider-api', 'providers', 'scheduling', 'verifications'],
};

const folderOf = (path: string) => /^shared\/([^/]+)\//.exec(path)?.[1];

test('the search for imports in the sources finds all imports of functions/relay-events.ts', () => {
  const seen = imports.filter(({ from }) => from === 'functions/relay-events.ts').map(({ to }) => to);
  expect(seen).toEqual(['shared/relay/aws-dependencies.ts', 'shared/relay/relay-events.ts']);
});

describe('shared/', () => {
  test('each folder of shared/ has a rule about its imports', () => {
    const folders = new Set(sources.flatMap((path) => folderOf(path) ?? []));
    expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
  });

  test.each(Object.entries(mayImport))('shared/%s/ imports only from the folders %j', (folder, allowed) => {
    const forbidden = imports
      .filter(({ from }) => folderOf(from) === folder)
      .filter(({ to }) => ![folder, ...allowed].includes(folderOf(to) ?? to));
    expect(forbidden).toEqual([]);
  });
});

test('the folder of a provider imports no code of another provider', () => {
  const providerOf = (path: string) => /^shared\/providers\/([^/]+)\//.exec(path)?.[1];
  const foreign = imports.filter(
    ({ from, to }) =>
      providerOf(from) !== undefined && ![undefined, providerOf(from)].includes(providerOf(to)),
  );
  expect(foreign).toEqual([]);
});

test('no function imports the list of providers or a stage section, so that its bundle contains one provider only', () => {
  const isForTheStack = (path: string) => /^shared\/providers\/(providers|[^/]+\/stage)\.ts$/.test(path);
  const readers = imports.filter(
    ({ from, to }) => isForTheStack(to) && /^(functions|shared)\//.test(from) && !isForTheStack(from),
  );
  expect(readers).toEqual([]);
});

test('infra/ imports neither local/ nor functions/', () => {
  const upward = imports.filter(
    ({ from, to }) => from.startsWith('infra/') && /^(local|functions)\//.test(to),
  );
  expect(upward).toEqual([]);
});

test('files and folders have no import cycles', () => {
  const cycles = [...siblingGraphs(imports)].flatMap(([folder, graph]) =>
    findCycles(graph).map((cycle) => `${folder}: ${cycle.join(' → ')}`),
  );
  expect(cycles).toEqual([]);
});

/**
 * Builds one graph per folder: the imports between the folder's files and subfolders. An import belongs to the deepest
 * folder that contains both files.
 */
function siblingGraphs(all: readonly Import[]): Map<string, Graph> {
  const graphs = new Map<string, Map<string, Set<string>>>();
  for (const { from, to } of all) {
    const [source, target] = [from.split('/'), to.split('/')];
    const depth = source.findIndex((part, index) => part !== target[index]);
    const [here = '', there = ''] = [source[depth], target[depth]];
    const folder = source.slice(0, depth).join('/') || '.';
    const graph = graphs.get(folder) ?? new Map<string, Set<string>>();
    graph.set(here, (graph.get(here) ?? new Set()).add(there));
    graphs.set(folder, graph);
  }
  return graphs;
}
