import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Delivery } from '../../verifications/delivery.ts';
import { type OperatedRow, parseOperatedRow } from '../case/case-record.ts';
import { findDelivery, type HistoryKey } from '../case/find-cases.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { findOpenDelivery } from './open-quarantine.ts';

/** A delivery of the history, and its row. */
export interface DeliveryRow {
  readonly row: OperatedRow & { readonly delivery: Delivery };
  readonly key: HistoryKey;
  /** True if the delivery is in the open quarantine. */
  readonly isOpen: boolean;
}

/**
 * Finds the row of a delivery. The rows of the open quarantine are found by their index, other rows by reading the whole
 * history.
 *
 * @returns null if the history has no such delivery
 */
export async function findDeliveryRow(
  stack: OperatedStack,
  deliveryId: string,
  onProgress?: (rows: number) => void,
): Promise<DeliveryRow | null> {
  const open = await findOpenDelivery(stack, deliveryId);
  const keys = open === null ? await findDelivery(stack, deliveryId, onProgress) : [open];
  for (const key of keys) {
    const row = await readRow(stack, key);
    const delivery = row?.delivery ?? null;
    if (row !== null && delivery !== null) return { row: { ...row, delivery }, key, isOpen: open !== null };
  }
  return null;
}

async function readRow({ aws, historyTable }: OperatedStack, { subject, at }: HistoryKey) {
  const Key = { subject: { S: subject }, at: { S: at } };
  const { Item } = await aws.dynamodb.send(new GetItemCommand({ TableName: historyTable, Key }));
  return Item === undefined ? null : parseOperatedRow(Item);
}
