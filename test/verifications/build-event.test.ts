import { expect, test } from 'vitest';
import { emptyFindings, type Findings } from '../../shared/contract/identity.ts';
import { type EvidenceState, VerificationEvent } from '../../shared/contract/verification-event.ts';
import { emptyJobSchedule } from '../../shared/scheduling/schedule.ts';
import { buildEvent } from '../../shared/verifications/build-event.ts';
import type { EventOfWrite } from '../../shared/verifications/outbox.ts';
import type { Verification } from '../../shared/verifications/verification.ts';

const findings: Findings = {
  claims: { given_name: 'ERIKA', family_name: 'MUSTERMANN' },
  extracted: {},
  submitted: { family_name: 'MUSTERMAN' },
  documents: [{ type: 'idcard', document_number: 'T22000129' }],
  checks: [{ name: 'liveness', passed: true, confidence: 0.9, document: null, providerResult: 'OK' }],
  provider_data: { type: 'APP' },
};

const evidence: EvidenceState = {
  status: 'pending',
  requestedBy: 3,
  bucket: null,
  manifest: null,
  manifestSha256: null,
  artifacts: [],
  missing: [],
  reason: null,
};

const verification: Verification = {
  nextLookupAt: null,
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
  findings: { asOf: 3, inline: findings, object: null },
  evidence,
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
  generation: '20261122T101000Z',
  sequence: 3,
  receivedAt: '2026-11-22T10:15:00Z',
  version: 'a write',
  final: { eventId: 'idnow:democompany:txn-1#20261122T101000Z.3', at: '2026-11-22T10:15:00Z' },
  schedule: emptyJobSchedule,
};

const content: EventOfWrite = {
  type: 'idv.verification.revised.v1',
  occurredAt: '2026-11-22T10:14:58Z',
  supersedes: 'idnow:democompany:txn-1#20261122T101000Z.2',
  changed: ['outcome', 'claims'],
};

test('an event is a CloudEvent with all published fields and no internal fields', () => {
  expect(buildEvent(verification, content)).toEqual({
    specversion: '1.0',
    id: 'idnow:democompany:txn-1#20261122T101000Z.3',
    source: '/providers/idnow/democompany',
    type: 'idv.verification.revised.v1',
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
      generation: '20261122T101000Z',
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
      evidence,
      supersedes: 'idnow:democompany:txn-1#20261122T101000Z.2',
      changed: ['outcome', 'claims'],
    },
  });
});

test('an event matches the published schema', () => {
  expect(VerificationEvent.safeParse(buildEvent(verification, content)).success).toBe(true);
});

test('an event has the time of receipt if the provider gives no time', () => {
  const event = buildEvent(verification, { ...content, occurredAt: null });
  expect([event.time, event.data.occurredAt]).toEqual(['2026-11-22T10:15:00Z', null]);
});

test.each([
  [true, 's3://a-bucket/findings/a-case/verified.json'],
  [false, 's3://a-bucket/findings/a-case/unverified.json'],
])(
  'an event whose findings are in the bucket refers to the object with or without claims: vouched for is %s',
  (isVerified, dataref) => {
    // Prepare
    const object = { bucket: 'a-bucket', folder: 'findings/a-case', isVerified };
    const inBucket = { ...verification, findings: { asOf: 3, inline: emptyFindings, object } };
    // Act
    const event = buildEvent(inBucket, content);
    // Assess
    expect(event.dataref).toBe(dataref);
    expect(event.data).toMatchObject(emptyFindings);
  },
);

test('an event has the number of omitted reasons only if reasons are omitted', () => {
  const withNumber = buildEvent({ ...verification, reasonsOmitted: 2 }, content);
  expect(withNumber.data.reasonsOmitted).toBe(2);
  expect(buildEvent(verification, content).data).not.toHaveProperty('reasonsOmitted');
});

test('no event of a case that is not approved refers to claims in the bucket, whatever its row says', () => {
  const object = { bucket: 'a-bucket', folder: 'findings/a-case', isVerified: true };
  const declined = {
    ...verification,
    outcome: 'declined' as const,
    findings: { asOf: 3, inline: emptyFindings, object },
  };
  expect(buildEvent(declined, content).dataref).toBe('s3://a-bucket/findings/a-case/unverified.json');
});
