import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord, AttributeValue as StreamValue } from 'aws-lambda';
import type { UnconfirmedWrite } from './verification.ts';
import { convertWriteToAttributes } from './verification-row.ts';

/**
 * Builds a record of the stream for a write, in the format in which Lambda passes it to the relay: bytes are base64 text.
 * The version of the write stands for the record's sequence number.
 */
export function buildStreamRecord(write: UnconfirmedWrite): DynamoDBRecord {
  const { verificationId, version, content } = convertWriteToAttributes(write);
  return {
    eventName: 'MODIFY',
    dynamodb: {
      Keys: { verificationId },
      NewImage: { verificationId, version, content: { B: content.B.toString('base64') } },
      SequenceNumber: version.S,
    },
  };
}

/** Converts the binary values of a record's image: Lambda passes them as base64 text, but the SDK expects bytes. */
export function decodeImageBytes(image: Record<string, StreamValue>): Record<string, AttributeValue> {
  return JSON.parse(JSON.stringify(image), (key, value: unknown) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );
}
