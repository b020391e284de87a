import { id360ProcessSteps } from './steps.ts';

export interface Id360CallbackStep {
  /** The number of the step in the ID360 enrollment. The first step has the number 1. */
  number: number;
  /** The status of the ID360 step that the callback reports. Default: OK. */
  status?: string;
  errors?: readonly string[];
}

export interface Id360CallbackOptions {
  id: number | string;
  /** The status of the enrollment. Default: STARTED. */
  status?: string;
  reason?: string | null;
  /** The step that the callback reports. Absent in the final callback of an enrollment. */
  step?: Id360CallbackStep;
  /** The number of steps that the user completed. Default: the number of the reported step, or else of all steps. */
  done?: number;
}

/**
 * Creates the body of an ID360 callback, in the format that we observed. The same options always give the same body.
 *
 * @example
 * makeId360Callback({ id: 50123, step: { number: 1 } });
 * makeId360Callback({ id: 50123, status: 'OK' });
 */
export function makeId360Callback(options: Id360CallbackOptions) {
  const {
    id,
    step,
    status = 'STARTED',
    reason = null,
    done = step?.number ?? id360ProcessSteps.length,
  } = options;
  return {
    id,
    status,
    reason,
    steps_status: { done, total: id360ProcessSteps.length },
    ...(step && { enrollment_step: enrollmentStep(step) }),
  };
}

function enrollmentStep({ number, status = 'OK', errors = [] }: Id360CallbackStep) {
  const processStep = id360ProcessSteps[number - 1];
  if (processStep === undefined)
    throw new RangeError(`The process has only ${id360ProcessSteps.length} steps`);
  const { type, name, documents } = processStep;
  return { status, errors, type, reason: '', name, documents };
}
