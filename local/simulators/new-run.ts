import { randomBytes } from 'node:crypto';
import type { ScenarioRun } from './scenario.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;

export interface RunOptions {
  account: string;
  reference?: string | undefined;
  baseTime?: Date | undefined;
}

/**
 * A run of its own: a reference never used before, and times that lie in the past, because scenarios span
 * some minutes and a provider does not report from the future.
 */
export function newRun({ account, reference, baseTime }: RunOptions): ScenarioRun {
  return {
    account,
    reference: reference ?? `sim-${compact(new Date())}-${randomBytes(4).toString('hex')}`,
    baseTime: baseTime ?? new Date(Date.now() - HALF_AN_HOUR_MS),
  };
}

function compact(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
