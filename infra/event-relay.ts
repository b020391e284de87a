import { Duration, Stack } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { FailedRecordsDestination, grantObjectActions } from './bucket-access.ts';
import type { EvidenceFetcher } from './evidence-fetching.ts';
import { NodeFunction } from './lambda-function.ts';
import type { EventQueues } from './queues.ts';
import type { Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantTableActions } from './table-access.ts';

interface EventRelayProps {
  readonly stage: Stage;
  readonly storage: TablesAndBucket;
  readonly queues: EventQueues;
  /** The job queues and the fetcher of each provider in the stage. */
  readonly fetching: readonly EvidenceFetcher[];
}

/**
 * The relay. It sends the outbox of each write to the verifications table, and parks messages that can never be sent.
 */
export class EventRelay extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, { stage, storage, queues, fetching }: EventRelayProps) {
    super(scope, id);
    const jobQueueUrls = Object.fromEntries(
      fetching.map(({ provider, queues: { jobs } }) => [provider, jobs.queueUrl]),
    );
    const relay = new NodeFunction(this, 'Function', {
      name: 'relay-events',
      description: 'Publishes the outbox of each write: events in order, evidence jobs, history rows',
      timeout: Duration.seconds(60),
      memorySize: 512,
      environment: {
        HISTORY_TABLE: storage.history.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        EVENTS_QUEUE_URL: queues.events.queueUrl,
        EVIDENCE_JOBS_QUEUE_URLS: Stack.of(this).toJsonString(jobQueueUrls),
        RETENTION_DAYS: String(stage.retentionDays),
      },
    });
    this.function = relay;
    relay.addEventSource(
      new DynamoEventSource(storage.verifications, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // If a record fails for 12 hours, Lambda stores it in the bucket. The stream keeps a record for 24 hours, so
        // operators have 12 more hours before the stream loses it.
        retryAttempts: -1,
        maxRecordAge: Duration.hours(12),
        onFailure: new FailedRecordsDestination(storage.evidence),
        // Ignore the removals by TTL, because a removed item has nothing to send.
        filters: [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY') })],
      }),
    );
    queues.events.grantSendMessages(relay);
    for (const each of fetching) each.queues.jobs.grantSendMessages(relay);
    grantObjectActions(relay, storage.evidence, 'parked', ['s3:PutObject']);
    // `npm run republish` names objects of unconfirmed writes that the relay publishes.
    grantObjectActions(relay, storage.evidence, 'unconfirmed', ['s3:GetObject']);
    grantTableActions(relay, storage.history, ['dynamodb:PutItem']);
  }
}
