import { expect, test } from 'vitest';
import { makeId360LookupTransition } from '../../../shared/providers/id360/lookup-transition.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { job } from './api-under-test.ts';

/** Returns the transition of an ID360 report with this status. */
const transitionFor = (status: string, more: object = {}, sequence = 4) =>
  makeId360LookupTransition(
    // The job has the status of the callback. The transition must have the status of the report instead.
    job({ providerStatus: 'CANCELED', sequence }),
    readId360Report({
      id: 50123,
      status: status,
      finished_time: '2026-11-22T10:14:58.123000',
      client_reference: 'order-4711',
      ...more,
    }),
  );

test.each(['MAYBE', 'DELETED', ''])(
  'an ID360 report with the unknown status %j gives no transition',
  (status) => {
    expect(transitionFor(status)).toBeNull();
  },
);

const final = { phase: 'completed', finality: 'final', flags: [], rank: 60 };

test.each([
  ['OK', { ...final, outcome: 'approved' }],
  [' ko ', { ...final, outcome: 'declined' }],
  ['FAILED', { ...final, outcome: 'error' }],
  ['CANCELED', { ...final, outcome: 'expired' }],
  ['DISCONTINUED', { ...final, outcome: 'canceled' }],
] as const)(
  'an ID360 report with the status %s gives a transition with the origin lookup',
  (status, meaning) => {
    expect(transitionFor(status)).toMatchObject({
      ...meaning,
      provider: 'id360',
      verificationId: 'id360:50123',
      source: '/providers/id360',
      reference: null,
      echoedReference: 'order-4711',
      providerStatus: status,
      occurredAt: '2026-11-22T10:14:58.123Z',
      origin: { kind: 'lookup', effect: 'decide' },
    });
  },
);

test('the transition of an ID360 report has the reasons and the findings of the report', () => {
  const transition = transitionFor('OK', {
    all_status_codes: [{ status_code: { code: 'VLD_ID_INVALID', message: 'no' }, where: 'id_document' }],
    identity: { first_name: 'CAMILLE' },
  });

  expect(transition?.reasons).toMatchObject([{ providerCode: 'VLD_ID_INVALID' }]);
  expect(transition?.findings.claims).toMatchObject({ given_name: 'CAMILLE' });
});

test('the fingerprint of an ID360 report depends only on the job, the status and the finished time', () => {
  const first = transitionFor('KO')?.fingerprint;

  expect(first).toMatch(/^[\w-]{22}$/);
  expect(transitionFor('KO', { signature: 'another', steps: { a: 1 } })?.fingerprint).toBe(first);
  expect(transitionFor('FAILED')?.fingerprint).not.toBe(first);
  expect(transitionFor('KO', {}, 5)?.fingerprint, 'another job gives another fingerprint').not.toBe(first);
  expect(transitionFor('KO', { finished_time: '2026-11-22T11:00:00' })?.fingerprint).not.toBe(first);
});
