import { expect, test } from 'vitest';
import { contradiction } from '../../../shared/providers/id360/contradiction.ts';
import { readReport } from '../../../shared/providers/id360/read-report.ts';
import { jobContext } from '../job-context.ts';
import { job } from './api-under-test.ts';

/** The transition that a report means beside the state in force, read anew each time, as by a fetch of its own. */
const judge = (inForce: string, word: string, more: object = {}, sequence = 4) =>
  contradiction(
    // The callback that asked is not what counts.
    job({ providerStatus: 'CANCELED', sequence }),
    jobContext(inForce).state,
    readReport({
      id: 50123,
      status: word,
      finished_time: '2026-11-22T10:14:58.123000',
      client_reference: 'order-4711',
      ...more,
    }),
  );

test.each([
  ['the same', 'OK', 'OK'],
  ['the same', 'KO', 'KO'],
  ['the same in another case', 'OK', 'ok'],
  ['the same in another case', 'ko', ' KO '],
  ['a word that we do not know', 'OK', 'MAYBE'],
  ['a word that says nothing of the case', 'OK', 'DELETED'],
])('%s: after %s, a report of %s contradicts nothing', (_, callback, word) => {
  expect(judge(callback, word)).toBeNull();
});

const final = { phase: 'completed', finality: 'final', flags: [], rank: 60 };

test.each([
  ['OK', 'KO', { ...final, outcome: 'declined' }],
  ['KO', 'OK', { ...final, outcome: 'approved' }],
  ['OK', 'ko', { ...final, outcome: 'declined' }],
  ['OK', 'FAILED', { ...final, outcome: 'error' }],
  ['KO', 'CANCELED', { ...final, outcome: 'expired' }],
  ['KO', 'DISCONTINUED', { ...final, outcome: 'canceled' }],
  // Below the final word that asked for the report: `decide` will drop it.
  ['OK', 'STARTED', { phase: 'in_progress', outcome: null, finality: 'provisional', flags: [], rank: 10 }],
  ['OK', 'NEW', { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 }],
  // A callback's word that we no longer know: the report decides.
  ['MAYBE', 'OK', { ...final, outcome: 'approved' }],
])('after %s, a report of %s is a confirmed transition', (callback, word, meaning) => {
  expect(judge(callback, word)).toMatchObject({
    ...meaning,
    provider: 'id360',
    verificationId: 'id360:50123',
    source: '/providers/id360',
    reference: null,
    echoedReference: 'order-4711',
    providerStatus: word,
    occurredAt: '2026-11-22T10:14:58.123Z',
    confirmed: true,
    progress: false,
    wantsEvidence: false,
  });
});

test('carries why, and what the report says of the person', () => {
  const transition = judge('KO', 'OK', {
    all_status_codes: [{ status_code: { code: 'VLD_ID_INVALID', message: 'no' }, where: 'id_document' }],
    identity: { first_name: 'CAMILLE' },
  });

  expect(transition?.reasons).toMatchObject([{ providerCode: 'VLD_ID_INVALID' }]);
  expect(transition?.findings.claims).toMatchObject({ given_name: 'CAMILLE' });
});

test('has one fingerprint a job, however often the report is fetched, whatever else changes in it', () => {
  const first = judge('OK', 'KO')?.fingerprint;

  expect(first).toMatch(/^[\w-]{43}$/);
  expect(judge('OK', 'KO', { signature: 'another', steps: { a: 1 } })?.fingerprint).toBe(first);
  expect(judge('OK', 'FAILED')?.fingerprint).not.toBe(first);
  expect(judge('OK', 'KO', {}, 5)?.fingerprint, 'another callback is contradicted anew').not.toBe(first);
  expect(judge('OK', 'KO', { finished_time: '2026-11-22T11:00:00' })?.fingerprint).not.toBe(first);
});
