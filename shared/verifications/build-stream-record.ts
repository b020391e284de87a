import type { DynamoDBRecord } from 'aws-lambda';
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
