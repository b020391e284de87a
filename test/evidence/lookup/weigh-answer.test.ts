import { describe, expect, test } from 'vitest';
import type { EvidenceState } from '../../../shared/contract/verification-event.ts';
import { weighAnswer } from '../../../shared/evidence/lookup/weigh-answer.ts';
import { evolve } from '../../../shared/ordering/evolve.ts';
import { at, hint, statement, transition } from '../../support/transitions.ts';

const archived: EvidenceState = {
  status: 'archived',
  requestedBy: 1,
  bucket: 'bucket',
  manifest: 'manifest.json',
  manifestSha256: 'hash',
  artifacts: [],
  missing: [],
  reason: null,
};
const [firstAttempt, secondAttempt] = [1, 2].map((attempt) => ({
  ...evolve(null, transition('START'), { kind: 'accepted', change: 'state', attempt: 1 }, 1),
  attempt,
}));
const ordering = firstAttempt ?? expect.unreachable('two attempts');
const inReview = { phase: 'in_review', providerStatus: 'REVIEW_PENDING', evidence: null, ordering } as const;
const started = { phase: 'in_progress', providerStatus: 'START', evidence: null, ordering } as const;
const again = { ...started, ordering: secondAttempt ?? ordering };
const statementOf = (
  status: 'START' | 'REVIEW_PENDING' | 'SUCCESS' | 'ABORTED',
  occurredAt: string | null = null,
) => transition(status, { origin: statement, providerStatus: status, occurredAt });
const submitted = transition('WEBHOOK', { origin: hint });
const failed = { ...archived, status: 'failed' } as const;

describe('weighAnswer', () => {
  test.each([
    ['a final state is news', started, statementOf('SUCCESS'), 'news'],
    ['another open state is news', started, statementOf('REVIEW_PENDING'), 'news'],
    ['the known open state is nothing new', inReview, statementOf('REVIEW_PENDING'), 'nothing-new'],
    ['an abort is news', started, statementOf('ABORTED'), 'news'],
    [
      'an abort without a time may be that of the attempt before',
      again,
      statementOf('ABORTED'),
      'nothing-new',
    ],
    ['an abort with a time is news', again, statementOf('ABORTED', at(20)), 'news'],
    ['a hint is news if no evidence was requested', started, submitted, 'news'],
    ['a hint is news if the evidence failed', { ...started, evidence: failed }, submitted, 'news'],
    ['a hint is nothing new after evidence', { ...started, evidence: archived }, submitted, 'nothing-new'],
    ['no data is nothing new', started, null, 'nothing-new'],
  ] as const)('%s', (_what, known, answer, expected) => {
    expect(weighAnswer(known, answer, false)).toBe(expected);
  });

  test.each([
    ['a final state is news', started, statementOf('SUCCESS'), 'news'],
    ['the same open state is overdue', started, statementOf('START'), 'overdue'],
    ['a review may take longer', inReview, statementOf('REVIEW_PENDING'), 'nothing-new'],
    ['a review of which the provider has no data is overdue', inReview, null, 'overdue'],
    [
      'a case whose result exists may still be decided',
      { ...started, evidence: archived },
      submitted,
      'nothing-new',
    ],
    ['no data is overdue', started, null, 'overdue'],
  ] as const)('at the last lookup, %s', (_what, known, answer, expected) => {
    expect(weighAnswer(known, answer, true)).toBe(expected);
  });
});
