import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { caseAreas } from '../shared/retention/case-areas.ts';
import { grantObjectActions, grantVersionListing } from './bucket-access.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantTableActions } from './table-access.ts';
import { addVerificationStream } from './verification-stream.ts';

interface ExpiredCaseDeletionProps {
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
}

/**
 * The deletion of expired cases. If DynamoDB removes the expired row of a verification, this function deletes its
 * history and all versions of its objects.
 */
export class ExpiredCaseDeletion extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, { foundation, storage }: ExpiredCaseDeletionProps) {
    super(scope, id);
    const { history, evidence } = storage;
    const deletion = new NodeFunction(this, 'Function', {
      name: 'delete-expired-cases',
      foundation,
      description: 'Deletes the history and the objects of each case whose row has expired',
      // A case with 100,000 rows needs 4,000 calls. If the time is too short, the next try continues.
      timeout: Duration.minutes(5),
      memorySize: 256,
      environment: { HISTORY_TABLE: history.tableName, EVIDENCE_BUCKET: evidence.bucketName },
    });
    this.function = deletion;
    addVerificationStream(deletion, storage, {
      // The function deletes the cases of a batch in parallel, so the batch size also limits memory and load.
      batchSize: 10,
      // Only removals by DynamoDB itself, because a row's time to live has passed. If a person deletes a row by
      // mistake, its evidence must stay.
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('REMOVE'),
          userIdentity: { principalId: FilterRule.isEqual('dynamodb.amazonaws.com') },
        }),
      ],
    });
    grantTableActions(deletion, history, ['dynamodb:Query', 'dynamodb:BatchWriteItem']);
    grantVersionListing(deletion, evidence, caseAreas);
    for (const area of caseAreas)
      grantObjectActions(deletion, evidence, area, [
        's3:DeleteObject',
        's3:DeleteObjectVersion',
        's3:GetObjectRetention',
      ]);
  }
}
