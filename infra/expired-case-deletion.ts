import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { caseAreas } from '../shared/retention/case-areas.ts';
import { FailedRecordsDestination, grantObjectActions, grantVersionListing } from './bucket-access.ts';
import { NodeFunction } from './lambda-function.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantTableActions } from './table-access.ts';

/**
 * The deletion of expired cases. If DynamoDB removes the expired row of a verification, this function deletes its
 * history and all versions of its objects.
 */
export class ExpiredCaseDeletion extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, { verifications, history, evidence }: TablesAndBucket) {
    super(scope, id);
    const deletion = new NodeFunction(this, 'Function', {
      name: 'delete-expired-cases',
      description: 'Deletes the history and the objects of each case whose row has expired',
      // A case with 100,000 rows needs 4,000 calls. If the time is too short, the next try continues.
      timeout: Duration.minutes(5),
      memorySize: 256,
      environment: { HISTORY_TABLE: history.tableName, EVIDENCE_BUCKET: evidence.bucketName },
    });
    this.function = deletion;
    deletion.addEventSource(
      new DynamoEventSource(verifications, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        // The function deletes the cases of a batch in parallel, so the batch size also limits memory and load.
        batchSize: 10,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // If a record fails for 12 hours, Lambda stores it in the bucket. The stream keeps a record for 24 hours, so
        // operators have 12 more hours before the stream loses it.
        retryAttempts: -1,
        maxRecordAge: Duration.hours(12),
        onFailure: new FailedRecordsDestination(evidence),
        // Only removals by DynamoDB itself, because a row's time to live has passed. If a person deletes a row by
        // mistake, its evidence must stay.
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('REMOVE'),
            userIdentity: { principalId: FilterRule.isEqual('dynamodb.amazonaws.com') },
          }),
        ],
      }),
    );
    grantTableActions(deletion, history, ['dynamodb:Query', 'dynamodb:BatchWriteItem']);
    grantVersionListing(deletion, evidence, caseAreas);
    for (const area of caseAreas)
      grantObjectActions(deletion, evidence, area, ['s3:DeleteObject', 's3:DeleteObjectVersion']);
  }
}
