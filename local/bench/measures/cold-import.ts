import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { BenchRow } from '../numbers/bench-row.ts';
import { computeMedian, computeMedianOfRatios } from '../numbers/statistics.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import { bundleBareClient } from '../system/bundle-references.ts';

const importProcess = fileURLToPath(new URL('../system/import-process.js', import.meta.url));
const ImportTime = z.object({ ms: z.number(), cpuMs: z.number() });
type ImportTime = z.infer<typeof ImportTime>;

/** Measures how long a fresh process takes to load the receiver, compared with a bare DynamoDBClient. */
export async function measureColdImport(system: BenchSystem, imports: number): Promise<BenchRow[]> {
  const receiver = system.functionSource('receive-idnow');
  const bare = { bundle: await bundleBareClient(system.scratch), environment: system.awsEnvironment };
  const pairs: [ours: ImportTime, bare: ImportTime][] = [];
  // The first pair only fills the file system's cache.
  await Promise.all([importOnce(receiver), importOnce(bare)]);
  for (let index = 0; index < imports; index++) {
    pairs.push([await importOnce(receiver), await importOnce(bare)]);
  }
  const cpuRatio = computeMedianOfRatios(pairs.map(([our, their]) => [our.cpuMs, their.cpuMs]));
  const [ourMs, bareMs] = [0, 1].map((side) => computeMedian(pairs.map((pair) => pair[side]?.ms ?? 0)));
  return [
    {
      id: 'cold-import',
      measure: 'cold import ÷ bare DynamoDBClient',
      value: computeMedianOfRatios(pairs.map(([our, their]) => [our.ms, their.ms])),
      unit: 'ratio',
      goal: 0.8,
      detail: `${ourMs?.toFixed(0)} ms ÷ ${bareMs?.toFixed(0)} ms; CPU time: ${cpuRatio.toFixed(2)}`,
    },
  ];
}

interface Bundle {
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Loads a bundle in a fresh process, without Node's compile cache. */
async function importOnce({ bundle, environment }: Bundle): Promise<ImportTime> {
  const env = { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, [importProcess, bundle], { env });
  // The bundle may write log lines before the last line.
  return ImportTime.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}
