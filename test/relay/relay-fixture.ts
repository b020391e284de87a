import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import { pickVerificationState } from '../../shared/contract/state.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { type BlobStore, BlobStoreError } from '../../shared/platform/blob-store.ts';
import { createS3ParkingStore } from '../../shared/relay/parking.ts';
import type { MessageSendResult, QueueMessage, QueueSender } from '../../shared/relay/queue-sender.ts';
import { type RelayDependencies, relayEvents } from '../../shared/relay/relay-events.ts';
import { emptyJobSchedule } from '../../shared/scheduling/schedule.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { noFindings } from '../../shared/verifications/findings-after.ts';
import type { PublishedWrite } from '../../shared/verifications/history-row.ts';
import type { EventOfWrite, Outbox } from '../../shared/verifications/outbox.ts';
import { storeRawBody } from '../../shared/verifications/raw-body.ts';
import type { UnconfirmedWrite, Verification } from '../../shared/verifications/verification.ts';
import {
  convertWriteToItem,
  republishedAtAttribute,
  republishedObjectAttribute,
} from '../../shared/verifications/verification-row.ts';
import { makeDelivery } from '../support/deliveries.ts';
import { makeEvent, testGeneration } from '../support/make-event.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';

/** Tests use short names of verifications: `a` means `idnow:a`. */
const longIdOf = (name: string) => (name.includes(':') ? name : `idnow:${name}`);
const shortIdOf = (id: string) => id.replace(/^idnow:([^:]*)$/, '$1');
/** Returns an event id without its generation: `a#1` means `idnow:a#20261122T100000Z.1`. */
const shortEventIdOf = (id: string) => shortIdOf(id.replace(`#${testGeneration}.`, '#'));

/** Builds the event that the relay builds from `recordOf(name, sequence)`. */
export function eventOf(
  name: string,
  sequence: number,
  data: Partial<VerificationEvent['data']> = {},
): VerificationEvent {
  return makeEvent(longIdOf(name), sequence, { reference: 'txn', ...data });
}

export function deliveryOf(name: string, body: Uint8Array): Delivery {
  return makeDelivery({
    deliveryId: name,
    receivedAt: '2026-11-22T10:15:00Z',
    body: storeRawBody(body),
  });
}

export function jobOf(name: string, sequence: number): EvidenceJob {
  return {
    purpose: 'archive',
    provider: 'idnow',
    verificationId: longIdOf(name),
    reference: 'txn',
    generation: testGeneration,
    sequence,
    providerStatus: 'SUCCESS',
    occurredAt: null,
    requestedAt: '2026-11-22T10:15:00Z',
    notBefore: null,
    onNothing: { kind: 'keep' },
  };
}

/** Builds the verification after the write of its event with this sequence. */
export function verificationOf(
  name: string,
  sequence: number,
  changes: Partial<Verification> = {},
): Verification {
  const { source, subject, data } = eventOf(name, sequence);
  return {
    ...pickVerificationState(data),
    verificationId: subject,
    provider: 'idnow',
    source,
    reference: 'txn',
    hasReferenceConflict: false,
    nextLookupAt: null,
    findings: noFindings,
    evidence: null,
    ordering: {
      progress: 'open',
      result: { outcome: data.outcome, flags: data.flags },
      rank: 40,
      occurredAt: null,
      attempt: 1,
      earlierUntil: null,
      seen: [],
      digest: 'a digest',
      lastStatement: 1,
      lookup: null,
    },
    generation: testGeneration,
    sequence,
    receivedAt: data.receivedAt,
    version: `write-${sequence}`,
    final: null,
    schedule: emptyJobSchedule,
    ...changes,
  };
}

/** Builds a write that a row carries or that is in the bucket. Its delivery has the body `body {sequence}`. */
export function unconfirmedWrite(
  name: string,
  sequence: number,
  outbox: Partial<Outbox> = {},
): UnconfirmedWrite {
  return {
    verification: verificationOf(name, sequence),
    outbox: {
      event: eventOfWrite,
      jobs: [jobOf(name, sequence)],
      delivery: deliveryOf(`delivery ${sequence}`, Buffer.from(`body ${sequence}`)),
      ...outbox,
    },
  };
}

export const eventOfWrite: EventOfWrite = {
  type: 'idv.verification.updated.v1',
  occurredAt: null,
  supersedes: null,
  changed: [],
};

/** Builds the stream record of a write, as Lambda passes it. The record of event 1 of `a` is number `a1`. */
export function recordOf(
  name: string,
  sequence: number,
  outbox: Partial<Outbox> = {},
  changes: Partial<Verification> = {},
): DynamoDBRecord {
  const write = {
    verification: verificationOf(name, sequence, changes),
    outbox: { event: eventOfWrite, jobs: [], delivery: null, ...outbox },
  };
  const image = lambdaImageOf(convertWriteToItem(write, 1));
  return {
    eventName: sequence === 1 ? 'INSERT' : 'MODIFY',
    dynamodb: {
      Keys: { verificationId: { S: longIdOf(name) } },
      SequenceNumber: `${name}${sequence}`,
      NewImage: image,
    },
  };
}

/**
 * Makes a record as it is in the stream after `npm run republish`.
 *
 * @param object the key of the object whose writes the relay publishes; undefined for the writes of the row
 */
export function republished({ dynamodb, ...record }: DynamoDBRecord, object?: string): DynamoDBRecord {
  const image = {
    ...dynamodb?.NewImage,
    [republishedAtAttribute]: { S: '2026-11-28T10:00:00Z' },
    ...(object === undefined ? {} : { [republishedObjectAttribute]: { S: object } }),
  };
  return { ...record, dynamodb: { ...dynamodb, NewImage: image } };
}

/** Replaces the content of a record's item by other bytes. The key of the item stays. */
export function withContent({ dynamodb, ...record }: DynamoDBRecord, content: Buffer): DynamoDBRecord {
  const image = { ...dynamodb?.NewImage, content: { B: content.toString('base64') } };
  return { ...record, dynamodb: { ...dynamodb, NewImage: image } };
}

/** Converts an item to the format that Lambda passes: bytes become base64 text. */
function lambdaImageOf(image: object): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> {
  return JSON.parse(
    JSON.stringify(image, (key, value) => (key === 'B' ? Buffer.from(value).toString('base64') : value)),
  );
}

/** Names the event, the verification of a job, or the verification of a history row that a test makes fail. */
type Ids = { readonly event?: string; readonly jobOf?: string; readonly rowOf?: string };

/**
 * Creates a relay whose queues, history and bucket record their input.
 *
 * @param fail names the message or row that fails temporarily
 * @param refuse names the message or row that is refused permanently
 */
export function relayUnderTest(
  fail: Ids & { readonly parking?: boolean; readonly reading?: boolean } = {},
  refuse: Ids = {},
) {
  const sent: string[] = [];
  const messages: QueueMessage[] = [];
  const jobs: string[] = [];
  /** The providers to whose queues the relay sent jobs. */
  const jobQueues = new Set<ProviderName>();
  /** The writes that the relay recorded in the history. */
  const rows: PublishedWrite[] = [];
  const parked = new Map<string, unknown>();
  const objects = new Map<string, Uint8Array>();
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
      const id = shortEventIdOf(JSON.parse(message.MessageBody).id);
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
    history: {
      async recordDelivery() {
        throw new Error('the relay records writes, no single deliveries');
      },
      async recordWrite(write) {
        const name = shortIdOf(write.verificationId);
        if (name === fail.rowOf) throw new Error('the table is throttled');
        if (name === refuse.rowOf) throw invalidRow;
        rows.push(write);
      },
    },
    bucket: 'b',
    objects: {
      async get(key) {
        if (fail.reading) throw new BlobStoreError('S3 is down');
        return objects.get(key) ?? null;
      },
    },
    parking: createS3ParkingStore(store, telemetry, () => new Date('2026-11-22T10:15:30Z')),
    telemetry,
    now: () => new Date('2026-11-22T10:15:30Z'),
  };
  const handler = relayEvents(dependencies);
  return {
    sent,
    messages,
    jobs,
    jobQueues,
    rows,
    /** The parked objects, by their keys. */
    parked,
    /** The objects that the relay can read, by their keys. */
    objects,
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
