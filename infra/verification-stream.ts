import { Duration } from 'aws-cdk-lib';
import { type EventSourceMappingOptions, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { FailedRecordsDestination } from './bucket-access.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantStreamReading } from './table-access.ts';

/**
 * Lets a function read the stream of the table `Verifications`, with only the rights that Lambda needs. CDK's
 * `DynamoEventSource` would also allow the function to use the key of the table outside DynamoDB.
 */
export function addVerificationStream(
  fn: IFunction,
  { verifications, evidence }: TablesAndBucket,
  { batchSize, filters }: Pick<EventSourceMappingOptions, 'batchSize' | 'filters'>,
): void {
  const { tableStreamArn } = verifications;
  if (tableStreamArn === undefined) throw new TypeError('the table of verifications has no stream');
  fn.addEventSourceMapping('VerificationStream', {
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(filters === undefined ? {} : { filters }),
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // If a record fails for 12 hours, Lambda stores it in the bucket. The stream keeps a record for 24 hours, so
    // operators have 12 more hours before the stream loses it.
    retryAttempts: -1,
    maxRecordAge: Duration.hours(12),
    onFailure: new FailedRecordsDestination(evidence),
    supportS3OnFailureDestination: true,
  });
  grantStreamReading(fn, verifications, tableStreamArn);
}
