import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { sqsBytes } from './escape-for-sqs.ts';

/**
 * The largest message of every queue of ours, and the largest batch. AWS documents state different defaults
 * (256 KiB and 1 MiB), so each queue sets it.
 */
export const maxMessageBytes = 256 * 1024;

interface Message {
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
}

/** The bytes that SQS counts for a message: its body, and the name, type and value of each attribute. */
export function messageBytes({ MessageBody, MessageAttributes = {} }: Message): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      [name, DataType, StringValue, BinaryValue].reduce((sum, part) => sum + Buffer.byteLength(part), 0),
  );
  return attributes.reduce((sum, bytes) => sum + bytes, sqsBytes(MessageBody));
}
