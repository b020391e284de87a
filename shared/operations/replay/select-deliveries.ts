import type { ProviderName } from '../../contract/provider-name.ts';
import { quarantineReasons } from '../../contract/reading.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { Delivery } from '../../verifications/delivery.ts';
import { parseHistoryItem } from '../../verifications/history-row.ts';
import { scanHistoryItems } from '../case/case-record.ts';
import { decisionSentences } from '../case/decision-sentences.ts';
import type { HistoryKey } from '../case/find-cases.ts';
import { findDeliveryRow } from '../quarantine/find-delivery-row.ts';
import { readOpenQuarantine } from '../quarantine/open-quarantine.ts';
import type { ReaderOf } from '../reading/reader-of.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { ReplayedDelivery } from './replay-deliveries.ts';

/** Called with the number of rows of the history that were read so far. */
type OnProgress = (rows: number) => void;

/**
 * Selects one delivery of the history.
 *
 * @throws ConfigurationError if the history has no such delivery
 */
export async function selectDelivery(
  stack: OperatedStack,
  deliveryId: string,
  onProgress?: OnProgress,
): Promise<ReplayedDelivery> {
  const found = await findDeliveryRow(stack, deliveryId, onProgress);
  if (found !== null) return { delivery: found.row.delivery, key: found.key, isOpen: found.isOpen };
  throw new ConfigurationError(
    `The history of ${stack.stageName} has no delivery ${deliveryId}. "idv explain" and "idv quarantine list" show the ids of deliveries`,
  );
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
): Promise<ReplayedDelivery[]> {
  const isQuarantine = assertCause(cause);
  const selected: ReplayedDelivery[] = [];
  if (isQuarantine) {
    const filter = { provider, cause, since: since ?? undefined };
    for await (const { key, delivery } of readOpenQuarantine(stack, readerOf, filter, onProgress))
      selected.push({ delivery, key, isOpen: true });
  } else {
    if (since === null)
      throw new ConfigurationError(`--cause ${cause} needs --since, because it reads the history`);
    for await (const { subject, at, delivery } of scanDropped(stack, cause, since, onProgress))
      if (provider === undefined || delivery.provider === provider)
        selected.push({ delivery, key: { subject, at }, isOpen: false });
  }
  return selected.sort((a, b) => (a.delivery.receivedAt < b.delivery.receivedAt ? -1 : 1));
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
  stack: OperatedStack,
  reason: string,
  since: Date,
  onProgress?: OnProgress,
): AsyncGenerator<HistoryKey & { readonly delivery: Delivery }> {
  const filter = {
    FilterExpression: '#reason = :reason AND #at >= :since',
    ExpressionAttributeNames: { '#reason': 'reason', '#at': 'at' },
    ExpressionAttributeValues: { ':reason': { S: reason }, ':since': { S: since.toISOString() } },
  };
  for await (const item of scanHistoryItems(stack, filter, onProgress)) {
    const { subject, at, delivery } = parseHistoryItem(item);
    if (delivery !== null) yield { subject, at, delivery };
  }
}
