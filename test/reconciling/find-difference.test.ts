import { describe, expect, test } from 'vitest';
import type { Hint, Statement, Transition } from '../../shared/contract/transition.ts';
import { findDifference } from '../../shared/reconciling/find-difference.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { IncomingTransition } from '../../shared/verifications/write.ts';
import { at, hint, type StatusName, statement, transition } from '../support/transitions.ts';

type Answer = Transition<Hint | Statement>;

const answerOf = (
  status: StatusName,
  occurredAt: string | null,
  fingerprint = `${status} ${occurredAt}`,
): Answer => transition(status, { occurredAt, fingerprint, origin: statement });
const incoming = (answer: Answer): IncomingTransition & { transition: Answer } => ({
  transition: answer,
  receivedAt: at(50),
  writeId: crypto.randomUUID(),
  delivery: null,
});

function knownAfter(...answers: Answer[]): Verification {
  return answers.reduce<Verification | null>(
    (known, answer) => applyTransition(known, incoming(answer)).write?.verification ?? known,
    null,
  ) as Verification;
}

const find = (known: Verification | null, answer: Answer) => findDifference(known, incoming(answer));

describe('findDifference', () => {
  test('a case that we never heard of differs', () => {
    expect(find(null, answerOf('SUCCESS', at(10)))).toMatchObject({ known: null, found: 'SUCCESS' });
  });

  test('a completed case with the same status and time does not differ, even if other parts of the ident do', () => {
    const known = knownAfter(answerOf('SUCCESS', at(10)));
    expect(find(known, answerOf('SUCCESS', at(10), 'another body'))).toBeNull();
  });

  test('a completed case with the same status and a later time differs', () => {
    const known = knownAfter(answerOf('SUCCESS', at(10)));
    expect(find(known, answerOf('SUCCESS', at(11)))).toMatchObject({ known: 'SUCCESS', found: 'SUCCESS' });
  });

  test('a completed case with another status differs, unless the status is out of date', () => {
    const known = knownAfter(answerOf('SUCCESS', at(10)));
    expect(find(known, answerOf('FRAUD_SUSPICION_CONFIRMED', at(10)))).not.toBeNull();
    expect(find(known, answerOf('FRAUD_SUSPICION_CONFIRMED', at(9)))).toBeNull();
    expect(find(known, answerOf('REVIEW_PENDING', at(12)))).toBeNull();
  });

  test('a hint tells nothing new about a completed case', () => {
    const known = knownAfter(answerOf('SUCCESS', at(10)));
    expect(find(known, { ...answerOf('WEBHOOK', null), origin: hint })).toBeNull();
  });
});
