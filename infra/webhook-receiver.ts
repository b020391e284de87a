import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { grantObjectActions } from './bucket-access.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantHistoryWrites, grantVerificationAccess } from './provider-access.ts';
import { grantSecretReading } from './provider-secret.ts';
import { computeSoftwareVersion } from './software-version.ts';
import type { ProviderInStage, Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';

interface WebhookReceiverProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
  readonly provider: ProviderInStage;
  /** The secret with the credentials that the provider's webhooks must have. */
  readonly webhookSecret: Secret;
  readonly environment: Record<string, string>;
}

/** The receiver of one provider's webhooks. */
export class WebhookReceiver extends NodeFunction {
  constructor(scope: Construct, id: string, props: WebhookReceiverProps) {
    const { stage, foundation, storage, webhookSecret, environment } = props;
    const { name: provider, limits } = props.provider;
    const name = `receive-${provider}`;
    super(scope, id, {
      name,
      foundation,
      description: 'Receives webhooks: authenticates, normalizes, decides, records and answers',
      // The time-out of 20 seconds is shorter than API Gateway's limit of 29 seconds, and longer than all tries of the
      // AWS clients together.
      timeout: Duration.seconds(20),
      memorySize: 1024,
      reservedConcurrency: limits.concurrency,
      environment: {
        ...environment,
        VERIFICATIONS_TABLE: storage.verifications.tableName,
        HISTORY_TABLE: storage.history.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        WEBHOOK_SECRET_ID: webhookSecret.secretArn,
        SOFTWARE_VERSION: computeSoftwareVersion(name),
        RETENTION_DAYS: String(stage.retentionDays),
      },
    });
    grantSecretReading(this, webhookSecret);
    // The receiver reads a row only before a large write. If the row has changed since the decision, the receiver
    // stores no objects for this decision.
    grantVerificationAccess(this, storage, provider);
    grantHistoryWrites(this, storage, provider);
    grantObjectActions(this, storage.evidence, `deliveries/${provider}`, ['s3:PutObject']);
    grantObjectActions(this, storage.evidence, `findings/${provider}`, ['s3:PutObject']);
    grantObjectActions(this, storage.evidence, `unconfirmed/${provider}`, ['s3:PutObject']);
  }
}
