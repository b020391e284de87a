import type { DynamoDBRecord } from 'aws-lambda';

/** Returns the stream record with which DynamoDB reports that it has removed an expired row of `Verifications`. */
export function expiryRecord(verificationId: string, removedAt: Date, sequenceNumber = '1'): DynamoDBRecord {
  return {
    eventID: sequenceNumber,
    eventName: 'REMOVE',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'eu-west-1',
    dynamodb: {
      ApproximateCreationDateTime: removedAt.getTime() / 1000,
      Keys: { verificationId: { S: verificationId } },
      SequenceNumber: sequenceNumber,
      SizeBytes: 40,
      StreamViewType: 'NEW_IMAGE',
    },
    userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    eventSourceARN: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Verifications/stream/label',
  };
}
