import { randomBytes } from 'node:crypto';
import type { ScenarioRun } from './scenario.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;

export interface ScenarioRunOptions {
  account: string;
  reference?: string | undefined;
  baseTime?: Date | undefined;
}

/**
 * Creates a run of a scenario. By default, the run has a new reference and starts half an hour ago.
 * A provider never reports a time in the future, so even the last step of the run must be in the past.
 */
export function createScenarioRun({ account, reference, baseTime }: ScenarioRunOptions): ScenarioRun {
  return {
    account,
    reference: reference ?? `sim-${compact(new Date())}-${randomBytes(4).toString('hex')}`,
    baseTime: baseTime ?? new Date(Date.now() - HALF_AN_HOUR_MS),
  };
}

function compact(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
