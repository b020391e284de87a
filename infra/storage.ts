import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  StreamViewType,
  TableClass,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { openCaseIndex } from '../shared/verifications/open-case-index.ts';
import { openQuarantineIndex } from '../shared/verifications/open-quarantine-index.ts';
import { createAccessLogBucket } from './access-log-bucket.ts';
import { EncryptedTable } from './encrypted-table.ts';
import { createEvidenceBucket } from './evidence-bucket.ts';
import type { Foundation } from './foundation.ts';
import { acknowledgeBucketEmptying, keepTable } from './keep-data.ts';
import type { Stage } from './stage.ts';

const timeToLiveAttribute = 'expiresAt';

/** The tables and the bucket: all data that the system keeps. */
export class TablesAndBucket extends Construct {
  /** One item per verification. The relay and the deletion of expired cases read the stream of this table. */
  readonly verifications: ITableV2;
  /** The record of each verification: one row per authentic delivery and per published event. */
  readonly history: ITableV2;
  /** The table of login sessions: the tokens for the providers' APIs, and the leases to renew the tokens. */
  readonly sessions: ITableV2;
  /** The archived evidence, and bodies and findings that are too large for an item. */
  readonly evidence: IBucket;

  constructor(scope: Construct, id: string, props: { stage: Stage; foundation: Foundation }) {
    super(scope, id);
    const { stage, foundation } = props;
    const { key, logDays } = foundation;
    // The casts with `as` are necessary, because CDK's types of optional members do not fit
    // `exactOptionalPropertyTypes`.
    const common = { billing: Billing.onDemand(), key };
    const { verifications, history } = stage.warmThroughput;
    const kept = keepTable(stage);
    const recoverable = { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.live } };
    this.verifications = new EncryptedTable(this, 'Verifications', {
      ...common,
      ...kept,
      ...recoverable,
      ...(verifications && { warmThroughput: verifications }),
      timeToLiveAttribute,
      partitionKey: text('verificationId'),
      dynamoStream: StreamViewType.NEW_IMAGE,
      globalSecondaryIndexes: [keysOnlyIndex(openCaseIndex, 'openCase', number('nextLookupAt'))],
    }) as ITableV2;
    this.history = new EncryptedTable(this, 'History', {
      ...common,
      ...kept,
      ...recoverable,
      ...(history && { warmThroughput: history }),
      timeToLiveAttribute,
      // Rows are kept for years and rarely read, so storage is the largest part of their cost.
      tableClass: TableClass.STANDARD_INFREQUENT_ACCESS,
      partitionKey: text('subject'),
      sortKey: text('at'),
      // Operators follow the deliveries and events with it (`idv listen`). No function reads it: an unread stream is free.
      dynamoStream: StreamViewType.NEW_IMAGE,
      globalSecondaryIndexes: [
        keysOnlyIndex('byReference', 'reference', text('at')),
        keysOnlyIndex(openQuarantineIndex, 'openQuarantine', text('at')),
      ],
    }) as ITableV2;
    this.sessions = new EncryptedTable(this, 'Sessions', {
      ...common,
      // The table has one row per login session, that is, per account at a provider. A lost row costs only a new login,
      // so the table is deleted with the stack, and with the rollback of a first deployment. Deletion protection would
      // make both fail.
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: text('sessionId'),
    }) as ITableV2;
    const accessLogs = createAccessLogBucket(this, 'AccessLogs', { stage, logDays });
    this.evidence = createEvidenceBucket(this, 'Evidence', { stage, key, accessLogs }) as IBucket;
    acknowledgeBucketEmptying(this);
  }
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
const number = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });

/**
 * Describes an index that is ordered by its sort key. It contains only rows that have both keys, and only their keys: the
 * reader fetches the rows that it needs from the table.
 */
function keysOnlyIndex(indexName: string, partitionKey: string, sortKey: Attribute) {
  return {
    indexName,
    partitionKey: text(partitionKey),
    sortKey,
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
