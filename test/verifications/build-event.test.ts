import { expect, test } from 'vitest';
import type { Findings } from '../../shared/contract/identity.ts';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { emptyJobSchedule } from '../../shared/scheduling/schedule.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import type { Verification } from '../../shared/verifications/verification.ts';

const verification: Verification = {
  verificationId: 'idnow:democompany:txn-1',
  provider: 'idnow',
  source: '/providers/idnow/democompany',
  reference: 'TXN-1',
  hasReferenceConflict: false,
  phase: 'completed',
  outcome: 'approved',
  finality: 'final',
  flags: ['data_changed'],
  reasons: [{ code: 'other_error', category: 'other', providerCode: 'OTHER_ERROR' }],
  providerStatus: 'SUCCESS_DATA_CHANGED',
  ordering: {
    progress: 'final',
    result: { outcome: 'approved', flags: ['data_changed'] },
    rank: 60,
    occurredAt: '2026-11-22T10:14:58Z',
    attempt: 2,
    earlierUntil: null,
    seen: ['a fingerprint'],
    digest: 'a digest',
    lastStatement: 1,
    lookup: null,
  },
  sequence: 3,
  version: 7,
  finalEventId: 'idnow:democompany:txn-1#3',
  schedule: emptyJobSchedule,
};

const findings: Findings = {
  claims: { given_name: 'ERIKA', family_name: 'MUSTERMANN' },
  extracted: {},
  submitted: { family_name: 'MUSTERMAN' },
  documents: [{ type: 'idcard', document_number: 'T22000129' }],
  checks: [{ name: 'liveness', passed: true, confidence: 0.9, document: null, providerResult: 'OK' }],
  provider_data: { type: 'APP' },
};

const content = {
  type: 'idv.verification.decided.v1',
  verification,
  occurredAt: '2026-11-22T10:14:58Z',
  receivedAt: '2026-11-22T10:15:00Z',
  findings,
  evidence: null,
  supersedes: 'idnow:democompany:txn-1#2',
} as const;

test('an event is a CloudEvent with all published fields and no internal fields', () => {
  expect(buildEvent(content)).toEqual({
    specversion: '1.0',
    id: 'idnow:democompany:txn-1#3',
    source: '/providers/idnow/democompany',
    type: 'idv.verification.decided.v1',
    subject: 'idnow:democompany:txn-1',
    time: '2026-11-22T10:14:58Z',
    sequence: '3',
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: 'https://idv-webhooks.example/schemas/verification-event.v1.schema.json',
    data: {
      provider: 'idnow',
      verificationId: 'idnow:democompany:txn-1',
      reference: 'TXN-1',
      sequence: 3,
      attempt: 2,
      phase: 'completed',
      outcome: 'approved',
      finality: 'final',
      flags: ['data_changed'],
      reasons: [{ code: 'other_error', category: 'other', providerCode: 'OTHER_ERROR' }],
      providerStatus: 'SUCCESS_DATA_CHANGED',
      occurredAt: '2026-11-22T10:14:58Z',
      receivedAt: '2026-11-22T10:15:00Z',
      ...findings,
      evidence: null,
      supersedes: 'idnow:democompany:txn-1#2',
    },
  });
});

test('an event matches the published schema', () => {
  expect(VerificationEvent.safeParse(buildEvent(content)).success).toBe(true);
});

test('an event has the time of receipt if the provider gives no time', () => {
  const event = buildEvent({ ...content, occurredAt: null });
  expect([event.time, event.data.occurredAt]).toEqual(['2026-11-22T10:15:00Z', null]);
});
