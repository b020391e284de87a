import { bundleIfChanged } from '../../infra/bundle-if-changed.ts';
import { runAndPrintDuration } from '../terminal.ts';
import type { BenchSize } from './command-line.ts';
import { measureArchive } from './measures/archive.ts';
import { measureCallsBeforeAnswer } from './measures/calls-before-answer.ts';
import { buildCaseRows } from './measures/case-rows.ts';
import { measureCaseUsage } from './measures/case-usage.ts';
import { measureColdImport } from './measures/cold-import.ts';
import { measureGrowth } from './measures/growth.ts';
import { measureLatency } from './measures/latency.ts';
import { measureWarmCpu } from './measures/warm-cpu.ts';
import { type BenchResult, buildResult } from './report/result.ts';
import { startBenchFunctions } from './system/bench-functions.ts';
import { startBenchSystem } from './system/bench-system.ts';

/** Runs all measurements one after the other, and prints a line after each. */
export async function runBench(size: BenchSize): Promise<BenchResult> {
  const startedAt = new Date();
  await runAndPrintDuration('functions bundled', bundleIfChanged);
  const system = await runAndPrintDuration('emulators and resources', startBenchSystem);
  try {
    const functions = await runAndPrintDuration('functions started', () => startBenchFunctions(system));
    const calls = await runAndPrintDuration('AWS calls before the answer', () =>
      measureCallsBeforeAnswer(system, functions, size.callCases),
    );
    const latency = await runAndPrintDuration('latency of deliveries', () =>
      measureLatency(system, functions, size),
    );
    const cpu = await runAndPrintDuration('CPU of deliveries', () => measureWarmCpu(functions, size));
    const imports = await runAndPrintDuration('cold import', () => measureColdImport(system, size.imports));
    const usage = await runAndPrintDuration('usage of a case', () =>
      measureCaseUsage(system, functions, size.usageCases),
    );
    const growth = await runAndPrintDuration('growth with the number of deliveries', () =>
      measureGrowth(system, functions, size.growth),
    );
    const archive = await runAndPrintDuration('archiving a large file', () =>
      measureArchive(system, functions, size.archive),
    );
    const rows = [...calls, ...latency, ...cpu, ...imports, ...buildCaseRows(usage), ...archive, ...growth];
    return buildResult(startedAt, rows, usage);
  } finally {
    await system.stop();
  }
}
