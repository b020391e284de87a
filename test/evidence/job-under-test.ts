import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import type { FetchedEvidence, KeepResult, LastEvidence } from '../../shared/contract/evidence-source.ts';
import { noFindings } from '../../shared/contract/identity.ts';
import type { Hint, Transition } from '../../shared/contract/transition.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { dynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { at, lookup, statementWithEvidence, transition } from '../support/transitions.ts';
import { memoryArchive } from './memory-evidence-store.ts';

/** When the job was asked for, in milliseconds. */
export const requestedAt = Date.UTC(2026, 10, 22, 12);
export const deadlineSeconds = 7 * 24 * 3600;

type Files = Record<string, string | (() => AsyncIterable<Uint8Array>) | EvidenceError>;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** What a provider has; a test need not say which job requested a transition. */
type Fetched = Omit<FetchedEvidence, 'transition'> & { readonly transition: Transition | null };

function lookedUp({ transition: found, ...fetched }: Fetched, requestedBy: number): FetchedEvidence {
  if (found === null) return { ...fetched, transition: null };
  const { origin } = found;
  const effect = origin.kind === 'lookup' ? origin.effect : 'decide';
  return { ...fetched, transition: { ...found, origin: lookup(requestedBy, effect) } };
}

/** What a provider has: files, some of which cannot be had. */
export function evidenceOf(
  files: Files,
  { optional = [] }: { optional?: readonly string[] } = {},
): FetchedEvidence {
  const artifacts = Object.entries(files).map(([name, content]) => ({
    name,
    contentType: 'application/octet-stream',
    content: { kind: 'checked' } as const,
    unpack: false,
    required: !optional.includes(name),
    async open() {
      if (content instanceof EvidenceError) throw content;
      const body = typeof content === 'string' ? bytesOf(content) : content();
      return { body, length: null, ending: 'last-chunk' as const };
    },
  }));
  return { artifacts, reference: null, findings: async () => noFindings, transition: null };
}

let verifications = 0;

/** For a test file: starts a table for all of its jobs, and gives what makes one. */
export function jobsUnderTest(): () => Promise<JobUnderTest> {
  let dynamodb: DynamoDbUnderTest;
  beforeAll(async () => {
    dynamodb = await startDynamoDb();
    await dynamodb.createTable('Verifications', 'verificationId');
  });
  afterAll(() => dynamodb?.stop());
  return () => underTest(dynamodb);
}

export type JobUnderTest = Awaited<ReturnType<typeof underTest>>;

/** The fetcher, and a verification whose final event asks it for evidence. */
async function underTest(dynamodb: DynamoDbUnderTest) {
  const verificationId = `idnow:democompany:txn-${verifications++}`;
  const clock = { now: new Date(requestedAt + 1000) };
  const store = dynamoVerificationStore(dynamodb.client, 'Verifications', 3600, () => clock.now);
  const deliver = (
    arriving: Transition,
    receivedAt = new Date(requestedAt).toISOString(),
    delivery: Delivery | null = null,
  ) =>
    recordTransition(store, {
      transition: arriving,
      receivedAt,
      writeId: crypto.randomUUID(),
      delivery,
    });
  await deliver(transition('SUCCESS', { verificationId, occurredAt: at(10), origin: statementWithEvidence }));

  const archive = memoryArchive();
  const telemetry = recordedTelemetry();
  const retries: [string, number][] = [];
  const deadLetters: { body: string; reason: string }[] = [];
  const state = {
    fetch: async (_signal: AbortSignal, _keep: KeepResult): Promise<Fetched> => evidenceOf({}),
    compare: async (_last: LastEvidence): Promise<Transition<Hint> | null> => null,
    queueFails: false,
    deadLettersFail: false,
    /** So many of the next calls that hide a message fail. */
    hidingFails: 0,
  };
  const failing = async () => {
    if (state.queueFails) throw new Error('SQS is down');
  };
  const handler = fetchEvidence({
    provider: 'idnow',
    source: {
      deadlineSeconds,
      fetch: async ({ sequence }, keep, signal) => lookedUp(await state.fetch(signal, keep), sequence),
      compare: (_job, last) => state.compare(last),
    },
    archive,
    verifications: store,
    queue: {
      async retryIn(receiptHandle, seconds) {
        await failing();
        if (state.hidingFails-- > 0) throw new Error('SQS is down');
        retries.push([receiptHandle, seconds]);
      },
      async deadLetter(body, reason) {
        await failing();
        if (state.deadLettersFail) throw new Error('SQS is down');
        deadLetters.push({ body, reason });
      },
    },
    telemetry,
    now: () => clock.now,
    newId: () => crypto.randomUUID(),
  });
  const body = JSON.stringify({
    provider: 'idnow',
    verificationId,
    reference: 'TXN',
    sequence: 1,
    providerStatus: 'SUCCESS',
    requestedAt: new Date(requestedAt).toISOString(),
    onNothing: { kind: 'keep' },
  });
  const toCompare = JSON.stringify({ ...JSON.parse(body), purpose: 'compare', sequence: 2 });
  return Object.assign(state, {
    deliver,
    /** The table; its members may be replaced. */
    store,
    toCompare,
    archive,
    telemetry,
    retries,
    deadLetters,
    clock,
    body,
    verificationId,
    folder: `evidence/idnow/${verificationId.replaceAll(':', '!')}/000001`,
    /** @returns the messages that Lambda is told to leave on the queue */
    async receive({ receives = 1, remainingMs = 600_000, message = body } = {}): Promise<string[]> {
      const { batchItemFailures } = await handler(messageOf(message, receives), contextOf(remainingMs));
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** How the verification stands, and the last event about it. */
    async state() {
      const { Item: item } = await dynamodb.client.send(
        new GetItemCommand({ TableName: 'Verifications', Key: { verificationId: { S: verificationId } } }),
      );
      const { sequence, outbox, ordering, schedule } = unmarshall(item ?? {});
      const { type, data } = JSON.parse(outbox.events[0] ?? '{"data":{}}');
      const { evidence, providerStatus } = data;
      return {
        sequence,
        type,
        evidence,
        providerStatus,
        lookup: ordering?.lookup,
        comparisonRequestedAt: schedule?.comparisonRequestedAt,
        jobs: outbox.jobs,
      };
    },
    erase: () =>
      dynamodb.client.send(
        new DeleteItemCommand({ TableName: 'Verifications', Key: { verificationId: { S: verificationId } } }),
      ),
  });
}

export function messageOf(body: string, receives: number): SQSEvent {
  return {
    Records: [
      {
        messageId: 'the-message',
        receiptHandle: 'the-receipt',
        body,
        attributes: {
          ApproximateReceiveCount: String(receives),
          SentTimestamp: '0',
          SenderId: 'x',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn',
        awsRegion: 'eu-west-1',
      },
    ],
  };
}

/** Of Lambda's context, what the handler reads. */
const contextOf = (remainingMs: number) => ({ getRemainingTimeInMillis: () => remainingMs }) as Context;

export const transient = new EvidenceError('transient', 'GET ident.zip: answered 500');
export const invalid = new EvidenceError('invalid', 'GET ident.json: answered 400');
