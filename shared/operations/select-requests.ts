import { GetItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import type { ProviderName } from '../contract/provider-name.ts';
import { quarantineReasons } from '../contract/reading.ts';
import { ConfigurationError } from '../platform/errors.ts';
import type { Delivery } from '../verifications/delivery.ts';
import { parseHistoryItem } from '../verifications/history-row.ts';
import { decisionSentences } from './decision-sentences.ts';
import { parseDeliveryId } from './delivery-id.ts';
import { findDelivery, type HistoryKey } from './find-cases.ts';
import { readOpenQuarantine, scanOpenQuarantine } from './open-quarantine.ts';
import type { OperatedStack } from './operated-stack.ts';
import { hasCause } from './quarantine-cause.ts';
import type { ReaderOf } from './reader-of.ts';
import type { ReplayedRequest } from './replay-deliveries.ts';

/** Called with the number of rows of the history that were read so far. */
type OnProgress = (rows: number) => void;

/**
 * Selects one delivery of the history. The id of a request (`D`) selects all cases of its body, `D.2` only the second.
 *
 * @throws ConfigurationError if the history has no such delivery
 */
export async function selectDelivery(
  stack: OperatedStack,
  deliveryId: string,
  onProgress?: OnProgress,
): Promise<ReplayedRequest> {
  const { requestId, index } = parseDeliveryId(deliveryId);
  const isRequest = requestId === deliveryId;
  const open = new Map<number, HistoryKey>();
  for await (const keys of scanOpenQuarantine(stack)) {
    for (const { subject, at } of keys) {
      const id = parseDeliveryId(idOf(at));
      if (id.requestId === requestId && (isRequest || id.index === index))
        open.set(id.index, { subject, at });
    }
  }
  const [found] = open.size > 0 ? [...open.values()] : await findDelivery(stack, deliveryId, onProgress);
  const delivery = found && (await readDelivery(stack, found));
  const indexes = isRequest ? 'all' : new Set([index]);
  const subjects = new Set(
    found === undefined ? [] : [found, ...open.values()].map(({ subject }) => subject),
  );
  if (delivery) return { requestId, delivery, indexes, except: new Set(), subjects, open };
  throw new ConfigurationError(
    `The history of ${stack.stageName} has no delivery ${deliveryId}. "idv explain" and "idv quarantine list" show the ids of deliveries`,
  );
}

const idOf = (at: string) => at.slice(at.indexOf('#') + 1);

async function readDelivery({ aws, historyTable }: OperatedStack, { subject, at }: HistoryKey) {
  const Key = { subject: { S: subject }, at: { S: at } };
  const { Item } = await aws.dynamodb.send(new GetItemCommand({ TableName: historyTable, Key }));
  return Item === undefined ? null : parseHistoryItem(Item).delivery;
}

interface SelectionByCause {
  readonly cause: string;
  /** Null for all times, which is possible only for a cause of quarantine. */
  readonly since: Date | null;
  readonly provider: ProviderName | undefined;
}

/**
 * Selects deliveries by their cause, the oldest first: those in the open quarantine with a cause such as `unknown-status`,
 * or those that were dropped since a time for a reason such as `after-final`.
 *
 * @throws ConfigurationError if there is no such cause, or a time is missing
 */
export async function selectByCause(
  stack: OperatedStack,
  readerOf: ReaderOf,
  { cause, since, provider }: SelectionByCause,
  onProgress?: OnProgress,
): Promise<ReplayedRequest[]> {
  const isQuarantine = assertCause(cause);
  const found: Found[] = [];
  if (isQuarantine) {
    const filter = { provider, since: since ?? undefined };
    for await (const { key, delivery, cause: own } of readOpenQuarantine(stack, readerOf, filter, onProgress))
      found.push({ delivery, key, isOpen: true, isSelected: hasCause(own, cause) });
  } else {
    if (since === null)
      throw new ConfigurationError(`--cause ${cause} needs --since, because it reads the history`);
    for await (const { subject, at, delivery } of scanDropped(stack, cause, since, onProgress))
      if (provider === undefined || delivery.provider === provider)
        found.push({ delivery, key: { subject, at }, isOpen: false, isSelected: true });
  }
  return groupByRequest(found);
}

/** @returns true if the cause is one of the quarantine @throws ConfigurationError if there is no such cause */
export function assertCause(cause: string): boolean {
  const [reason = ''] = cause.split(':');
  if (quarantineReasons.some((each) => each === reason)) return true;
  if (Object.hasOwn(decisionSentences, cause)) return false;
  throw new ConfigurationError(
    `--cause ${cause}: not one of ${Object.keys(decisionSentences).join(', ')}, or a cause that "idv quarantine list" shows`,
  );
}

async function* scanDropped(
  { aws, historyTable }: OperatedStack,
  reason: string,
  since: Date,
  onProgress: OnProgress = () => undefined,
): AsyncGenerator<HistoryKey & { readonly delivery: Delivery }> {
  let rows = 0;
  const scan = {
    TableName: historyTable,
    FilterExpression: '#reason = :reason AND #at >= :since',
    ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' },
    ExpressionAttributeValues: { ':reason': { S: reason }, ':since': { S: since.toISOString() } },
  };
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: aws.dynamodb }, scan)) {
    for (const item of Items) {
      const { subject, at, delivery } = parseHistoryItem(item);
      if (delivery !== null) yield { subject, at, delivery };
    }
    rows += ScannedCount;
    onProgress(rows);
  }
}

interface Found {
  readonly delivery: Delivery;
  readonly key: HistoryKey;
  /** True if the delivery is in the open quarantine. */
  readonly isOpen: boolean;
  /** False if the delivery has another cause. */
  readonly isSelected: boolean;
}

/** Groups deliveries by request, because those of one request have the same body. The oldest request is first. */
function groupByRequest(found: readonly Found[]): ReplayedRequest[] {
  const groups = Map.groupBy(found, ({ delivery }) => parseDeliveryId(delivery.deliveryId).requestId);
  const requests = [...groups].flatMap(([requestId, members]): ReplayedRequest[] => {
    const selected = members.filter(({ isSelected }) => isSelected);
    const [first] = selected;
    if (first === undefined) return [];
    const indexesOf = (some: readonly Found[]) =>
      some.map(({ delivery }) => parseDeliveryId(delivery.deliveryId).index);
    const indexes = new Set(indexesOf(selected));
    const open = new Map(
      selected.flatMap(({ delivery, key, isOpen }) =>
        isOpen ? [[parseDeliveryId(delivery.deliveryId).index, key] as const] : [],
      ),
    );
    return [
      {
        requestId,
        delivery: first.delivery,
        // A body that was not understood as a whole has one row. It may have further cases for the current reader.
        indexes: open.has(0) ? 'all' : indexes,
        except: new Set(indexesOf(members.filter(({ isSelected }) => !isSelected))),
        subjects: new Set(selected.map(({ key }) => key.subject)),
        open,
      },
    ];
  });
  return requests.sort((a, b) => (a.delivery.receivedAt < b.delivery.receivedAt ? -1 : 1));
}
