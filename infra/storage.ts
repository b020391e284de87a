import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

const retained = { removalPolicy: RemovalPolicy.RETAIN } as const;
const timeToLiveAttribute = 'expiresAt';

/** The tables and the bucket: all data that the system keeps. */
export class TablesAndBucket extends Construct {
  /** One item per verification. The relay reads the stream of this table. */
  readonly verifications: ITableV2;
  /** The ledger, with one row per authentic delivery. */
  readonly deliveries: ITableV2;
  /** The table of login sessions: the tokens for the providers' APIs, and the leases to renew the tokens. */
  readonly sessions: ITableV2;
  /** The archived evidence, and bodies and findings that are too large for an item. */
  readonly evidence: IBucket;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    // The casts with `as` are necessary, because CDK's types of optional members do not fit
    // `exactOptionalPropertyTypes`.
    const common = { billing: Billing.onDemand() };
    const recoverable = { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.live } };
    this.verifications = new TableV2(this, 'Verifications', {
      ...common,
      ...retained,
      ...recoverable,
      timeToLiveAttribute,
      partitionKey: { name: 'verificationId', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_IMAGE,
    }) as ITableV2;
    this.deliveries = new TableV2(this, 'Deliveries', {
      ...common,
      ...retained,
      ...recoverable,
      timeToLiveAttribute,
      partitionKey: { name: 'subject', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.STRING },
    }) as ITableV2;
    this.sessions = new TableV2(this, 'Sessions', {
      ...common,
      // The table has one row per login session, that is, per account at a provider. A lost row costs only a new login,
      // so the table is deleted with the stack.
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: { name: 'sessionId', type: AttributeType.STRING },
    }) as ITableV2;
    this.evidence = new Bucket(this, 'Evidence', {
      ...retained,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      // Remove the parts of unfinished uploads, for example of a function that timed out. Such parts are invisible, but
      // cost money.
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    }) as IBucket;
  }
}
