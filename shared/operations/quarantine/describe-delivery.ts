import { ConfigurationError } from '../../platform/errors.ts';
import { parseJson } from '../../receiving/parse-json.ts';
import { explainDecision } from '../case/decision-sentences.ts';
import { maskPersonalData } from '../case/mask.ts';
import { readDeliveryBody } from '../reading/delivery-body.ts';
import type { ReaderOf } from '../reading/reader-of.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { type DeliveryRow, findDeliveryRow } from './find-delivery-row.ts';
import { describeCause } from './quarantine-cause.ts';

/** One delivery of the history, with its body for people to look at. */
export interface DescribedDelivery extends Pick<DeliveryRow, 'row' | 'isOpen'> {
  /** See `describeCause`; null if the delivery was not quarantined. */
  readonly cause: string | null;
  /** The rule behind the decision, in plain words. */
  readonly meaning: string;
  /** What the current reader says: `understood`, a reason of quarantine, or `body-gone`. */
  readonly now: string;
  /** The JSON of the body; a text if it is not JSON. Masked unless it is revealed. Null if the body no longer exists. */
  readonly body: unknown;
}

/**
 * Describes a delivery.
 *
 * @param reveal true to show personal data
 * @throws ConfigurationError if the history has no such delivery
 */
export async function describeDelivery(
  stack: OperatedStack,
  deliveryId: string,
  { readerOf, reveal }: { readonly readerOf: ReaderOf; readonly reveal: boolean },
  onProgress?: (rows: number) => void,
): Promise<DescribedDelivery> {
  const found = await findDeliveryRow(stack, deliveryId, onProgress);
  if (found === null)
    throw new ConfigurationError(`The history of ${stack.stageName} has no delivery ${deliveryId}`);
  const { row, isOpen } = found;
  const { delivery } = row;
  const { provider, reference } = delivery;
  const body = await readDeliveryBody(stack, delivery.body);
  const reading = body === null ? null : readerOf(provider)(body, reference)[0];
  const isQuarantined = row.decision === 'quarantined';
  return {
    row,
    isOpen,
    cause: isQuarantined ? describeCause(row.reason ?? 'unknown', { provider, body }) : null,
    meaning: explainDecision(row.decision, row.reason, null),
    now:
      body === null
        ? 'body-gone'
        : reading?.kind === 'understood'
          ? 'understood'
          : (reading?.reason ?? 'unknown-shape'),
    body: body && showBody(body, reveal),
  };
}

function showBody(body: Buffer, reveal: boolean): unknown {
  const parsed = parseJson(body);
  if (parsed.kind === 'json') return reveal ? parsed.value : maskPersonalData(parsed.value);
  return reveal ? body.toString('utf8') : `••• ${body.byteLength} bytes that are not JSON`;
}
