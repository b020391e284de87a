import type { BenchRow } from '../numbers/bench-row.ts';
import { computeMedian } from '../numbers/statistics.ts';
import type { BenchFunctions } from '../system/bench-functions.ts';
import type { BenchSystem } from '../system/bench-system.ts';
import type { FunctionProcess } from '../system/function-process.ts';
import { makeIdnowCase } from '../system/idnow-case.ts';
import { deliver } from '../system/invoke.ts';

/**
 * Counts the AWS calls of a delivery before its answer. The first statement of a case goes to one instance, the second
 * to the same instance, and the third to another instance, which has not seen the case.
 */
export async function measureCallsBeforeAnswer(
  { proxy }: BenchSystem,
  { receiver, otherReceiver }: BenchFunctions,
  cases: number,
): Promise<BenchRow[]> {
  const countCalls = async (instance: FunctionProcess, body: unknown) => {
    const before = proxy.calls.length;
    await deliver(instance, body);
    return proxy.calls.length - before;
  };
  const [first, later, elsewhere]: [number[], number[], number[]] = [[], [], []];
  for (let index = 0; index < cases; index++) {
    const [start, check, success] = makeIdnowCase(`calls-${index}`);
    first.push(await countCalls(receiver, start));
    later.push(await countCalls(receiver, check));
    elsewhere.push(await countCalls(otherReceiver, success));
  }
  const row = (id: string, when: string, counts: number[], goal: number): BenchRow => ({
    id,
    measure: `AWS calls before the answer, ${when}`,
    value: computeMedian(counts),
    unit: 'calls',
    goal,
    detail: `${Math.min(...counts)} to ${Math.max(...counts)} in ${cases} cases`,
  });
  return [
    row('calls-first', 'first', first, 1),
    row('calls-later', 'later, instance knows the case', later, 1),
    row('calls-elsewhere', 'later, elsewhere', elsewhere, 2),
  ];
}
