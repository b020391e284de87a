import type { BenchRow } from '../numbers/bench-row.ts';
import { computeMedian } from '../numbers/statistics.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver, deliverToTextbook } from '../system/invoke.ts';

/** The time of an AWS call during measurements of latency, in milliseconds. */
export const awsCallMs = 5;

/**
 * Measures the latency of first and later deliveries. Each statement goes to our receiver, then to the textbook
 * receiver, so another program on the machine disturbs both alike.
 */
export async function measureLatency(
  { proxy }: BenchSystem,
  { receiver, textbook }: BenchFunctions,
  { warmUps, cases }: { readonly warmUps: number; readonly cases: number },
): Promise<BenchRow[]> {
  const first: [ours: number, theirs: number][] = [];
  const later: [ours: number, theirs: number][] = [];
  proxy.callMs = awsCallMs;
  for (let number = -warmUps; number < cases; number++) {
    for (const [index, body] of makeIdnowCase(`latency-${number}`).entries()) {
      const { ms: ours } = await deliver(receiver, body);
      const { ms: theirs } = await deliverToTextbook(textbook, body);
      if (number >= 0) (index === 0 ? first : later).push([ours, theirs]);
    }
  }
  proxy.callMs = 0;
  return [row('first', first, 0.4), row('later', later, 0.5)];
}

function row(when: 'first' | 'later', pairs: readonly (readonly [number, number])[], goal: number): BenchRow {
  const ours = computeMedian(pairs.map(([our]) => our));
  const theirs = computeMedian(pairs.map(([, their]) => their));
  return {
    id: `latency-${when}`,
    measure: `latency ÷ textbook, ${when}`,
    value: ours / theirs,
    unit: 'ratio',
    goal,
    detail: `${ours.toFixed(2)} ms ÷ ${theirs.toFixed(2)} ms`,
  };
}
