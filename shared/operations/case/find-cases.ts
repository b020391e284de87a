import { queryHistory, type StackWithHistory, scanHistoryItems } from './case-record.ts';

/** Finds the verifications that belong to the caller's own id. @returns their ids, in the order of their first rows */
export async function findCasesByReference(stack: StackWithHistory, reference: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { subject } of queryHistory(stack, {
    IndexName: 'byReference',
    KeyConditionExpression: '#reference = :reference',
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':reference': { S: reference } },
  })) {
    if (subject?.S !== undefined) ids.add(subject.S);
  }
  return [...ids];
}

/** The key of a row of the history. */
export interface HistoryKey {
  /** A verification id, or `quarantine:{provider}:{day}:{shard}`. */
  readonly subject: string;
  /** `{instant}#{id}`. */
  readonly at: string;
}

/**
 * Finds the rows of a delivery. No index contains the ids of deliveries, because each entry would cost a write, so this
 * reads the whole history.
 *
 * @param onPage called after each page with the number of rows that were read so far
 */
export async function findDelivery(
  stack: StackWithHistory,
  deliveryId: string,
  onPage?: (rows: number) => void,
): Promise<HistoryKey[]> {
  const filter = {
    FilterExpression: 'contains(#at, :id)',
    ProjectionExpression: 'subject, #at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':id': { S: `#${deliveryId}` } },
  };
  const found: HistoryKey[] = [];
  for await (const { subject, at } of scanHistoryItems(stack, filter, onPage)) {
    if (at?.S?.endsWith(`#${deliveryId}`)) found.push({ subject: subject?.S ?? '', at: at.S });
  }
  return found;
}
