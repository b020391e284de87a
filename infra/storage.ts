import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, type ITableV2, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

const kept = { removalPolicy: RemovalPolicy.RETAIN } as const;
const timeToLiveAttribute = 'expiresAt';

/** Where everything is that outlives a request. */
export class Storage extends Construct {
  /** One item a verification; its stream is what the relay reads. */
  readonly verifications: ITableV2;
  /** The ledger: one row a delivery. */
  readonly deliveries: ITableV2;
  /** Tokens of the providers' APIs, and who may renew them. */
  readonly sessions: ITableV2;
  /** What providers have on a case, and bodies and findings that are too large for an item. */
  readonly evidence: IBucket;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    // CDK's classes do not declare optional members as exactOptionalPropertyTypes wants them: hence `as`.
    const common = { billing: Billing.onDemand() };
    const recoverable = { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.live } };
    this.verifications = new TableV2(this, 'Verifications', {
      ...common,
      ...kept,
      ...recoverable,
      timeToLiveAttribute,
      partitionKey: { name: 'verificationId', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_IMAGE,
    }) as ITableV2;
    this.deliveries = new TableV2(this, 'Deliveries', {
      ...common,
      ...kept,
      ...recoverable,
      timeToLiveAttribute,
      partitionKey: { name: 'subject', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.STRING },
    }) as ITableV2;
    this.sessions = new TableV2(this, 'Sessions', {
      ...common,
      // One row an account, which a schedule may keep alive for ever; losing it costs a login.
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: { name: 'sessionId', type: AttributeType.STRING },
    }) as ITableV2;
    this.evidence = new Bucket(this, 'Evidence', {
      ...kept,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      // Parts of an upload whose function was killed: nobody sees them, but they cost.
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    }) as IBucket;
  }
}
