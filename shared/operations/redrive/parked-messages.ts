import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { parkedPrefix } from '../../relay/parked-key.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { countCauses, type RedriveSource } from './redrive-source.ts';

/** A parked message, as the relay stores it: see `createS3ParkingStore`. */
const ParkedObject = z.object({
  reason: z.string(),
  message: z.looseObject({ MessageBody: z.string() }),
});

interface ParkedMessage {
  readonly key: string;
  /** The code of the refusal, such as `MessageTooLong`. The text behind it may contain personal data. */
  readonly cause: string;
  readonly message: z.infer<typeof ParkedObject>['message'];
  /** The queue to which the message belongs; null if the stage has no such queue. */
  readonly queueUrl: string | null;
}

/** What the relay has parked. */
export interface Parked {
  readonly messages: RedriveSource;
  /** The number of parked stream records. Only the relay can send what is in a record. */
  readonly records: number;
}

/**
 * Reads the parked events or jobs, in the order in which the relay has parked them within each case.
 *
 * @param onProgress called with the number of objects read so far
 */
export async function readParked(
  stack: OperatedStack,
  kind: 'event' | 'job',
  onProgress: (objects: number) => void,
): Promise<Parked> {
  const keys = await listKeys(stack);
  const parked: ParkedMessage[] = [];
  for (const key of keys.filter((each) => partOf(each) === kind)) {
    parked.push(await readMessage(stack, key, kind));
    if (parked.length % 100 === 0) onProgress(parked.length);
  }
  return {
    records: keys.filter((key) => partOf(key) === null).length,
    messages: {
      name: `parked ${kind}s`,
      counts: countCauses(parked.map(({ cause }) => cause)),
      async move({ cause, most, signal }) {
        const chosen = parked
          .filter((each) => each.queueUrl !== null && (cause === undefined || each.cause === cause))
          .slice(0, most);
        let moved = 0;
        for (const { key, message, queueUrl } of chosen) {
          signal.throwIfAborted();
          await stack.aws.sqs.send(new SendMessageCommand({ ...message, QueueUrl: queueUrl ?? undefined }));
          await stack.aws.s3.send(new DeleteObjectCommand({ Bucket: stack.evidenceBucket, Key: key }));
          moved += 1;
        }
        return moved;
      },
      release: async () => undefined,
    },
  };
}

/** @returns null if the object is a whole stream record */
function partOf(key: string): 'event' | 'job' | null {
  const [, part] = /-(event|job)-\d+\.json$/.exec(key) ?? [];
  return part === 'event' || part === 'job' ? part : null;
}

async function listKeys({ aws, evidenceBucket }: OperatedStack): Promise<string[]> {
  const keys: string[] = [];
  const list = { Bucket: evidenceBucket, Prefix: parkedPrefix };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: aws.s3 }, list))
    keys.push(...Contents.map(({ Key = '' }) => Key));
  return keys;
}

async function readMessage(
  { aws, evidenceBucket, eventsQueueUrl, evidenceJobs }: OperatedStack,
  key: string,
  kind: 'event' | 'job',
): Promise<ParkedMessage> {
  const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: evidenceBucket, Key: key }));
  const { reason, message } = ParkedObject.parse(JSON.parse((await Body?.transformToString()) ?? ''));
  const [cause = ''] = reason.split(':');
  // A parked job may name the queue of an earlier deployment, so the queue comes from the stack.
  const provider = kind === 'job' ? providerOfJob(message.MessageBody) : null;
  const queueUrl = provider === null ? eventsQueueUrl : (evidenceJobs[provider]?.queueUrl ?? null);
  return { key, cause, message, queueUrl };
}

const providerOfJob = (body: string) => z.object({ provider: z.string() }).parse(JSON.parse(body)).provider;
