import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { EventMessage } from '../../shared/relay/event-message.ts';
import type { QueueSender } from '../../shared/relay/queue-sender.ts';
import { type RelayDependencies, relayEvents } from '../../shared/relay/relay-events.ts';
import type { Delivery, Verdict } from '../../shared/verifications/delivery.ts';
import type { Outbox } from '../../shared/verifications/outbox.ts';
import type { Verification } from '../../shared/verifications/verification.ts';

/** An event as the store puts it into an outbox. */
export function eventOf(
  verificationId: string,
  sequence: number,
  data: Partial<VerificationEvent['data']> = {},
): VerificationEvent {
  return {
    specversion: '1.0',
    id: `${verificationId}#${sequence}`,
    source: '/providers/idnow/democompany',
    type: 'idv.verification.updated.v1',
    subject: verificationId,
    time: '2026-11-22T10:15:00Z',
    sequence: String(sequence),
    sequencetype: 'Integer',
    datacontenttype: 'application/json',
    dataschema: 'https://idv-webhooks.example/schemas/verification-event.v1.schema.json',
    data: {
      provider: 'idnow',
      verificationId,
      reference: 'txn',
      sequence,
      attempt: 1,
      phase: 'in_review',
      outcome: null,
      finality: 'provisional',
      flags: [],
      reasons: [],
      providerStatus: 'CHECK_PENDING',
      occurredAt: null,
      receivedAt: '2026-11-22T10:15:00Z',
      claims: {},
      submitted: {},
      documents: [],
      checks: [],
      provider_data: {},
      evidence: null,
      supersedes: null,
      ...data,
    },
  };
}

export function deliveryOf(name: string, gzip: Uint8Array<ArrayBuffer>): Delivery {
  return {
    deliveryId: name,
    provider: 'idnow',
    receivedAt: '2026-11-22T10:15:00Z',
    body: { kind: 'inline', gzip },
  };
}

export function jobOf(verificationId: string, sequence: number): EvidenceJob {
  return {
    purpose: 'archive',
    provider: 'idnow',
    verificationId,
    reference: 'txn',
    sequence,
    providerStatus: 'SUCCESS',
    requestedAt: '2026-11-22T10:15:00Z',
    onNothing: { kind: 'keep' },
  };
}

/** A write of a verification as Lambda hands it over; `#1` of `a` has the sequence number `a1`. */
export function recordOf(
  verificationId: string,
  sequence: number,
  outbox: Partial<Outbox> = {},
): DynamoDBRecord {
  const event = eventOf(verificationId, sequence);
  const { phase, outcome, finality, flags, reasons, providerStatus } = event.data;
  const verification: Verification = {
    ...{ phase, outcome, finality, flags, reasons, providerStatus },
    verificationId,
    provider: 'idnow',
    source: event.source,
    reference: 'txn',
    referenceDisputed: false,
    ordering: {
      stage: 'open',
      verdict: { outcome: outcome, flags: flags },
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
    evidence: {},
    comparing: null,
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
      SequenceNumber: `${verificationId}${sequence}`,
      NewImage: asLambdaHasIt(marshall(item)),
    },
  };
}

/** Lambda has bytes as base64 text. */
function asLambdaHasIt(image: object): NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']> {
  return JSON.parse(
    JSON.stringify(image, (key, value) =>
      key === 'B' ? Buffer.from(Object.values<number>(value)).toString('base64') : value,
    ),
  );
}

/** The relay with queues and a ledger that note what they get, and refuse what a test tells them to. */
export function relayUnderTest(refuse: { event?: string; jobOf?: string; deliveryId?: string } = {}) {
  const sent: string[] = [];
  const messages: EventMessage[] = [];
  const jobs: string[] = [];
  const rows: { delivery: Delivery; verdict: Verdict }[] = [];
  const problems: string[] = [];
  const queue = (note: (entry: Parameters<QueueSender['send']>[0][number], id: string) => boolean) => ({
    send: async (entries: Parameters<QueueSender['send']>[0]) =>
      new Set(
        entries.flatMap((entry, index) =>
          note(entry, JSON.parse(entry.MessageBody ?? '').id ?? '') ? [] : [index],
        ),
      ),
  });
  const dependencies: RelayDependencies = {
    events: queue((entry, id) => {
      if (id === refuse.event) return false;
      sent.push(id);
      messages.push(entry as EventMessage);
      return true;
    }),
    jobs: queue((entry) => {
      const job = JSON.parse(entry.MessageBody ?? '');
      if (job.verificationId === refuse.jobOf) return false;
      jobs.push(`${job.verificationId}#${job.sequence}`);
      return true;
    }),
    ledger: {
      async record(delivery, verdict) {
        if (delivery.deliveryId === refuse.deliveryId) throw new Error('the table is throttled');
        rows.push({ delivery, verdict });
      },
    },
    telemetry: {
      info: () => undefined,
      warn: () => undefined,
      error: (message) => problems.push(message),
      count: () => undefined,
      flush: () => undefined,
    },
  };
  const handler = relayEvents(dependencies);
  return {
    sent,
    messages,
    jobs,
    rows,
    problems,
    /** @returns the sequence numbers that Lambda is told to deliver again */
    async relay(records: DynamoDBRecord[]): Promise<string[]> {
      const { batchItemFailures } = await handler({ Records: records });
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
}
