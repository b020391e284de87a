import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { convertDeliveryToHistoryItem } from '../../shared/verifications/history-row.ts';
import { storeRawBody } from '../../shared/verifications/raw-body.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

/** Puts a delivery into the quarantine, as a version did that knew fewer statuses than the current version. */
export async function quarantineAsOlderVersion(
  { dynamodb, system }: SystemUnderTest,
  { verificationId, body }: { readonly verificationId: string; readonly body: unknown },
): Promise<void> {
  const delivery = {
    deliveryId: crypto.randomUUID(),
    provider: 'idnow',
    receivedAt: new Date().toISOString(),
    sourceIp: '127.0.0.1',
    reference: null,
    signature: 'none',
    softwareVersion: '0.0.1',
    body: storeRawBody(Buffer.from(JSON.stringify(body))),
  } as const;
  const decision = { decision: 'quarantined', reason: 'unknown-status', verificationId } as const;
  const Item = convertDeliveryToHistoryItem(delivery, decision, 3600);
  await dynamodb.send(new PutItemCommand({ TableName: system.stack.outputs.HistoryTableName, Item }));
}
