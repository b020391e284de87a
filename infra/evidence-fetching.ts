import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ProviderName } from '../shared/contract/transition.ts';
import { allowListing, allowObjects } from './bucket-access.ts';
import { NodeFunction } from './lambda-function.ts';
import type { Queues } from './queues.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

interface EvidenceFetchingProps {
  readonly stage: Stage;
  readonly storage: Storage;
  readonly queues: Queues;
}

/** Fetches what providers have on a case into the bucket, job by job. */
export class EvidenceFetching extends Construct {
  readonly #fetcher: NodeFunction;
  readonly #providers: ProviderName[] = [];

  constructor(scope: Construct, id: string, { stage, storage, queues }: EvidenceFetchingProps) {
    super(scope, id);
    this.#fetcher = new NodeFunction(this, 'Function', {
      name: 'fetch-evidence',
      description: 'Streams reports, ZIPs and documents from the providers into the evidence bucket',
      // A ZIP with videos at 10 Mbit/s; the queue hides a job for longer than that.
      timeout: Duration.minutes(10),
      memorySize: 512,
      environment: {
        VERIFICATIONS_TABLE: storage.verifications.tableName,
        SESSIONS_TABLE: storage.sessions.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        EVIDENCE_JOBS_QUEUE_URL: queues.evidenceJobs.queueUrl,
        EVIDENCE_JOBS_DLQ_URL: queues.evidenceJobsDeadLetters.queueUrl,
        RETENTION_DAYS: String(stage.retentionDays),
      },
    });
    this.#fetcher.addEventSource(
      // One job an invocation: each may need the function's whole time. Ten at once spare the providers.
      new SqsEventSource(queues.evidenceJobs, {
        batchSize: 1,
        maxConcurrency: 10,
        reportBatchItemFailures: true,
      }),
    );
    queues.evidenceJobsDeadLetters.grantSendMessages(this.#fetcher);
    storage.verifications.grant(this.#fetcher, 'dynamodb:GetItem', 'dynamodb:PutItem');
    storage.sessions.grant(this.#fetcher, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    const transfers = ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'] as const;
    allowObjects(this.#fetcher, storage.evidence, 'evidence', [...transfers]);
    allowObjects(this.#fetcher, storage.evidence, 'findings', ['s3:PutObject']);
    allowListing(this.#fetcher, storage.evidence);
  }

  /** Gives the fetcher a provider's settings, and the credentials of its API. */
  addProvider(name: ProviderName, environment: Record<string, string>, apiSecret: Secret): void {
    this.#providers.push(name);
    this.#fetcher.addEnvironment('PROVIDERS', this.#providers.join(','));
    for (const [key, value] of Object.entries(environment)) this.#fetcher.addEnvironment(key, value);
    apiSecret.grantRead(this.#fetcher);
  }
}
