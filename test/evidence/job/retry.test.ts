import { describe, expect, test } from 'vitest';
import { planRetry } from '../../../shared/evidence/job/retry.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';

const day = 24 * 3600;
const young = { ageSeconds: 1, deadlineSeconds: 7 * day };

const inSeconds = (delaySeconds: number) => ({ kind: 'retry', delaySeconds });
const giveUp = (reason: string) => ({ kind: 'give-up', reason });

describe('planRetry, after the first try', () => {
  test.each([
    ['not_ready', inSeconds(1)],
    ['unauthorized', inSeconds(1)],
    ['forbidden', inSeconds(1)],
    ['throttled', inSeconds(1)],
    ['transient', inSeconds(1)],
    ['unexpected', inSeconds(1)],
    ['gone', giveUp('gone')],
    ['not_found', giveUp('not_found')],
    ['too_large', inSeconds(1)],
    ['corrupt', giveUp('corrupt')],
    ['invalid', giveUp('invalid')],
    ['no_account', giveUp('no_account')],
    ['unknown_verification', giveUp('unknown_verification')],
  ] as const)('the first failure of kind %s is planned as %j', (kind, plan) => {
    expect(planRetry(new EvidenceError(kind, 'x'), { ...young, tries: 1 })).toEqual(plan);
  });

  test('an entry of an archived ZIP that is too large is not retried', () => {
    const error = new EvidenceError('too_large', 'x', { isFinal: true });
    expect(planRetry(error, { ...young, tries: 1 })).toEqual(giveUp('too_large'));
  });

  test.each([new TypeError('a bug'), 'not even an error', undefined])(
    'a job that fails with an exception other than EvidenceError (%s) is retried',
    (error) => {
      expect(planRetry(error, { ...young, tries: 1 })).toEqual(inSeconds(1));
    },
  );
});

describe('planRetry, before the deadline', () => {
  test.each([
    // Columns: error kind, tries so far, seconds until the next try
    ['transient', 2, 2],
    ['transient', 3, 4],
    ['transient', 10, 512],
    ['transient', 11, 900],
    ['transient', 999, 900],
    ['unauthorized', 11, 900],
    ['throttled', 11, 900],
    ['not_ready', 6, 32],
    ['not_ready', 7, 60],
    ['not_ready', 100, 60],
    ['not_ready', 101, 900],
  ] as const)('a failure of kind %s after %i tries is retried in %i s', (kind, tries, seconds) => {
    expect(planRetry(new EvidenceError(kind, 'x'), { ...young, tries })).toEqual(inSeconds(seconds));
  });

  test.each([
    // Columns: Retry-After in seconds, tries so far, seconds until the next try
    [120, 1, 120],
    [0, 1, 1],
    [0, 8, 128],
    [5, 8, 128],
    [39_600, 20, 39_600],
  ])(
    'the next try waits for the longer of Retry-After and the usual delay: %i s after %i tries become %i s',
    (retryAfterSeconds, tries, seconds) => {
      for (const kind of ['throttled', 'unauthorized', 'transient'] as const) {
        const error = new EvidenceError(kind, 'x', { retryAfterSeconds });
        expect(planRetry(error, { ...young, tries })).toEqual(inSeconds(seconds));
      }
    },
  );

  test.each(['not_ready', 'unauthorized', 'throttled', 'transient'] as const)(
    'a job that fails with %s for a week stays below the 1000 receives that SQS counts',
    (kind) => {
      // Prepare
      const error = new EvidenceError(kind, 'x', { retryAfterSeconds: 0 });
      let ageSeconds = 0;
      let tries = 0;

      // Act
      for (let plan = inSeconds(0) as ReturnType<typeof planRetry>; plan.kind === 'retry'; ) {
        ageSeconds += plan.delaySeconds;
        tries += 1;
        plan = planRetry(error, { tries, ageSeconds, deadlineSeconds: 7 * day });
      }

      // Assess
      expect(tries).toBeLessThan(900);
    },
  );
});

describe('planRetry, at the deadline of 7 days', () => {
  test.each([
    ['not_ready', 7 * day, giveUp('not_ready')],
    ['unauthorized', 7 * day, giveUp('unauthorized')],
    ['throttled', 7 * day, giveUp('throttled')],
    ['transient', 7 * day, giveUp('transient')],
    ['too_large', 7 * day, giveUp('too_large')],
    ['transient', 8 * day, giveUp('transient')],
    ['transient', 7 * day - 1, inSeconds(4)],
  ] as const)('a failure of kind %s at the age of %i s is planned as %j', (kind, ageSeconds, plan) => {
    const progress = { tries: 3, ageSeconds, deadlineSeconds: 7 * day };
    expect(planRetry(new EvidenceError(kind, 'x'), progress)).toEqual(plan);
  });
});
