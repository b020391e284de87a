import { type App, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { capitalizeProviderName } from './capitalized.ts';
import { EventRelay } from './event-relay.ts';
import type { EvidenceFetcher } from './evidence-fetching.ts';
import { buildEvidenceJobOutputNames } from './evidence-job-outputs.ts';
import { ExpiredCaseDeletion } from './expired-case-deletion.ts';
import { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { OpenQuarantineCounter } from './monitoring/open-quarantine-counter.ts';
import { ProviderResources } from './provider-resources.ts';
import { EventQueues } from './queues.ts';
import type { Stage } from './stage.ts';
import { TablesAndBucket } from './storage.ts';
import { WebhookApi } from './webhook-api.ts';

/**
 * The whole system. Only this stack defines functions, tables, queues, routes, filters and time-outs. The local stack
 * reads the synthesized template.
 */
export class IdvWebhooksStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, `idv-webhooks-${stage.name}`, {
      description: 'Webhooks of identity-verification providers: ordered events and archived evidence',
    });
    Tags.of(this).add('application', 'idv-webhooks');

    const foundation = new Foundation(this, 'Foundation', { stage });
    const { key } = foundation;
    const storage = new TablesAndBucket(this, 'Storage', { stage, foundation });
    const queues = new EventQueues(this, 'Queues', { key });
    const api = new WebhookApi(this, 'Api');
    const fetching = stage.providers.map((provider) => {
      const resources = { stage, foundation, provider, storage, api };
      return new ProviderResources(this, capitalizeProviderName(provider.name), resources).fetching;
    });
    const relay = new EventRelay(this, 'EventRelay', { stage, foundation, storage, queues, fetching });
    const deletion = new ExpiredCaseDeletion(this, 'ExpiredCaseDeletion', { foundation, storage });
    new OpenQuarantineCounter(this, 'OpenQuarantineCounter', { stage, foundation, storage });

    const functions = this.node.findAll().filter((each) => each instanceof NodeFunction);
    // The stage is a dimension of each metric.
    for (const each of functions) each.addEnvironment('STAGE', stage.name);
    const streamReaders = [relay.function, deletion.function];
    const { topic } = new Monitoring(this, 'Monitoring', {
      stage,
      key,
      resources: { api, storage, queues, fetching, functions, streamReaders },
    });

    const outputs = {
      WebhooksUrl: `${api.url}webhooks/`,
      EventsQueueUrl: queues.events.queueUrl,
      EventsQueueArn: queues.events.queueArn,
      EventsDeadLetterQueueUrl: queues.eventsDeadLetters.queueUrl,
      EventsDeadLetterQueueArn: queues.eventsDeadLetters.queueArn,
      ...Object.fromEntries(fetching.flatMap(jobOutputs)),
      EvidenceBucketName: storage.evidence.bucketName,
      VerificationsTableName: storage.verifications.tableName,
      HistoryTableName: storage.history.tableName,
      SessionsTableName: storage.sessions.tableName,
      AlarmTopicArn: topic.topicArn,
      EncryptionKeyArn: key.keyArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}

function jobOutputs({ provider, queues }: EvidenceFetcher): [name: string, value: string][] {
  const { queueUrl, deadLetterQueueUrl } = buildEvidenceJobOutputNames(provider);
  return [
    [queueUrl, queues.jobs.queueUrl],
    [deadLetterQueueUrl, queues.deadLetters.queueUrl],
  ];
}
