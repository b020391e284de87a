import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { eventually } from '../support/eventually.ts';
import { evidenceOf } from '../support/evidence-bucket.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { putVerificationRow, readVerificationRow } from '../support/verification-rows.ts';

const relay = 'idv-webhooks-local-relay-events';
const victim = 'id360:4711';

let sut: SystemUnderTest;
let dynamodb: DynamoDBClient;
/** The row of a real verification. A test forges a row by changing a copy of this row. */
let real: VerificationWrite;

beforeAll(async () => {
  sut = await startSystemUnderTest();
  ({ dynamodb } = sut);
  real = await readVerificationRow(dynamodb, table(), await startIdent('real'));
});
afterAll(async () => {
  await sut?.stop();
});

/** Starts an ident and waits until its event is published. @returns the verification id */
async function startIdent(transactionNumber: string): Promise<string> {
  const time = new Date(Date.UTC(2026, 10, 22, 10));
  await sut.post(makeIdent({ companyId, transactionNumber, state: 'START', time }));
  const verificationId = `idnow:${companyId}:${transactionNumber}`;
  expect(await sut.events.receive(verificationId, 1)).toHaveLength(1);
  return verificationId;
}

const table = () => sut.system.stack.outputs.VerificationsTableName;

/** Writes a row directly into the table. The IAM role of IDnow's receiver permits this write. */
async function forge(
  name: string,
  changes: Partial<Verification>,
  outbox: Partial<Outbox> = {},
): Promise<void> {
  const verificationId = `idnow:${companyId}:${name}`;
  await putVerificationRow(dynamodb, table(), {
    verification: { ...real.verification, ...changes, verificationId },
    outbox: { ...real.outbox, delivery: null, ...outbox },
  });
}

const jobAboutVictim = {
  purpose: 'archive',
  provider: 'id360',
  verificationId: victim,
  reference: null,
  generation: '20261122T100000Z',
  sequence: 1,
  providerStatus: 'OK',
  occurredAt: null,
  requestedAt: '2026-11-22T10:00:00Z',
  notBefore: null,
  onNothing: { kind: 'keep' },
} as const;

const evidenceOfVictim: Verification['evidence'] = {
  status: 'archived',
  requestedBy: 1,
  bucket: 'a-bucket',
  manifest: 'evidence/id360/id360!4711/20261122T100000Z/000001/manifest.json',
  manifestSha256: '0'.repeat(64),
  artifacts: [],
  missing: [],
  reason: null,
};

const expectRefusal = (reason: string) =>
  eventually(() =>
    expect(sut.logs.filter((line) => line.startsWith(relay) && line.includes(reason))).not.toEqual([]),
  );

test('the relay publishes nothing from a forged row, logs and counts it, and delays no other verification', async () => {
  // Act
  await forge('source', { source: '/providers/id360' });
  await forge('evidence', { evidence: evidenceOfVictim });
  await forge('job', {}, { jobs: [jobAboutVictim] });
  await forge('provider', { provider: 'id360' });

  // Assess
  await expectRefusal('is refused: the source is another provider');
  await expectRefusal('is refused: the evidence is stored below another verification');
  await expectRefusal('is refused: an evidence job is about another verification');
  await expectRefusal('is refused: the provider of the item is not the provider in its key');
  // If one invocation parks several messages, the value of the metric is a list, such as `[1,1]`.
  await eventually(() => expect(sut.logs.join('\n')).toMatch(/"MessagesParked":\[?[1-4]/));
  await startIdent('after');
  const subjects = sut.events.messages.map(({ Body: body = '' }) => JSON.parse(body).subject);
  expect(new Set(subjects)).toEqual(new Set([`idnow:${companyId}:real`, `idnow:${companyId}:after`]));
  for (const provider of ['idnow', 'id360'] as const) {
    const { openJobs, deadLetters } = evidenceOf(sut, provider);
    expect(await openJobs()).toBe(0);
    expect(await deadLetters()).toEqual([]);
  }
});
