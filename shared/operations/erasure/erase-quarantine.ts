import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { ProviderName } from '../../contract/provider-name.ts';
import { parseHistoryItem } from '../../verifications/history-row.ts';
import { type CaseRecord, queryHistory, type StackWithHistory } from '../case/case-record.ts';
import type { HistoryKey } from '../case/find-cases.ts';

/** Quarantined deliveries that name no case, but arrived at the signed URL of a reference of this case. */
export interface QuarantineOfReferences {
  /** The deliveries of references that belong to this case only. */
  readonly own: readonly HistoryKey[];
  /** The number of deliveries of references that other cases have, too: nobody can tell whose they are. */
  readonly shared: number;
}

/**
 * Finds the quarantined deliveries that name no case, but whose signed URL names a reference of this case. They belong to
 * this case only if no other case of the same provider has the reference. A signed URL belongs to one provider, so cases of
 * other providers with the same reference do not count.
 */
export async function findQuarantineOfReferences(
  stack: StackWithHistory,
  provider: ProviderName,
  record: CaseRecord,
): Promise<QuarantineOfReferences> {
  const own: HistoryKey[] = [];
  let shared = 0;
  for (const reference of listReferences(record)) {
    const keys = await findKeysOfReference(stack, reference);
    const found = keys.filter(({ subject }) => subject.startsWith(`quarantine:${provider}:`));
    const isShared = keys.some(
      ({ subject }) => subject.startsWith(`${provider}:`) && subject !== record.verificationId,
    );
    if (isShared) shared += found.length;
    else own.push(...found);
  }
  return { own, shared };
}

/** Lists all references that the case ever had. */
function listReferences({ verification, history }: CaseRecord): string[] {
  const references = history.flatMap(({ event, delivery }) => [
    Object(Object(event).data).reference,
    delivery?.reference,
  ]);
  const found = [verification?.reference, ...references];
  return [...new Set(found.filter((each): each is string => typeof each === 'string'))];
}

async function findKeysOfReference(stack: StackWithHistory, reference: string): Promise<HistoryKey[]> {
  const keys: HistoryKey[] = [];
  for await (const { subject, at } of queryHistory(stack, {
    IndexName: 'byReference',
    KeyConditionExpression: '#reference = :reference',
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': { S: reference } },
  }))
    keys.push({ subject: subject?.S ?? '', at: at?.S ?? '' });
  return keys;
}

/**
 * Deletes a quarantined delivery.
 *
 * @param deleteObject deletes all versions of the object that has the body, before its row
 */
export async function deleteQuarantinedDelivery(
  { aws, historyTable }: StackWithHistory,
  { subject, at }: HistoryKey,
  deleteObject: (key: string) => Promise<void>,
): Promise<void> {
  const row = { TableName: historyTable, Key: { subject: { S: subject }, at: { S: at } } };
  const { Item: item } = await aws.dynamodb.send(new GetItemCommand(row));
  const body = item && parseHistoryItem(item).delivery?.body;
  if (body?.kind === 'object') await deleteObject(body.key);
  await aws.dynamodb.send(new DeleteItemCommand(row));
}
