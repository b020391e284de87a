import { computeCostPerMillion } from '../measures/case-rows.ts';
import { sumCost } from '../numbers/costs.ts';
import { formatRowGoal, formatRowValue, markOf } from './format-row.ts';
import type { BenchResult } from './result.ts';

/** Formats the result as Markdown for `docs/benchmarks.md`. */
export function formatResultMarkdown({ rows, machine, startedAt, seconds }: BenchResult): string {
  const { cpu, cores, memoryGb, platform, node } = machine;
  const line = (row: BenchResult['rows'][number]) =>
    `| ${row.measure} | ${formatRowValue(row)} | ${formatRowGoal(row)} | ${markOf(row.isMet)} | ${row.detail} |`;
  return [
    `Measured on ${startedAt.slice(0, 10)} in ${Math.ceil(seconds / 60)} minutes, on ${cores} cores of ${cpu} with ${memoryGb} GB of memory, ${platform}, Node ${node}.`,
    '',
    '| measure | value | goal | | figures |',
    '|---|---|---|---|---|',
    ...rows.map(line),
  ].join('\n');
}

/** Formats the cost of a case as Markdown for `docs/cost.md`. */
export function formatCostMarkdown({ costPerCase, usagePerCase, startedAt, ...result }: BenchResult): string {
  const { webhooks, evidence, textbook } = costPerCase;
  const dollars = (cost: number) => `$${(cost * 1_000_000).toFixed(2)}`;
  const cells = (values: readonly number[]) => values.map(dollars).join(' | ');
  const costLines = costParts.map(
    (part) => `| ${part} | ${cells([webhooks[part], evidence[part], textbook[part]])} |`,
  );
  const { webhooks: ours, evidence: archived, textbook: theirs } = usagePerCase;
  const usageLines = usageParts.map(
    ([title, key, digits]) =>
      `| ${title} | ${[ours, archived, theirs].map((usage) => usage[key].toFixed(digits)).join(' | ')} |`,
  );
  return [
    `Measured on ${startedAt.slice(0, 10)}. Prices of ${result.pricesComparedOn}. Storage for ${result.storageMonths} months.`,
    '',
    '| a million cases | webhooks and events | evidence | textbook |',
    '|---|---|---|---|',
    ...costLines,
    `| **total** | ${cells([webhooks, evidence, textbook].map(sumCost))} |`,
    '',
    `A million webhooks cost $${computeCostPerMillion(ours).toFixed(2)}, or $${computeCostPerMillion(ours, 0).toFixed(2)} without storage. With the textbook, they cost $${computeCostPerMillion(theirs).toFixed(2)}, or $${computeCostPerMillion(theirs, 0).toFixed(2)} without storage.`,
    '',
    'The usage behind it:',
    '',
    '| one case | webhooks and events | evidence | textbook |',
    '|---|---|---|---|',
    ...usageLines,
  ].join('\n');
}

const costParts = [
  'API Gateway',
  'Lambda requests',
  'Lambda time',
  'DynamoDB writes',
  'DynamoDB reads',
  'SQS',
  'S3 requests',
  'Logs',
  'DynamoDB storage',
] as const;

const usageParts = [
  ['requests to the API', 'apiRequests', 0],
  ['invocations', 'invocations', 0],
  ['GB-seconds', 'gigabyteSeconds', 4],
  ['write units', 'writeUnits', 0],
  ['read units', 'readUnits', 0],
  ['requests to FIFO queues', 'fifoRequests', 0],
  ['requests to standard queues', 'queueRequests', 0],
  ['PUTs to S3', 'objectPuts', 0],
  ['GETs from S3', 'objectGets', 0],
  ['bytes of logs', 'logBytes', 0],
  ['bytes in tables', 'tableBytes', 0],
] as const;
