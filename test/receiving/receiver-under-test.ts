import type { CachedSecret } from '../../shared/platform/secrets.ts';
import { createIdnowWebhookAdapter } from '../../shared/providers/idnow/webhook.ts';
import type { WebhookAdapter } from '../../shared/providers/provider.ts';
import { receiveWebhook } from '../../shared/receiving/receive-webhook.ts';
import { createDeliveryReporter } from '../../shared/receiving/receiving-report.ts';
import type { Delivery, DeliveryDecision } from '../../shared/verifications/delivery.ts';
import { wrapHistoryForLargeBodies } from '../../shared/verifications/limits/offloading-history.ts';
import { wrapStoreForLargeWrites } from '../../shared/verifications/limits/offloading-verification-store.ts';
import { restoreRawBody } from '../../shared/verifications/raw-body.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { writtenResult } from '../../shared/verifications/verification-store.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { basic, proxyEvent } from '../support/requests.ts';
import { at } from '../support/transitions.ts';

export const headers = { Authorization: basic('u:p').get('authorization') ?? '' };
export const idnow = createIdnowWebhookAdapter({
  IDNOW_SOURCE_IPS: '["127.0.0.1"]',
  IDNOW_ARCHIVE_ENDED: 'false',
});
export const secretOf = (value: unknown): CachedSecret => ({
  current: async () => value,
  refreshed: async () => undefined,
});
export const rightSecret = secretOf({ basicAuth: [{ username: 'u', password: 'p' }] });

/** Creates a receiver with stores in memory. */
export function receiverUnderTest({
  source = idnow,
  secret = rightSecret,
}: {
  source?: WebhookAdapter;
  secret?: CachedSecret;
} = {}) {
  const items = new Map<string, Verification>();
  /** The accepted deliveries, from the outboxes of the writes. */
  const accepted: Delivery[] = [];
  /** The deliveries that the receiver itself recorded in the history. */
  const history: { delivery: Delivery; decision: DeliveryDecision }[] = [];
  const { blobs, objects } = memoryBlobs();
  const telemetry = recordedTelemetry();
  const faults: Error[] = [];
  const historyFaults: Error[] = [];
  const throwNext = (queue: Error[]) => {
    const fault = queue.shift();
    if (fault) throw fault;
  };
  const handler = receiveWebhook(source, {
    secret,
    stores: {
      verifications: wrapStoreForLargeWrites(
        {
          remembered: () => null,
          read: async (id) => items.get(id) ?? null,
          async write(known, { verification, outbox }) {
            throwNext(faults);
            const found = items.get(verification.verificationId) ?? null;
            if (found?.version !== known?.version) return { kind: 'conflict', found };
            items.set(verification.verificationId, verification);
            if (outbox.delivery !== null) accepted.push(outbox.delivery);
            return writtenResult;
          },
        },
        blobs,
      ),
      history: wrapHistoryForLargeBodies(
        {
          async recordDelivery(delivery, decision) {
            throwNext(historyFaults);
            history.push({ delivery, decision });
          },
          async recordWrite() {
            throw new Error('only the relay records writes');
          },
        },
        blobs,
      ),
    },
    report: createDeliveryReporter(telemetry),
    now: () => new Date('2026-11-22T12:00:00Z'),
    newId: () => 'request-1',
    softwareVersion: '1.2.3',
  });
  const receive = async (changes: Parameters<typeof proxyEvent>[0]) => {
    const { statusCode, headers: answerHeaders, body } = await handler(proxyEvent({ headers, ...changes }));
    return { status: statusCode, headers: answerHeaders, body: JSON.parse(body) };
  };
  const post = (body: unknown) =>
    receive({ body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) });
  return { receive, post, accepted, history, objects, items, faults, historyFaults, telemetry };
}

/** Returns the raw body of a delivery. Throws if the body is in the bucket. */
export function inlineBodyOf(delivery: Delivery | undefined): Buffer {
  if (delivery === undefined || delivery.body.kind === 'object') throw new Error('no body in the row');
  return restoreRawBody(delivery.body);
}

export const ident = (result: string | null, minute: number | null = null, transactionnumber = 'TXN-1') => ({
  identificationprocess: {
    companyid: 'democompany',
    transactionnumber,
    ...(result === null ? {} : { result }),
    identificationtime: minute === null ? null : at(minute),
  },
});
