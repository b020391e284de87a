import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { BlobStore } from '../../shared/platform/blob-store.ts';
import { createS3ParkingStore } from '../../shared/relay/parking.ts';
import type { MessageSendResult, QueueMessage, QueueSender } from '../../shared/relay/queue-sender.ts';
import { type RelayDependencies, relayEvents } from '../../shared/relay/relay-events.ts';
import { emptyJobSchedule } from '../../shared/scheduling/schedule.ts';
import type { Delivery, LedgerEntry } from '../../shared/verifications/delivery.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { makeEvent } from '../support/make-event.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';

/** Tests use short names of verifications: `a` means `idnow:a`. */
const longIdOf = (name: string) => (name.includes(':') ? name : `idnow:${name}`);
const shortIdOf = (id: string) => id.replace(/^idnow:([^:]*)$/, '$1');

/** Builds an event as it is in an outbox. */
export function eventOf(
  name: string,
  sequence: number,
  data: Partial<VerificationEvent['data']> = {},
): VerificationEvent {
  return makeEvent(longIdOf(name), sequence, { reference: 'txn', ...data });
}

export function deliveryOf(name: string, gzip: Uint8Array<ArrayBuffer>): Delivery {
  return {
    deliveryId: name,
    provider: 'idnow',
    receivedAt: '2026-11-22T10:15:00Z',
    body: { kind: 'inline', gzip },
  };
}

export function jobOf(name: string, sequence: number): EvidenceJob {
  return {
    purpose: 'archive',
    provider: 'idnow',
    verificationId: longIdOf(name),
    reference: 'txn',
    sequence,
    providerStatus: 'SUCCESS',
    requestedAt: '2026-11-22T10:15:00Z',
    notBefore: null,
    onNothing: { kind: 'keep' },
  };
}

/** Builds the stream record of a write, as Lambda passes it. The record of event 1 of `a` is number `a1`. */
export function recordOf(name: string, sequence: number, outbox: Partial<Outbox> = {}): DynamoDBRecord {
  const verificationId = longIdOf(name);
  const event = eventOf(verificationId, sequence);
  const { phase, outcome, finality, flags, reasons, providerStatus } = event.data;
  const verification: Verification = {
    ...{ phase, outcome, finality, flags, reasons, providerStatus },
    verificationId,
    provider: 'idnow',
    source: event.source,
    reference: 'txn',
    hasReferenceConflict: false,
    ordering: {
      progress: 'open',
      result: { outcome: outcome, flags: flags },
      rank: 40,
      occurredAt: null,
      attempt: 1,
      earlierUntil: null,
      seen: [],
      digest: 'a digest',
      lastStatement: 1,
      lookup: null,
    },
    sequence,
    version: sequence,
    finalEventId: null,
    schedule: emptyJobSchedule,
  };
  const item = {
    ...verification,
    expiresAt: 1,
    outbox: { writeId: 'w', events: [JSON.stringify(event)], jobs: [], delivery: null, ...outbox },
  };
  return {
    eventName: sequence === 1 ? 'INSERT' : 'MODIFY',
    dynamodb: {
      Keys: { verificationId: { S: verificationId } },
      SequenceNumber: `${name}${sequence}`,
      NewImage: lambdaImageOf(marshall(item)),
    },
  };
}

/** Converts an item to the format that Lambda passes: bytes become base64 text. */
function lambdaImageOf(image: object): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> {
  return JSON.parse(
    JSON.stringify(image, (key, value) =>
      key === 'B' ? Buffer.from(Object.values<number>(value)).toString('base64') : value,
    ),
  );
}

/** Names the event, the job or the delivery that a test makes fail. */
type Ids = { readonly event?: string; readonly jobOf?: string; readonly deliveryId?: string };

/**
 * Creates a relay whose queues, ledger and bucket record their input.
 *
 * @param fail names the message or row that fails temporarily
 * @param refuse names the message or row that is refused permanently
 */
export function relayUnderTest(fail: Ids & { readonly parking?: boolean } = {}, refuse: Ids = {}) {
  const sent: string[] = [];
  const messages: QueueMessage[] = [];
  const jobs: string[] = [];
  /** The providers to whose queues the relay sent jobs. */
  const jobQueues = new Set<ProviderName>();
  const rows: { delivery: Delivery; entry: LedgerEntry }[] = [];
  const parked = new Map<string, unknown>();
  const telemetry = recordedTelemetry();
  const queue = (
    name: string,
    record: (message: QueueMessage) => MessageSendResult['kind'],
  ): QueueSender => ({
    queueUrl: `https://sqs.example/${name}`,
    send: async (batch) =>
      batch.map((message) => {
        const kind = record(message);
        return kind === 'refused' ? { kind, refusal: { code: 'Broken', detail: 'it is broken' } } : { kind };
      }),
  });
  const store: Pick<BlobStore, 'putOnce'> = {
    async putOnce(key, bytes) {
      if (fail.parking) throw new Error('S3 is down');
      if (parked.has(key)) return false;
      parked.set(key, JSON.parse(Buffer.from(bytes).toString()));
      return true;
    },
  };
  const dependencies: RelayDependencies = {
    events: queue('events', (message) => {
      const id = shortIdOf(JSON.parse(message.MessageBody).id);
      if (id === fail.event) return 'failed';
      if (id === refuse.event) return 'refused';
      sent.push(id);
      messages.push(message);
      return 'sent';
    }),
    jobs: (provider) =>
      queue(`jobs-${provider}`, (message) => {
        const job = JSON.parse(message.MessageBody);
        const name = shortIdOf(job.verificationId);
        if (name === fail.jobOf) return 'failed';
        if (name === refuse.jobOf) return 'refused';
        jobs.push(`${name}#${job.sequence}`);
        jobQueues.add(provider);
        return 'sent';
      }),
    ledger: {
      async record(delivery, entry) {
        if (delivery.deliveryId === fail.deliveryId) throw new Error('the table is throttled');
        if (delivery.deliveryId === refuse.deliveryId) throw invalidRow;
        rows.push({ delivery, entry });
      },
    },
    parking: createS3ParkingStore(store, telemetry, () => new Date('2026-11-22T10:15:30Z')),
    telemetry,
  };
  const handler = relayEvents(dependencies);
  return {
    sent,
    messages,
    jobs,
    jobQueues,
    rows,
    /** The objects in the bucket, by their keys. */
    parked,
    telemetry,
    /**
     * Runs the relay.
     *
     * @returns the sequence numbers of the records that Lambda must deliver again
     */
    async relay(records: DynamoDBRecord[]): Promise<string[]> {
      const { batchItemFailures } = await handler({ Records: records });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}

const invalidRow = new DynamoDBServiceException({
  name: 'ValidationException',
  $fault: 'client',
  $metadata: { httpStatusCode: 400 },
  message: 'Item size has exceeded the maximum allowed size',
});
