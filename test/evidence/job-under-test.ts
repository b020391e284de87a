import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import type { CaseLookup, Evidence, EvidenceAdapter } from '../../shared/contract/evidence-adapter.ts';
import { formatGeneration } from '../../shared/contract/generation.ts';
import { emptyFindings } from '../../shared/contract/identity.ts';
import type { Hint, Lookup, Statement, Transition } from '../../shared/contract/transition.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { parseVerificationItem } from '../../shared/verifications/verification-row.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { eventOfWrite } from '../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { at, lookup, statement, statementWithEvidence, transition } from '../support/transitions.ts';
import { memoryEvidenceStore } from './memory-evidence-store.ts';

/** The time at which the job was requested, in milliseconds since 1970. */
export const requestedAt = Date.UTC(2026, 10, 22, 12);
export const deadlineSeconds = 7 * 24 * 3600;
/** The generation of the verification that requested the job. */
export const generation = formatGeneration(new Date(requestedAt).toISOString());

/** Maps the name of each file to its text, to a function that opens its body, or to the error of its transfer. */
type Files = Record<string, string | (() => AsyncIterable<Uint8Array>) | EvidenceError>;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** Builds evidence that lists these files. A file is required if `optional` does not name it. */
export function evidenceOf(files: Files, { optional = [] }: { optional?: readonly string[] } = {}): Evidence {
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
  return { artifacts, reference: null, findings: emptyFindings };
}

/** Imitates a provider whose archived result decides the case. Here, a result is text instead of bytes. */
interface ResultUnderTest {
  fetchResult(signal: AbortSignal): Promise<string>;
  /** Reads a decision and artifacts from the result. Without this function, the result contains neither. */
  conclude?(result: string): Evidence & { readonly transition: Transition | null };
  /** Without this function, all results say the same. Null: the adapter compares no results. */
  readonly compare?:
    | ((results: { sequence: number; archived: string | null; current: string }) => Transition<Hint> | null)
    | null;
}

export const resultName = 'session.json';

/** Imitates a provider whose result proposes this transition, and whose evidence is this list. */
export function resultWith(transition: Transition | null, evidence = evidenceOf({})): ResultUnderTest {
  return { fetchResult: async () => 'a result', conclude: () => ({ ...evidence, transition }) };
}

/** Imitates a provider whose result cannot be fetched. */
export function failingResult(error: unknown): ResultUnderTest {
  return { fetchResult: () => Promise.reject(error) };
}

function resultSource({ fetchResult, conclude, compare }: ResultUnderTest): EvidenceAdapter {
  const nothing = () => ({ ...evidenceOf({}), transition: null });
  return {
    deadlineSeconds,
    resultName,
    contentType: 'application/json',
    fetchResult: async (_job, signal) => Buffer.from(await fetchResult(signal)),
    conclude({ sequence }, bytes) {
      const { transition: found, ...evidence } = (conclude ?? nothing)(Buffer.from(bytes).toString());
      return { ...evidence, transition: found && lookedUp(found, sequence) };
    },
    ...(compare !== null && {
      compare(_job, { sequence, archived, current }) {
        const text = archived && Buffer.from(archived).toString();
        return compare?.({ sequence, archived: text, current: Buffer.from(current).toString() }) ?? null;
      },
    }),
  };
}

function lookedUp(found: Transition, requestedBy: number): Transition<Lookup> {
  const effect = found.origin.kind === 'lookup' ? found.origin.effect : 'decide';
  return { ...found, origin: lookup(requestedBy, effect) };
}

let verifications = 0;

/** Starts one table for all jobs of a test file. @returns a function that creates a job */
export function jobsUnderTest(): (start?: FirstEvent) => Promise<JobUnderTest> {
  let dynamodb: DynamoDbUnderTest;
  beforeAll(async () => {
    dynamodb = await startDynamoDb();
    await dynamodb.createTable('Verifications', 'verificationId');
  });
  afterAll(() => dynamodb?.stop());
  return (start) => underTest(dynamodb, start);
}

export type JobUnderTest = Awaited<ReturnType<typeof underTest>>;

interface FirstEvent {
  /** The status of the verification's first event. */
  readonly status: 'START' | 'SUCCESS';
}

/** Creates a fetcher, and a verification. By default, its first event is final and requests evidence from the fetcher. */
async function underTest(dynamodb: DynamoDbUnderTest, { status }: FirstEvent = { status: 'SUCCESS' }) {
  const verificationId = `idnow:democompany:txn-${verifications++}`;
  const clock = { now: new Date(requestedAt + 1000) };
  const verificationStore = createDynamoVerificationStore(dynamodb.client, 'Verifications', 3600);
  const deliver = (
    arriving: Transition,
    receivedAt = new Date(requestedAt).toISOString(),
    delivery: Delivery | null = null,
  ) =>
    recordTransition(verificationStore, {
      transition: arriving,
      receivedAt,
      writeId: crypto.randomUUID(),
      delivery,
    });
  const origin = status === 'SUCCESS' ? statementWithEvidence : statement;
  await deliver(transition(status, { verificationId, occurredAt: at(10), origin }));

  const store = memoryEvidenceStore();
  const telemetry = recordedTelemetry();
  const retries: [string, number][] = [];
  const deadLetters: { body: string; reason: string }[] = [];
  const state = {
    /** The result of the provider. */
    result: resultWith(null),
    /** The provider's answer to a lookup. It may throw. */
    answer: (): Transition<Hint | Statement> | null => null,
    queueFails: false,
    deadLettersFail: false,
    /** The number of the next calls that fail to hide a message on its queue. */
    hidingFails: 0,
  };
  const failing = async () => {
    if (state.queueFails) throw new Error('SQS is down');
  };
  const handler = fetchEvidence({
    provider: 'idnow',
    get source(): EvidenceAdapter & CaseLookup {
      const { result, answer } = state;
      return { ...resultSource(result), lookUp: async () => answer() };
    },
    store,
    verifications: verificationStore,
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
    generation,
    sequence: 1,
    providerStatus: 'SUCCESS',
    requestedAt: new Date(requestedAt).toISOString(),
    onNothing: { kind: 'keep' },
  });
  /** Returns the folder of the job of the first event in a generation. */
  const folderOf = (of: string) => `evidence/idnow/${verificationId.replaceAll(':', '!')}/${of}/000001`;
  const toCompare = JSON.stringify({ ...JSON.parse(body), purpose: 'compare', sequence: 2 });
  const erase = () =>
    dynamodb.client.send(
      new DeleteItemCommand({ TableName: 'Verifications', Key: { verificationId: { S: verificationId } } }),
    );
  return Object.assign(state, {
    deliver,
    /** The table of the verifications. A test may replace its functions. */
    verifications: verificationStore,
    /** The message of a job that compares. */
    toCompare,
    /** The evidence bucket. A test may replace its functions. */
    store,
    telemetry,
    retries,
    deadLetters,
    clock,
    body,
    verificationId,
    folder: folderOf(generation),
    folderOf,
    /** Runs the handler with a message. @returns the ids of messages that stay on the queue */
    async receive({ receives = 1, remainingMs = 600_000, message = body } = {}): Promise<string[]> {
      const { batchItemFailures } = await handler(messageOf(message, receives), contextOf(remainingMs));
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** The row of the verification, with its last event. */
    async state() {
      const { Item: item } = await dynamodb.client.send(
        new GetItemCommand({ TableName: 'Verifications', Key: { verificationId: { S: verificationId } } }),
      );
      if (item === undefined) throw new Error('there is no row');
      const write = parseVerificationItem(item);
      const { sequence, providerStatus, evidence, ordering, schedule } = write.verification;
      return {
        sequence,
        version: write.verification.version,
        event: eventOfWrite(write),
        type: write.outbox.event?.type,
        evidence,
        providerStatus,
        lookup: ordering.lookup,
        comparisonRequestedAt: schedule.comparisonRequestedAt,
        jobs: write.outbox.jobs,
      };
    },
    erase,
    /** Deletes the row, and starts the verification again with sequence 1. @returns the new generation */
    async restart(): Promise<string> {
      await erase();
      const receivedAt = new Date(requestedAt + 60_000).toISOString();
      await deliver(transition('SUCCESS', { verificationId, origin: statementWithEvidence }), receivedAt);
      return formatGeneration(receivedAt);
    },
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

/** The part of Lambda's context that the handler reads. */
const contextOf = (remainingMs: number) => ({ getRemainingTimeInMillis: () => remainingMs }) as Context;

export const transient = new EvidenceError('transient', 'GET ident.zip: answered 500');
export const invalid = new EvidenceError('invalid', 'GET ident.json: answered 400');
