import { type BenchRow, flatLimit } from '../numbers/bench-row.ts';
import { computeMedian } from '../numbers/statistics.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import type { Invocation } from '../system/function-process.ts';
import { makeIdnowCheck } from '../system/idnow-case.ts';
import { deliver } from '../system/invoke.ts';
import { awsCallMs } from './latency.ts';

interface GrowthOptions {
  /** The number of deliveries of the verification. */
  readonly deliveries: number;
  /** The number of its last deliveries that are compared. */
  readonly compared: number;
}

/**
 * Compares the last deliveries of a verification with many deliveries to second deliveries of fresh verifications. The
 * two alternate, so another program disturbs both alike.
 */
export async function measureGrowth(
  { proxy }: BenchSystem,
  { receiver }: BenchFunctions,
  { deliveries, compared }: GrowthOptions,
): Promise<BenchRow[]> {
  const early: Invocation[] = [];
  const late: Invocation[] = [];
  for (let minute = 1; minute <= deliveries - compared; minute++) {
    await deliver(receiver, makeIdnowCheck('grown', minute));
  }
  proxy.callMs = awsCallMs;
  for (let index = 1; index <= compared; index++) {
    const fresh = `fresh-${index}`;
    await deliver(receiver, makeIdnowCheck(fresh, 1));
    early.push(await deliver(receiver, makeIdnowCheck(fresh, 2)));
    late.push(await deliver(receiver, makeIdnowCheck('grown', deliveries - compared + index)));
  }
  proxy.callMs = 0;
  const row = (id: string, what: string, figureOf: (each: Invocation) => number): BenchRow => {
    const [lateMs, earlyMs] = [late, early].map((group) => computeMedian(group.map(figureOf)));
    return {
      id,
      measure: `${what}, delivery ${deliveries} ÷ delivery 2`,
      value: (lateMs ?? 0) / (earlyMs ?? 1),
      unit: 'flat',
      goal: flatLimit,
      detail: `${lateMs?.toFixed(2)} ms ÷ ${earlyMs?.toFixed(2)} ms`,
    };
  };
  return [row('growth-latency', 'latency', ({ ms }) => ms), row('growth-cpu', 'CPU', ({ cpuMs }) => cpuMs)];
}
