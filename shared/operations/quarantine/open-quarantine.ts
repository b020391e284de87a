import { type AttributeValue, BatchGetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { Reading } from '../../contract/reading.ts';
import type { Delivery } from '../../verifications/delivery.ts';
import { parseHistoryItem } from '../../verifications/history-row.ts';
import { openQuarantineIndex } from '../../verifications/open-quarantine-index.ts';
import type { HistoryKey } from '../case/find-cases.ts';
import { readDeliveryBody } from '../reading/delivery-body.ts';
import type { ReaderOf } from '../reading/reader-of.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { describeCause, hasCause } from './quarantine-cause.ts';

/** A delivery that is in the open quarantine, and what the current reader says about it. */
export interface OpenDelivery {
  readonly key: HistoryKey;
  readonly delivery: Delivery;
  /** See `describeCause`. */
  readonly cause: string;
  /**
   * What the current reader reads: the first case, if the body has several. Null if it does not understand each case, or the
   * raw body no longer exists.
   */
  readonly understood: Extract<Reading, { kind: 'understood' }> | null;
}

/** Chooses deliveries of the open quarantine. */
export interface QuarantineFilter {
  readonly provider?: ProviderName | undefined;
  /** A cause or its reason alone: see `hasCause`. */
  readonly cause?: string | undefined;
  /** Only deliveries that arrived at this time or later. */
  readonly since?: Date | undefined;
}

/**
 * Reads the deliveries of the open quarantine. It reads the whole index, which contains only what nobody has dealt with.
 *
 * @param onProgress called with the number of deliveries read so far
 */
export async function* readOpenQuarantine(
  stack: OperatedStack,
  readerOf: ReaderOf,
  { provider, cause, since }: QuarantineFilter = {},
  onProgress: (read: number) => void = () => undefined,
): AsyncGenerator<OpenDelivery> {
  let read = 0;
  for await (const keys of scanOpenQuarantine(stack)) {
    const wanted = keys.filter(
      (key) =>
        (provider === undefined || key.provider === provider) &&
        (since === undefined || key.at >= since.toISOString()),
    );
    for (let start = 0; start < wanted.length; start += maxBatchKeys) {
      const items = await readItems(stack, wanted.slice(start, start + maxBatchKeys));
      for (const item of items) {
        const open = await judge(stack, item, readerOf);
        if (open !== null && (cause === undefined || hasCause(open.cause, cause))) yield open;
      }
      read += items.length;
      onProgress(read);
    }
  }
}

/** The maximum number of keys in one BatchGetItem. */
const maxBatchKeys = 100;

/** Lists the keys of the deliveries in the open quarantine, page by page. */
async function* scanOpenQuarantine({
  aws,
  historyTable,
}: OperatedStack): AsyncGenerator<(HistoryKey & { readonly provider: ProviderName })[]> {
  for await (const { Items = [] } of paginateScan(
    { client: aws.dynamodb },
    { TableName: historyTable, IndexName: openQuarantineIndex },
  )) {
    yield Items.map(({ subject, at, openQuarantine }) => ({
      subject: subject?.S ?? '',
      at: at?.S ?? '',
      provider: openQuarantine?.S?.split(':')[0] ?? '',
    }));
  }
}

/** Finds a delivery in the open quarantine. @returns null if it is not there */
export async function findOpenDelivery(stack: OperatedStack, deliveryId: string): Promise<HistoryKey | null> {
  for await (const keys of scanOpenQuarantine(stack)) {
    const found = keys.find(({ at }) => at.endsWith(`#${deliveryId}`));
    if (found !== undefined) return { subject: found.subject, at: found.at };
  }
  return null;
}

type Item = Record<string, AttributeValue>;

async function readItems({ aws, historyTable }: OperatedStack, keys: readonly HistoryKey[]): Promise<Item[]> {
  const items: Item[] = [];
  let left: Item[] = keys.map(({ subject, at }) => ({ subject: { S: subject }, at: { S: at } }));
  // DynamoDB answers 16 MB at most, and names the keys that it left out.
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await aws.dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [historyTable]: { Keys: left, ConsistentRead: true } } }),
    );
    items.push(...(Responses?.[historyTable] ?? []));
    left = UnprocessedKeys?.[historyTable]?.Keys ?? [];
  }
  return items;
}

/** @returns null if somebody has dealt with the delivery since the index was read */
async function judge(stack: OperatedStack, item: Item, readerOf: ReaderOf): Promise<OpenDelivery | null> {
  const { subject, at, reason, delivery } = parseHistoryItem(item);
  if (delivery === null || item.openQuarantine === undefined) return null;
  const { provider, reference } = delivery;
  const body = await readDeliveryBody(stack, delivery.body);
  const readings = body === null ? [] : readerOf(provider)(body, reference);
  const [first] = readings;
  return {
    key: { subject, at },
    delivery,
    cause: describeCause(reason ?? 'unknown', { provider, body }),
    understood: first?.kind === 'understood' && readings.every(isUnderstood) ? first : null,
  };
}

const isUnderstood = ({ kind }: Reading) => kind === 'understood';
