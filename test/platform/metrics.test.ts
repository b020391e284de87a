import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildMetricsLine } from '../../shared/platform/embedded-metrics.ts';
import { metricNames, metricNamespace, metrics } from '../../shared/platform/metrics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const table = 'shared/platform/metrics.ts';

/** The code of all functions, without the table of metrics and without comments. */
const code = globSync('shared/**/*.ts', { cwd: root })
  .filter((path) => path !== table)
  .map((path) => readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))
  .join('\n');

/** The names that the code passes to telemetry, directly or through a `Record<…, CounterName>`. */
const writtenNames = new Set([
  ...[...code.matchAll(/\b(?:count|measure)\(\s*'([^']+)'/g)].map(([, name = '']) => name),
  ...[...code.matchAll(/= \{([^{}]*)\} as const satisfies Record<[^;]*CounterName>;/g)].flatMap(
    ([, body = '']) => [...body.matchAll(/: '([^']+)'/g)].map(([, name = '']) => name),
  ),
  ...[...code.matchAll(/\bmetric: ((?:'[^']+'(?: \| )?)+)/g)].flatMap(([, union = '']) =>
    [...union.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
  ),
]);

test('each metric of the table is written by a function or counted in the access log, and each metric that is written is in the table', () => {
  const ofFunctions = metricNames.filter((name) => !('from' in metrics[name]));
  expect([...writtenNames].toSorted()).toEqual(ofFunctions.toSorted());
});

test('the unit of a metric is at the end of its name', () => {
  for (const name of metricNames)
    expect(metrics[name].unit === 'Seconds', name).toBe(name.endsWith('Seconds'));
});

test('metrics are written into the namespace that alarms and the dashboard read', () => {
  const line = JSON.parse(
    buildMetricsLine({}, [[]], new Map([['CasesDeleted', { unit: 'Count', value: 1 }]]), 0),
  );
  expect(line._aws.CloudWatchMetrics[0].Namespace).toBe(metricNamespace);
});
