import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { _Record, Identity } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as JsonAttributeValue } from 'aws-lambda';
import { localRegion } from '../aws-account.ts';

/** A record of a DynamoDB stream, with the fields that the poller needs. */
export interface StreamRecord {
  sequenceNumber: string;
  /** The time at which the stream record was created, in seconds since 1970. */
  createdAt: number;
  /** The record that Lambda passes to a function. */
  event: DynamoDBRecord;
}

/**
 * Converts a stream record of the SDK to the record that Lambda passes to a function, with bytes in base64 and times in
 * seconds.
 */
export function convertToLambdaStreamRecord(record: _Record, eventSourceARN: string): StreamRecord {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, SequenceNumber, SizeBytes, StreamViewType } =
    record.dynamodb ?? {};
  const createdAt = (ApproximateCreationDateTime?.getTime() ?? 0) / 1000;
  const sequenceNumber = SequenceNumber ?? '';
  return {
    sequenceNumber,
    createdAt,
    event: {
      eventID: record.eventID ?? '',
      ...(record.eventName && { eventName: record.eventName }),
      eventVersion: record.eventVersion ?? '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: localRegion,
      dynamodb: {
        ApproximateCreationDateTime: createdAt,
        ...(Keys && { Keys: image(Keys) }),
        ...(NewImage && { NewImage: image(NewImage) }),
        ...(OldImage && { OldImage: image(OldImage) }),
        SequenceNumber: sequenceNumber,
        ...(SizeBytes !== undefined && { SizeBytes }),
        ...(StreamViewType && { StreamViewType }),
      },
      ...(record.userIdentity && { userIdentity: identityOf(record.userIdentity) }),
      eventSourceARN,
    },
  };
}

/**
 * Converts the identity that changed a row. Only removals by DynamoDB itself have an identity: the time to live of the
 * row has passed. The emulator dynoxide writes the names of its members in lower case, so the SDK does not read them.
 */
function identityOf({ Type, PrincipalId }: Identity): object {
  return { type: Type ?? 'Service', principalId: PrincipalId ?? 'dynamodb.amazonaws.com' };
}

function image(attributes: Record<string, AttributeValue>): Record<string, JsonAttributeValue> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, jsonValue(value)]));
}

function jsonValue(value: AttributeValue): JsonAttributeValue {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(jsonValue) };
  if (value.M !== undefined) return { M: image(value.M) };
  return JSON.parse(JSON.stringify(value));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
