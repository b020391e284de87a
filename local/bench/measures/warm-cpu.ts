import type { BenchRow } from '../numbers/bench-row.ts';
import { computeMedian } from '../numbers/statistics.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver } from '../system/invoke.ts';

/**
 * The number of cases in a block. Within a block, one function is invoked again and again. If two functions took turns
 * with each call, each would find cold caches, and the reference would suffer more than our receiver.
 */
const casesPerBlock = 20;

/** Measures the CPU time of first and later deliveries, compared with UpdateItem calls. Blocks of both alternate. */
export async function measureWarmCpu(
  { receiver, updateItem }: BenchFunctions,
  { warmUps, cases }: { readonly warmUps: number; readonly cases: number },
): Promise<BenchRow[]> {
  const first: number[] = [];
  const later: number[] = [];
  const updates: number[] = [];
  for (let start = -warmUps; start < cases; start += casesPerBlock) {
    const numbers = Array.from({ length: casesPerBlock }, (_, index) => start + index);
    const measured = numbers.filter((number) => number < cases);
    for (const number of measured) {
      for (const [index, body] of makeIdnowCase(`cpu-${number}`).entries()) {
        const { cpuMs } = await deliver(receiver, body);
        if (number >= 0) (index === 0 ? first : later).push(cpuMs);
      }
    }
    for (const number of measured.flatMap((each) => [each, each, each])) {
      const { cpuMs } = await updateItem.invoke({ id: `cpu-${number}` });
      if (number >= 0) updates.push(cpuMs);
    }
  }
  return [row('first', first, updates, 1.8), row('later', later, updates, 2.2)];
}

function row(when: 'first' | 'later', deliveries: number[], updates: number[], goal: number): BenchRow {
  const [delivery, update] = [computeMedian(deliveries), computeMedian(updates)];
  return {
    id: `cpu-${when}`,
    measure: `warm CPU ÷ UpdateItem, ${when}`,
    value: delivery / update,
    unit: 'ratio',
    goal,
    detail: `${delivery.toFixed(2)} ms ÷ ${update.toFixed(2)} ms`,
  };
}
