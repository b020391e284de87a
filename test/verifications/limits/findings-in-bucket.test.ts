import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { emptyFindings } from '../../../shared/contract/identity.ts';
import type { Transition } from '../../../shared/contract/transition.ts';
import { applyJobEnd, type JobEnd } from '../../../shared/verifications/apply-evidence.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import { fitWriteToLimits } from '../../../shared/verifications/limits/fit-write-to-limits.ts';
import { storeRawBody } from '../../../shared/verifications/raw-body.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import type { VerificationWrite } from '../../../shared/verifications/write.ts';
import { eventOfWrite, incomingTransition, makeDelivery } from '../../support/deliveries.ts';
import { archivedJobEnd } from '../../support/job-ends.ts';
import { at, transition } from '../../support/transitions.ts';
import { withoutDigest } from '../../support/without-digest.ts';

const large = {
  ...emptyFindings,
  claims: { family_name: 'SPECIMEN' },
  provider_data: { text: 'x'.repeat(200 * 1024) },
};
const findingsMembers = ['claims', 'extracted', 'submitted', 'documents', 'checks', 'provider_data'];

const approved = transition('SUCCESS', { occurredAt: at(5), findings: large });
const declined = transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) });
const approvedAgain = transition('SUCCESS_DATA_CHANGED', { occurredAt: at(7) });

/** Applies a transition, as the store of a receiver does: large findings go to the bucket. */
function stored(known: Verification | null, next: Transition, writeId: string) {
  const { write } = applyTransition(known, incomingTransition(next, writeId));
  return fitted(write);
}

function fitted(given: VerificationWrite | null) {
  const { write, objects } = fitWriteToLimits(given ?? expect.unreachable('nothing was written'), 'a-bucket');
  const published = eventOfWrite(write) ?? expect.unreachable('there is no event');
  const { dataref } = published;
  const event = dataref === undefined ? published : { ...published, dataref: withoutDigest(dataref) };
  return { row: write.verification, event, keys: objects.map(({ key }) => withoutDigest(key)) };
}

const folderOf = (writeId: string) => `findings/idnow/idnow!democompany!txn-1/20261122T120000Z/${writeId}`;
const dataref = (writeId: string, name: string) => `s3://a-bucket/${folderOf(writeId)}/${name}.json`;

const jobEnd: JobEnd = { ...archivedJobEnd, writeId: 'w2' };

test('if an approval is taken back, the event refers to the findings without claims, and stores no further object', () => {
  // Act
  const first = stored(null, approved, 'w1');
  const second = stored(first.row, declined, 'w2');
  // Assess
  expect(first.keys).toEqual([`${folderOf('w1')}/unverified.json`, `${folderOf('w1')}/verified.json`]);
  expect(first.event.dataref).toBe(dataref('w1', 'verified'));
  expect(second.event.dataref).toBe(dataref('w1', 'unverified'));
  expect(second.keys).toEqual([]);
  expect(second.event.data.changed).toEqual(expect.arrayContaining(findingsMembers));
});

test('a later approval without findings does not refer to the claims again', () => {
  const first = stored(null, approved, 'w1');
  const second = stored(first.row, declined, 'w2');
  const third = stored(second.row, approvedAgain, 'w3');
  expect(third.event).toMatchObject({ dataref: dataref('w1', 'unverified'), data: { outcome: 'approved' } });
});

test('a later event of an approved case keeps the reference to the findings, which then count as unchanged', () => {
  const first = stored(null, approved, 'w1');
  const second = fitted(applyJobEnd(first.row, jobEnd));
  expect(second.event.dataref).toBe(dataref('w1', 'verified'));
  expect(second.event.data.changed).toEqual(['evidence']);
});

test('small findings replace the reference to large findings, and all members of the findings count as changed', () => {
  // Prepare
  const findings = { ...emptyFindings, claims: { given_name: 'ERIKA' } };
  const first = stored(null, approved, 'w1');
  // Act
  const second = fitted(applyJobEnd(first.row, { ...jobEnd, findings }));
  // Assess
  expect(second.event).not.toHaveProperty('dataref');
  expect(second.event.data.claims).toEqual({ given_name: 'ERIKA' });
  expect(second.event.data.changed).toEqual([...findingsMembers, 'evidence']);
});

test('new large findings have objects of their own', () => {
  const first = stored(null, approved, 'w1');
  const second = fitted(applyJobEnd(first.row, { ...jobEnd, findings: { ...large, checks: [] } }));
  expect(second.keys).toEqual([`${folderOf('w2')}/unverified.json`, `${folderOf('w2')}/verified.json`]);
  expect(second.event.dataref).toBe(dataref('w2', 'verified'));
});

test('findings that are in the bucket stay there, even if the rest of a write is too large', () => {
  // Prepare
  const first = stored(null, approved, 'w1');
  const delivery = makeDelivery({ body: storeRawBody(randomBytes(50 * 1024)) });
  const { write } = applyTransition(first.row, { ...incomingTransition(declined, 'w2'), delivery });
  // Act
  const given = write ?? expect.unreachable('nothing was written');
  const fitted = fitWriteToLimits(given, 'a-bucket', { contentBytes: 10 * 1024 });
  // Assess
  expect(fitted.write.verification.findings).toEqual(given.verification.findings);
  expect(fitted.objects.map(({ key }) => key)).toEqual([
    'deliveries/idnow/idnow!democompany!txn-1/a-delivery.gz',
  ]);
});

test('if the evidence of a case that is not approved has claims, the event refers to the findings without claims', () => {
  // Prepare
  const open = stored(null, transition('CHECK_PENDING'), 'w1');
  // Act
  const ended = fitted(applyJobEnd(open.row, { ...jobEnd, findings: large }));
  // Assess
  expect(ended.keys).toEqual([`${folderOf('w2')}/unverified.json`]);
  expect(ended.event.dataref).toBe(dataref('w2', 'unverified'));
});
