import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runBenchCommand } from '../../local/bench/command.ts';
import { npmBench } from '../support/npm-start.ts';
import { runCommand } from '../support/run-command.ts';

const Row = z.object({
  id: z.string(),
  measure: z.string(),
  value: z.number().positive(),
  goal: z.number().nullable(),
  isMet: z.boolean().nullable(),
});
const Usage = z.record(z.string(), z.number());
const Result = z.object({
  startedAt: z.iso.datetime(),
  machine: z.object({ cpu: z.string(), cores: z.number().positive(), node: z.string() }),
  rows: z.array(Row),
  usagePerCase: z.object({ webhooks: Usage, evidence: Usage, textbook: Usage }),
});

/** All rows, in the order in which the bench prints them. */
const ids = [
  'calls-first',
  'calls-later',
  'calls-elsewhere',
  'latency-first',
  'latency-later',
  'cpu-first',
  'cpu-later',
  'cold-import',
  'write-units',
  'cost',
  'archive-cpu',
  'archive-memory',
  'growth-latency',
  'growth-cpu',
];

describe('npm run bench -- --quick --json FILE', () => {
  let directory: string;
  let output: string;
  let code: number | null;
  let result: z.infer<typeof Result>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'idv-webhooks-bench-test-'));
    const file = join(directory, 'result.json');
    const started = runCommand(runBenchCommand, '--quick', '--json', file);
    code = await started.exited;
    output = started.output();
    result = Result.parse(JSON.parse(await readFile(file, 'utf8')));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('the bench ends with exit code 0, even if a goal is missed', () => {
    expect(output).toMatch(/\d+ of 14 goals are met/);
    expect(code).toBe(0);
  });

  test('the JSON contains every row, with a goal that is met or missed', () => {
    expect(result.rows.map(({ id }) => id)).toEqual(ids);
    for (const { value, goal, isMet } of result.rows) expect(isMet).toBe(value <= (goal ?? 0));
  });

  test('the table on the terminal contains every row of the JSON, with its mark', () => {
    const lines = output.split('\n');
    for (const { measure, isMet } of result.rows) {
      const line = lines.find((each) => each.slice(4).startsWith(`${measure}  `));
      expect(line?.slice(2, 3)).toBe(isMet ? '✓' : '✗');
    }
  });

  test('a case uses three requests to the API, and writes of state and history', () => {
    const { webhooks, textbook, evidence } = result.usagePerCase;
    expect([webhooks.apiRequests, textbook.apiRequests, evidence.apiRequests]).toEqual([3, 3, 0]);
    expect(webhooks.writeUnits).toBeGreaterThanOrEqual(6);
    expect(evidence.objectPuts).toBeGreaterThanOrEqual(3);
  });
});

test('a bench with an unknown option prints the usage and exits with 1', async () => {
  const started = npmBench('--slow');

  expect(await started.exited).toBe(1);
  expect(started.output()).toContain('Usage: npm run bench');
});
