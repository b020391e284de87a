import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { createS3EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import { parseHistoryItem } from '../../verifications/history-row.ts';
import { maxInlineBodyBytes, moveBodyToBucket } from '../../verifications/limits/offload-body.ts';
import { storeObjectsInBucket } from '../../verifications/limits/stored-object.ts';
import { storeRawBody } from '../../verifications/raw-body.ts';
import { encodeRowContent } from '../../verifications/row-content.ts';
import type { HistoryKey } from '../case/find-cases.ts';
import { convertResolutionToAttribute, type Resolution, resolutionAttribute } from '../case/resolution.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { resolveRow } from './resolve-row.ts';

/** The result of a replay, as far as the row of the delivery needs it. */
interface ReplayOutcome {
  readonly verificationId: string | null;
  readonly result: string;
  /** Why it was dropped; null if it was accepted. */
  readonly reason: string | null;
  /** The sequence of the event; null if it was not accepted. */
  readonly sequence: number | null;
}

/**
 * Removes a replayed delivery from the open quarantine. If its row named no case, it moves to the case that the reader has
 * found, so that it is shown, expires and is erased with this case. Nothing of an erased case is kept.
 */
export async function leaveQuarantine(
  stack: OperatedStack,
  key: HistoryKey,
  { verificationId, result, reason: why, sequence }: ReplayOutcome,
  body: Uint8Array,
  reason: string,
): Promise<void> {
  const resolution: Resolution = {
    at: clockAndIdGenerator.now().toISOString(),
    by: stack.operator,
    reason,
    how: 'replayed',
    result: sequence === null ? `${result}: ${why}` : `accepted as event ${sequence}`,
  };
  if (verificationId === null || verificationId === key.subject) await resolveRow(stack, key, resolution);
  else if (why === 'erased') await deleteRow(stack, key);
  else await moveRow(stack, key, { verificationId, body, resolution });
}

async function moveRow(
  stack: OperatedStack,
  key: HistoryKey,
  { verificationId, body, resolution }: { verificationId: string; body: Uint8Array; resolution: Resolution },
): Promise<void> {
  const { aws, historyTable, evidenceBucket } = stack;
  const item = await readItem(stack, key);
  const { delivery = null } = item === undefined ? {} : parseHistoryItem(item);
  if (item === undefined || delivery === null) return;
  const inRow = { ...delivery, body: storeRawBody(body) };
  const moved = moveBodyToBucket(inRow, verificationId, evidenceBucket, maxInlineBodyBytes);
  await storeObjectsInBucket(createS3EvidenceStore(aws.s3, evidenceBucket), moved.objects);
  const { openQuarantine: _, ...kept } = item;
  const Item = {
    ...kept,
    subject: { S: verificationId },
    content: { B: encodeRowContent({ event: null, delivery: moved.delivery }) },
    [resolutionAttribute]: convertResolutionToAttribute(resolution),
  };
  // The copy comes first: if the deletion fails, the delivery is still in the open quarantine and can be replayed again.
  await aws.dynamodb.send(new PutItemCommand({ TableName: historyTable, Item }));
  await deleteRow(stack, key);
}

/** Deletes a row that names no case, and its raw body if it is in the bucket. */
async function deleteRow(stack: OperatedStack, key: HistoryKey): Promise<void> {
  const { aws, historyTable } = stack;
  const item = await readItem(stack, key);
  const body = item && parseHistoryItem(item).delivery?.body;
  if (body?.kind === 'object')
    await aws.s3.send(new DeleteObjectCommand({ Bucket: body.bucket, Key: body.key }));
  await aws.dynamodb.send(new DeleteItemCommand({ TableName: historyTable, Key: convertKey(key) }));
}

async function readItem({ aws, historyTable }: OperatedStack, key: HistoryKey) {
  const Key = convertKey(key);
  const get = new GetItemCommand({ TableName: historyTable, Key, ConsistentRead: true });
  return (await aws.dynamodb.send(get)).Item;
}

const convertKey = ({ subject, at }: HistoryKey) => ({ subject: { S: subject }, at: { S: at } });
