import { describe, expect, test } from 'vitest';
import { makeIdent } from '../../../local/simulators/idnow/make-ident.ts';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import type { Transition } from '../../../shared/contract/transition.ts';
import { isOlderThanStatement, makeIdentLookup } from '../../../shared/providers/idnow/lookup.ts';
import { readIdents } from '../../../shared/providers/idnow/read-idents.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { incomingTransition } from '../../support/deliveries.ts';
import { archiveJob } from './archive-job.ts';

type State = Parameters<typeof makeIdent>[0]['state'];

/** Reads an ident, as a webhook or an answer of IDnow's API. `minute` is the time of IDnow's result. */
function read(state: State, minute: number): Transition {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
  const ident = makeIdent({ companyId: 'democompany', transactionNumber: 'txn-1', state, time });
  const [reading] = readIdents(ident, { wantsEvidence: ({ finality }) => finality === 'final' });
  return reading?.kind === 'understood'
    ? reading.transition
    : expect.unreachable('the ident is not understood');
}

/** Applies a webhook. @returns the verification, and the job that the webhook requested */
function afterWebhook(webhook: Transition): { known: Verification; job: EvidenceJob } {
  const applied = applyTransition(null, incomingTransition(webhook, 'the webhook'));
  const { verification, outbox } = applied.write ?? expect.unreachable('nothing was written');
  return { known: verification, job: outbox.jobs[0] ?? expect.unreachable('no job was requested') };
}

const decideLookup = (known: Verification, job: EvidenceJob, ident: Transition) =>
  applyTransition(known, incomingTransition(makeIdentLookup(job, ident), 'the lookup')).decision;

describe('a fetched ident is a lookup', () => {
  test('an ident that the webhook has reported is a duplicate, so it costs no write', () => {
    const { known, job } = afterWebhook(read('SUCCESS', 9));
    expect(decideLookup(known, job, read('SUCCESS', 9))).toEqual({ kind: 'duplicate', reason: 'seen' });
  });

  test('an ident with a later result revises the case', () => {
    const { known, job } = afterWebhook(read('SUCCESS', 9));
    expect(decideLookup(known, job, read('FRAUD_SUSPICION_CONFIRMED', 30))).toEqual({
      kind: 'accepted',
      change: 'revision',
      attempt: 1,
    });
  });

  test('the webhook of the later result is then a duplicate', () => {
    // Prepare
    const { known, job } = afterWebhook(read('SUCCESS', 9));
    const lookup = makeIdentLookup(job, read('FRAUD_SUSPICION_CONFIRMED', 30));
    const revised =
      applyTransition(known, incomingTransition(lookup, 'the lookup')).write?.verification ?? null;
    // Act
    const late = applyTransition(revised, incomingTransition(read('FRAUD_SUSPICION_CONFIRMED', 30), 'late'));
    // Assess
    expect(late.decision).toEqual({ kind: 'duplicate', reason: 'seen' });
  });

  test('an ident that is not final does not reopen a final case', () => {
    const { known, job } = afterWebhook(read('SUCCESS', 9));
    expect(decideLookup(known, job, read('CHECK_PENDING', 30))).toEqual({
      kind: 'stale',
      reason: 'after-final',
    });
  });
});

const fraudWithoutTime: Transition = { ...read('FRAUD_SUSPICION_CONFIRMED', 9), occurredAt: null };
const replacesFraud: Partial<EvidenceJob> = { statusBefore: 'FRAUD_SUSPICION_CONFIRMED' };
const unapplied: Partial<EvidenceJob> = {
  ...replacesFraud,
  onNothing: { kind: 'forget', fingerprint: 'of the webhook' },
};
const canceled: Partial<EvidenceJob> = { providerStatus: 'CANCELED' };

describe('isOlderThanStatement', () => {
  test.each<[string, Partial<EvidenceJob>, Transition, boolean]>([
    ['an earlier time', {}, read('CHECK_PENDING', 5), true],
    ['the same time and status', {}, read('SUCCESS', 9), false],
    ['the same time, and is not final after a final webhook', {}, read('CHECK_PENDING', 9), true],
    [
      'the same time and the status before the webhook',
      replacesFraud,
      read('FRAUD_SUSPICION_CONFIRMED', 9),
      true,
    ],
    ['no time and the status before the webhook', replacesFraud, fraudWithoutTime, true],
    ['the same time and a final status that is new', {}, read('FRAUD_SUSPICION_CONFIRMED', 9), false],
    [
      'the status before a webhook that is not applied yet',
      unapplied,
      read('FRAUD_SUSPICION_CONFIRMED', 9),
      false,
    ],
    ['the same time, and is final after a webhook that is not final', canceled, read('SUCCESS', 9), false],
    ['a later time', {}, read('FRAUD_SUSPICION_CONFIRMED', 30), false],
    [
      'a later time and the status before the webhook',
      replacesFraud,
      read('FRAUD_SUSPICION_CONFIRMED', 30),
      false,
    ],
    ['no time, and is not final after a final webhook', {}, { ...read('START', 0), occurredAt: null }, true],
    ['no time, and is final', {}, { ...read('SUCCESS', 9), occurredAt: null }, false],
    [
      'no time, after a webhook that is not final',
      { providerStatus: 'CANCELED', occurredAt: null },
      { ...read('ABORTED', 0), occurredAt: null },
      false,
    ],
  ])('an ident that has %s', (_title, changes, ident, isOlder) => {
    expect(isOlderThanStatement({ ...archiveJob, ...changes }, ident)).toBe(isOlder);
  });
});
