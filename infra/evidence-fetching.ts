import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/provider-name.ts';
import { acknowledgeFindings } from './acknowledge.ts';
import { grantBucketListing, grantObjectActions } from './bucket-access.ts';
import { EvidenceJobQueues } from './evidence-job-queues.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantSessionAccess, grantVerificationAccess } from './provider-access.ts';
import { grantSecretReading } from './provider-secret.ts';
import { grantReceiving, grantSending } from './queue-access.ts';
import type { Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';

interface EvidenceFetchingProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
  readonly provider: ProviderName;
  /** The maximum number of jobs that run at once. */
  readonly concurrency: number;
  /** The secret with our credentials for the provider's API. */
  readonly apiSecret: Secret;
  /** The provider's settings, as environment variables. */
  readonly environment: Record<string, string>;
}

/**
 * The fetcher of one provider. It runs evidence jobs, which archive a case's evidence in the bucket. Each provider has
 * its own queue and function, so a slow provider does not delay the others.
 */
export class EvidenceFetcher extends Construct {
  readonly provider: ProviderName;
  readonly queues: EvidenceJobQueues;

  constructor(scope: Construct, id: string, props: EvidenceFetchingProps) {
    super(scope, id);
    const { stage, foundation, storage, provider, concurrency, apiSecret, environment } = props;
    this.provider = provider;
    this.queues = new EvidenceJobQueues(this, 'Queues', { provider, key: foundation.key });
    const fetcher = new NodeFunction(this, 'Function', {
      name: `fetch-${provider}-evidence`,
      foundation,
      description: `Streams reports, ZIPs and documents from ${provider} into the evidence bucket`,
      // In 10 minutes, the fetcher can archive a ZIP with videos at 10 Mbit/s. The visibility time-out of the queue is
      // longer, so that SQS does not deliver the job again before the function ends.
      timeout: Duration.minutes(10),
      memorySize: 512,
      environment: {
        ...environment,
        VERIFICATIONS_TABLE: storage.verifications.tableName,
        SESSIONS_TABLE: storage.sessions.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        EVIDENCE_JOBS_QUEUE_URL: this.queues.jobs.queueUrl,
        EVIDENCE_JOBS_DLQ_URL: this.queues.deadLetters.queueUrl,
        RETENTION_DAYS: String(stage.retentionDays),
        // A small young generation is collected often, which frees the streamed chunks at once (decision record 035).
        NODE_OPTIONS: '--max-semi-space-size=1',
      },
    });
    const mapping = fetcher.addEventSourceMapping('Jobs', {
      eventSourceArn: this.queues.jobs.queueArn,
      // One job per invocation, because each job may need the whole time-out of the function.
      batchSize: 1,
      maxConcurrency: concurrency,
      reportBatchItemFailures: true,
    });
    acknowledgeFindings(
      mapping,
      'Lambda has no destination for failed messages of SQS. The queue has a dead-letter queue.',
      'Serverless-LambdaEventSourceMappingDestination',
    );
    grantReceiving(fetcher, this.queues.jobs);
    grantSending(fetcher, this.queues.deadLetters);
    grantSecretReading(fetcher, apiSecret);
    grantVerificationAccess(fetcher, storage, provider);
    grantSessionAccess(fetcher, storage, provider);
    const transfers = ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'] as const;
    grantObjectActions(fetcher, storage.evidence, `evidence/${provider}`, [...transfers]);
    grantObjectActions(fetcher, storage.evidence, `findings/${provider}`, ['s3:PutObject']);
    grantObjectActions(fetcher, storage.evidence, `unconfirmed/${provider}`, ['s3:PutObject']);
    grantBucketListing(fetcher, storage.evidence);
  }
}
