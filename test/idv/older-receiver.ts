import { randomUUID } from 'node:crypto';
import type { Readers } from '../../local/idv/readers-of-revision.ts';
import { createS3EvidenceStore } from '../../shared/evidence/archive/evidence-store.ts';
import { buildDeliveryId } from '../../shared/operations/reading/delivery-id.ts';
import { splitIdents } from '../../shared/providers/idnow/raw-idents.ts';
import { recordReading } from '../../shared/receiving/record-reading.ts';
import { splitBodyByCase } from '../../shared/receiving/split-body.ts';
import { createDynamoHistory } from '../../shared/verifications/history.ts';
import { wrapHistoryForLargeBodies } from '../../shared/verifications/limits/offloading-history.ts';
import { storeRawBody } from '../../shared/verifications/raw-body.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';
import { withStack } from './stack-under-test.ts';

/**
 * Records a webhook of IDnow as the receiver of an older version did.
 *
 * @returns the id of the request, and the status of each case
 */
export function receiveWithOlderReader(
  sut: SystemUnderTest,
  readers: Readers,
  body: unknown,
  receivedAt = '2026-11-27T10:15:00Z',
): Promise<{ requestId: string; statuses: string[] }> {
  return withStack(
    sut,
    async ({ aws, verificationsTable, historyTable, receiverSettings, retentionDays, evidenceBucket }) => {
      const seconds = retentionDays * 24 * 3600;
      const stores = {
        verifications: createDynamoVerificationStore(aws.dynamodb, verificationsTable, seconds),
        history: wrapHistoryForLargeBodies(
          createDynamoHistory(aws.dynamodb, historyTable, seconds),
          createS3EvidenceStore(aws.s3, evidenceBucket),
        ),
      };
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      const requestId = randomUUID();
      const delivery = {
        provider: 'idnow',
        receivedAt,
        sourceIp: '203.0.113.7',
        reference: null,
        signature: 'none' as const,
        softwareVersion: 'older',
      };
      const statuses: string[] = [];
      const readings = readers.createDeliveryReader('idnow', receiverSettings.idnow ?? {})(bytes, null);
      const bodies = splitBodyByCase({ split: splitIdents }, { body: bytes }, readings);
      for (const [index, reading] of readings.entries()) {
        const deliveryId = buildDeliveryId(requestId, index);
        const body = storeRawBody(bodies[index] ?? bytes);
        statuses.push((await recordReading(stores, { ...delivery, deliveryId, body }, reading)).status);
      }
      return { requestId, statuses };
    },
  );
}
