import { processSteps } from './steps.ts';

export interface CallbackStep {
  /** Which step of the process, the first is 1. */
  number: number;
  /** OK unless told otherwise. */
  status?: string;
  errors?: readonly string[];
}

export interface CallbackOptions {
  id: number | string;
  /** STARTED where there is a step, unless told otherwise. */
  status?: string;
  reason?: string | null;
  /** Absent in final callbacks. */
  step?: CallbackStep;
  /** How many steps are done; all of them, or those up to this step, unless told otherwise. */
  done?: number;
}

/**
 * The body of a callback, in the observed shape. The same options always make the same body.
 *
 * @example
 * makeCallback({ id: 50123, step: { number: 1 } });
 * makeCallback({ id: 50123, status: 'OK' });
 */
export function makeCallback(options: CallbackOptions) {
  const { id, step, status = 'STARTED', reason = null, done = step?.number ?? processSteps.length } = options;
  return {
    id,
    status,
    reason,
    steps_status: { done, total: processSteps.length },
    ...(step && { enrollment_step: enrollmentStep(step) }),
  };
}

function enrollmentStep({ number, status = 'OK', errors = [] }: CallbackStep) {
  const specimen = processSteps[number - 1];
  if (specimen === undefined) throw new RangeError(`The process has ${processSteps.length} steps`);
  const { type, name, documents } = specimen;
  return { status, errors, type, reason: '', name, documents };
}
