import { computeMedian } from '../numbers/statistics.ts';
import type { BenchRow } from '../report/rows.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import type { Invocation } from '../system/function-process.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver, deliverToTextbook } from '../system/invoke.ts';

/** The time of an AWS call during these measurements, in milliseconds. */
export const awsCallMs = 5;

interface Samples {
  readonly first: Invocation[];
  readonly later: Invocation[];
}

/**
 * Measures latency and CPU time of first and later deliveries. The CPU time is measured with AWS calls that answer at
 * once, and the latency with calls that take 5 ms.
 */
export async function measureTimePerDelivery(
  { proxy }: BenchSystem,
  functions: BenchFunctions,
  { warmUps, cases }: { readonly warmUps: number; readonly cases: number },
): Promise<BenchRow[]> {
  await playRounds(functions, 'warm', warmUps);
  const cpu = await playRounds(functions, 'cpu', cases);
  proxy.callMs = awsCallMs;
  const latency = await playRounds(functions, 'latency', cases);
  proxy.callMs = 0;
  return [
    latencyRow('first', latency.ours.first, latency.theirs.first, 0.4),
    latencyRow('later', latency.ours.later, latency.theirs.later, 0.5),
    cpuRow('first', cpu.ours.first, cpu.updates, 1.8),
    cpuRow('later', cpu.ours.later, cpu.updates, 2.2),
  ];
}

/**
 * Delivers cases. Each statement goes to our receiver, then to the textbook receiver, then UpdateItem is called. So
 * another program on the machine disturbs all of them alike.
 */
async function playRounds({ receiver, textbook, updateItem }: BenchFunctions, name: string, cases: number) {
  const ours: Samples = { first: [], later: [] };
  const theirs: Samples = { first: [], later: [] };
  const updates: Invocation[] = [];
  for (let number = 0; number < cases; number++) {
    const id = `${name}-${number}`;
    for (const [index, body] of makeIdnowCase(id).entries()) {
      const group = index === 0 ? 'first' : 'later';
      ours[group].push(await deliver(receiver, body));
      theirs[group].push(await deliverToTextbook(textbook, body));
      updates.push(await updateItem.invoke({ id }));
    }
  }
  return { ours, theirs, updates };
}

function latencyRow(when: string, ours: Invocation[], theirs: Invocation[], goal: number): BenchRow {
  const [our, their] = [ours, theirs].map((group) => computeMedian(group.map(({ ms }) => ms)));
  return ratioRow(`latency-${when}`, `latency ÷ textbook, ${when}`, our ?? 0, their ?? 0, goal);
}

function cpuRow(when: string, ours: Invocation[], updates: Invocation[], goal: number): BenchRow {
  const [our, update] = [ours, updates].map((group) => computeMedian(group.map(({ cpuMs }) => cpuMs)));
  return ratioRow(`cpu-${when}`, `warm CPU ÷ UpdateItem, ${when}`, our ?? 0, update ?? 0, goal);
}

function ratioRow(id: string, measure: string, our: number, reference: number, goal: number): BenchRow {
  const detail = `${our.toFixed(2)} ms ÷ ${reference.toFixed(2)} ms`;
  return { id, measure, value: our / reference, unit: 'ratio', goal, detail };
}
