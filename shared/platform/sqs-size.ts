import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { countSqsBodyBytes } from './escape-for-sqs.ts';

/**
 * The maximum size of a message and of a batch, for each queue of the stack. The stack sets this size itself, because
 * the AWS documents name two different defaults (256 KiB and 1 MiB).
 */
export const maxSqsMessageBytes = 256 * 1024;

interface Message {
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
}

/** Returns the size of a message as SQS counts it: its body, and the name, type and value of each attribute. */
export function countSqsMessageBytes({ MessageBody, MessageAttributes = {} }: Message): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType = '', StringValue = '', BinaryValue = '' }]) =>
      [name, DataType, StringValue, BinaryValue].reduce((sum, part) => sum + Buffer.byteLength(part), 0),
  );
  return attributes.reduce((sum, bytes) => sum + bytes, countSqsBodyBytes(MessageBody));
}
