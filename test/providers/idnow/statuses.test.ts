import { describe, expect, test } from 'vitest';
import { type FixtureName, fixture, fixtureNames, madeIdent, read, transitionOf } from './fixtures.ts';

// A row has the expected phase, outcome, finality, flags, rank and provider status of a fixture.
type Row = [string, string | null, string, string[], number, string];

const states: Record<FixtureName, Row> = {
  aborted: ['completed', 'abandoned', 'provisional', ['retry_allowed'], 20, 'ABORTED'],
  canceled: ['completed', 'canceled', 'provisional', ['retry_allowed'], 50, 'CANCELED'],
  'canceled-by-user': ['completed', 'canceled', 'provisional', ['retry_allowed'], 50, 'CANCELED'],
  'canceled-short': ['completed', 'canceled', 'provisional', ['retry_allowed'], 50, 'CANCELED'],
  'check-pending': ['in_review', null, 'provisional', [], 40, 'CHECK_PENDING'],
  created: ['created', null, 'provisional', [], 0, 'CREATED'],
  'drivers-license': ['completed', 'approved', 'final', [], 60, 'SUCCESS'],
  eid: ['completed', 'approved', 'final', [], 60, 'SUCCESS'],
  'failed-test-robot': ['completed', 'canceled', 'provisional', ['retry_allowed'], 50, 'FAILED'],
  'fraud-suspicion-confirmed': [
    'completed',
    'declined',
    'final',
    ['fraud_confirmed'],
    60,
    'FRAUD_SUSPICION_CONFIRMED',
  ],
  'fraud-suspicion-pending': [
    'in_review',
    null,
    'provisional',
    ['fraud_suspected'],
    40,
    'FRAUD_SUSPICION_PENDING',
  ],
  'fraud-suspicion-pending-no-person': [
    'in_review',
    null,
    'provisional',
    ['fraud_suspected'],
    40,
    'FRAUD_SUSPICION_PENDING',
  ],
  'fraud-suspicion-pending-short': [
    'in_review',
    null,
    'provisional',
    ['fraud_suspected'],
    40,
    'FRAUD_SUSPICION_PENDING',
  ],
  'proof-of-address': ['completed', 'approved', 'final', ['data_changed'], 60, 'SUCCESS_DATA_CHANGED'],
  'qes-bank-transfer': ['completed', 'approved', 'final', ['data_changed'], 60, 'SUCCESS_DATA_CHANGED'],
  redacted: ['completed', 'approved', 'final', ['data_changed'], 60, 'SUCCESS_DATA_CHANGED'],
  'review-changes': ['completed', 'approved', 'final', ['data_changed'], 60, 'SUCCESS_DATA_CHANGED'],
  'review-pending': ['in_review', null, 'provisional', [], 40, 'REVIEW_PENDING'],
  started: ['in_progress', null, 'provisional', [], 10, 'START'],
  success: ['completed', 'approved', 'final', [], 60, 'SUCCESS'],
  'success-data-changed': ['completed', 'approved', 'final', ['data_changed'], 60, 'SUCCESS_DATA_CHANGED'],
  'success-matched': ['completed', 'approved', 'final', [], 60, 'SUCCESS'],
};

describe('the state of an ident', () => {
  test.each(fixtureNames)('the transition of the IDnow sample %s has the expected state', (name) => {
    const { phase, outcome, finality, flags, rank, providerStatus } = transitionOf(fixture(name));
    expect([phase, outcome, finality, flags, rank, providerStatus]).toEqual(states[name]);
  });

  test('an ident requests evidence only if the option wantsEvidence returns true for its state', () => {
    expect(transitionOf(fixture('success')).origin).toMatchObject({ evidence: 'fetch' });
    expect(transitionOf(fixture('canceled')).origin).toMatchObject({ evidence: 'none' });
  });
});

describe('idnowStatusOf', () => {
  test.each([
    ['start', 'in_progress', null],
    ['STARTED', 'in_progress', null],
    ['Cancelled', 'completed', 'canceled'],
    [' success_data_changed\n', 'completed', 'approved'],
  ])(
    'an IDnow status is recognized in any letter case and with white space, and published unchanged: %j',
    (result, phase, outcome) => {
      expect(transitionOf(madeIdent({ result }))).toMatchObject({ phase, outcome, providerStatus: result });
    },
  );

  test.each([undefined, null])('an ident whose result is %s gets the provider status START', (result) => {
    expect(transitionOf(madeIdent({ result }))).toMatchObject({
      phase: 'in_progress',
      providerStatus: 'START',
    });
  });

  test.each([
    'PENDING',
    'REVIEW',
    'FINISHED',
    'ARCHIVED',
    'DELETED',
    'FRAUD_SUSPICION',
    'SUCCESS DATA CHANGED',
    'SUCCEß',
    'constructor',
    '__proto__',
    '',
    0,
    60,
    true,
    {},
    ['SUCCESS'],
    `SUCCESS${' '.repeat(100)}`,
  ])('an ident with the unknown result %j is quarantined under its verification id', (result) => {
    expect(read(madeIdent({ result }))).toEqual([
      { kind: 'unknown', reason: 'unknown-status', verificationId: 'idnow:democompany:txn-1' },
    ]);
  });
});
