import { customAlarms, systemCheckAlarm } from '../../infra/monitoring/custom-alarms.ts';
import { diagnose, type Fault } from '../../shared/operations/doctor/diagnose.ts';
import { measure } from '../../shared/operations/doctor/measure.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';

export interface ExaminedStack {
  /** The most urgent first. */
  readonly faults: readonly Fault[];
  /** The name of the error of each part that could not be measured. */
  readonly failures: Readonly<Record<string, string>>;
}

/** Finds what is wrong with a stack, as `idv doctor` does. */
export async function examineStack(stack: OperatedStack, now: Date): Promise<ExaminedStack> {
  const measurements = await measure(stack, now, [...customAlarms, systemCheckAlarm]);
  return { faults: diagnose(measurements), failures: measurements.failures };
}
