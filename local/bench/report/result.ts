import { cpus, totalmem } from 'node:os';
import { storageMonths } from '../measures/case-rows.ts';
import type { CaseUsage } from '../measures/case-usage.ts';
import { type BenchRow, isGoalMet } from '../numbers/bench-row.ts';
import { computeCost } from '../numbers/costs.ts';
import { prices, pricesComparedOn } from '../numbers/prices.ts';

/** The result of the bench, as `--json` writes it. */
export interface BenchResult {
  /** The start of the run, in ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: Machine;
  readonly rows: readonly (BenchRow & { readonly isMet: boolean | null })[];
  readonly usagePerCase: CaseUsage;
  /** US dollars per case, by what they pay for. */
  readonly costPerCase: Readonly<Record<keyof CaseUsage, ReturnType<typeof computeCost>>>;
  readonly storageMonths: number;
  readonly prices: typeof prices;
  readonly pricesComparedOn: string;
}

interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
}

export function buildResult(
  startedAt: Date,
  rows: readonly BenchRow[],
  usagePerCase: CaseUsage,
): BenchResult {
  const { webhooks, evidence, textbook } = usagePerCase;
  return {
    startedAt: startedAt.toISOString(),
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    machine: describeMachine(),
    rows: rows.map((row) => ({ ...row, isMet: isGoalMet(row) })),
    usagePerCase,
    costPerCase: {
      webhooks: computeCost(webhooks, storageMonths),
      evidence: computeCost(evidence, storageMonths),
      textbook: computeCost(textbook, storageMonths),
    },
    storageMonths,
    prices,
    pricesComparedOn,
  };
}

function describeMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.replace(/\s+/g, ' ').trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}
