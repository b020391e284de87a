import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsServiceEndpoints, localAccountId, localRegion, pollerCredentials } from '../aws-account.ts';
import { TemplateError } from '../errors.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { StreamRecord } from './stream-event.ts';

export type StreamDiscardReason = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

interface DiscardedBatch {
  records: StreamRecord[];
  shardId: string;
  reason: StreamDiscardReason;
  /** The number of times that the function was invoked with these records. */
  invokeCount: number;
  requestId: string;
}

export type DiscardedBatchSender = (batch: DiscardedBatch) => Promise<void>;

/**
 * Returns a function that sends a discarded batch of stream records to the mapping's on-failure destination. A queue
 * gets the batch's metadata. A bucket gets the metadata and the whole event. Without a destination, nothing is sent.
 * The formats are described at
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function createDiscardedBatchSender(
  mapping: EventSourceMapping,
  endpoints: AwsServiceEndpoints,
): DiscardedBatchSender {
  const destination = mapping.onFailureArn;
  if (destination === undefined) return async () => undefined;
  const options = { region: localRegion, credentials: pollerCredentials };
  const [, , service, , , resource = ''] = destination.split(':');
  switch (service) {
    case 's3': {
      const client = new S3Client({ ...options, endpoint: endpoints.s3, forcePathStyle: true });
      return async (batch) => {
        const now = new Date();
        const body = { ...invocationRecord(mapping, batch, now), payload: JSON.stringify(eventOf(batch)) };
        const Key = objectKey(mapping.id, batch.shardId, now);
        await client.send(new PutObjectCommand({ Bucket: resource, Key, Body: JSON.stringify(body) }));
      };
    }
    case 'sqs': {
      const client = new SQSClient({ ...options, endpoint: endpoints.sqs });
      const QueueUrl = `${endpoints.sqs}/${localAccountId}/${resource}`;
      return async (batch) => {
        const MessageBody = JSON.stringify(invocationRecord(mapping, batch, new Date()));
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      };
    }
    default:
      throw new TemplateError(`The on-failure destination ${destination} is neither a queue nor a bucket`);
  }
}

function eventOf({ records }: DiscardedBatch): object {
  return { Records: records.map(({ event }) => event) };
}

function invocationRecord(mapping: EventSourceMapping, batch: DiscardedBatch, now: Date): object {
  const { records, shardId, reason, invokeCount, requestId } = batch;
  const first = records[0];
  const last = records.at(-1);
  return {
    requestContext: {
      requestId,
      functionArn: mapping.function.arn,
      condition: reason,
      approximateInvokeCount: invokeCount,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: isoSeconds(first),
      approximateArrivalOfLastRecord: isoSeconds(last),
      batchSize: records.length,
      streamArn: mapping.eventSourceArn,
    },
  };
}

function isoSeconds(record: StreamRecord | undefined): string {
  return new Date((record?.createdAt ?? 0) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Builds the S3 key of a discarded batch of stream records:
 * `aws/lambda/{mapping}/{shard}/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-{random}`.
 */
function objectKey(mappingId: string, shardId: string, now: Date): string {
  const [time = ''] = now.toISOString().split('.');
  const [date = ''] = time.split('T');
  return `aws/lambda/${mappingId}/${shardId}/${date.replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}
