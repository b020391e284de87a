import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { allowObjects } from './bucket-access.ts';
import type { FunctionName } from './bundle.ts';
import { NodeFunction } from './lambda-function.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

interface WebhookReceiverProps {
  readonly stage: Stage;
  readonly storage: Storage;
  readonly name: FunctionName;
  /** What the provider presents to us. */
  readonly webhookSecret: Secret;
  readonly environment: Record<string, string>;
}

/** The function that takes one provider's webhooks. */
export class WebhookReceiver extends NodeFunction {
  constructor(scope: Construct, id: string, props: WebhookReceiverProps) {
    const { stage, storage, name, webhookSecret, environment } = props;
    super(scope, id, {
      name,
      description: 'Takes webhooks: authenticates, normalizes, decides, records, answers',
      // Below API Gateway's 29 s, above all tries of the AWS clients.
      timeout: Duration.seconds(20),
      memorySize: 1024,
      environment: {
        ...environment,
        VERIFICATIONS_TABLE: storage.verifications.tableName,
        DELIVERIES_TABLE: storage.deliveries.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        WEBHOOK_SECRET_ID: webhookSecret.secretArn,
        RETENTION_DAYS: String(stage.retentionDays),
      },
    });
    webhookSecret.grantRead(this);
    // Read only where a write is large: its objects are not stored for a decision that does not hold.
    storage.verifications.grant(this, 'dynamodb:GetItem', 'dynamodb:PutItem');
    storage.deliveries.grant(this, 'dynamodb:PutItem');
    allowObjects(this, storage.evidence, 'deliveries', ['s3:PutObject']);
    allowObjects(this, storage.evidence, 'findings', ['s3:PutObject']);
  }
}
