import { expect, test } from 'vitest';
import { planJobAfterTry } from '../../../shared/evidence/job/plan-job.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';

const gone = new EvidenceError('gone', 'deleted');
const passing = new EvidenceError('transient', 'a 500');
const throttled = new EvidenceError('throttled', 'a 429', { retryAfterSeconds: 30 });
const young = { tries: 3, ageSeconds: 10, deadlineSeconds: 1000 };
const old = { ...young, ageSeconds: 1000 };
const required = (error: unknown) => ({ name: 'report.json', required: true, error });
const optional = (error: unknown) => ({ name: 'documents/a', required: false, error });

test.each([
  ['a job without failures is committed', [], young, { kind: 'commit' }],
  [
    'a job is given up if a required artifact is gone',
    [required(gone)],
    young,
    { kind: 'give-up', reason: 'gone' },
  ],
  ['a job is committed if an optional artifact is gone', [optional(gone)], young, { kind: 'commit' }],
  [
    'a job is retried if an optional artifact may still arrive',
    [optional(passing)],
    young,
    { kind: 'retry', delaySeconds: 4 },
  ],
  [
    'a job is retried while any artifact may still arrive, even if a required artifact is gone',
    [required(gone), optional(passing)],
    young,
    { kind: 'retry', delaySeconds: 4 },
  ],
  [
    'a job is retried after the longest delay of its failures',
    [optional(passing), optional(throttled), required(passing)],
    young,
    { kind: 'retry', delaySeconds: 30 },
  ],
  [
    'a job is committed without an optional artifact after the deadline',
    [optional(passing)],
    old,
    { kind: 'commit' },
  ],
  [
    'a job is given up without a required artifact after the deadline',
    [optional(gone), required(passing)],
    old,
    { kind: 'give-up', reason: 'transient' },
  ],
] as const)('%s', (_, failures, progress, plan) => {
  expect(planJobAfterTry(failures, progress)).toEqual(plan);
});
