import { expect, test } from 'vitest';
import { planJob } from '../../../shared/evidence/job/plan-job.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';

const gone = new EvidenceError('gone', 'deleted');
const passing = new EvidenceError('transient', 'a 500');
const throttled = new EvidenceError('throttled', 'a 429', { retryAfterSeconds: 30 });
const young = { tries: 3, ageSeconds: 10, deadlineSeconds: 1000 };
const old = { ...young, ageSeconds: 1000 };
const required = (error: unknown) => ({ name: 'report.json', required: true, error });
const optional = (error: unknown) => ({ name: 'documents/a', required: false, error });

test.each([
  ['nothing failed', [], young, { kind: 'commit' }],
  ['something required is gone', [required(gone)], young, { kind: 'give-up', reason: 'gone' }],
  ['something optional is gone', [optional(gone)], young, { kind: 'commit' }],
  ['something optional may still come', [optional(passing)], young, { kind: 'retry', delaySeconds: 4 }],
  [
    'one is gone, another may come',
    [required(gone), optional(passing)],
    young,
    { kind: 'retry', delaySeconds: 4 },
  ],
  [
    'one asks for more time than the others need',
    [optional(passing), optional(throttled), required(passing)],
    young,
    { kind: 'retry', delaySeconds: 30 },
  ],
  ['the deadline is over for something optional', [optional(passing)], old, { kind: 'commit' }],
  [
    'the deadline is over for something required',
    [optional(gone), required(passing)],
    old,
    { kind: 'give-up', reason: 'transient' },
  ],
] as const)('%s', (_, failures, progress, plan) => {
  expect(planJob(failures, progress)).toEqual(plan);
});
