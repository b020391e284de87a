import { type App, Stack, Tags } from 'aws-cdk-lib';
import { capitalizeProviderName } from './capitalized.ts';
import { EventRelay } from './event-relay.ts';
import { buildEvidenceJobOutputNames } from './evidence-job-outputs.ts';
import { ExpiredCaseDeletion } from './expired-case-deletion.ts';
import { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { OpenQuarantineCounter } from './monitoring/open-quarantine-counter.ts';
import { ProviderResources } from './provider-resources.ts';
import { EventQueues } from './queues.ts';
import { buildStackName } from './stack-name.ts';
import { addOutputs, listLogGroupNames } from './stack-outputs.ts';
import type { Stage } from './stage.ts';
import { TablesAndBucket } from './storage.ts';
import { WebhookApi } from './webhook-api.ts';

/**
 * The whole system. Only this stack defines functions, tables, queues, routes, filters and time-outs. The local stack
 * reads the synthesized template.
 */
export class IdvWebhooksStack extends Stack {
  constructor(app: App, stage: Stage) {
    super(app, buildStackName(stage.name), {
      description: 'Webhooks of identity-verification providers: ordered events and archived evidence',
      // The CDK command line refuses to deploy with the credentials of another account.
      env: {
        ...(stage.account === undefined ? {} : { account: stage.account }),
        ...(stage.region === undefined ? {} : { region: stage.region }),
      },
      // Nobody deletes a live stack by mistake.
      terminationProtection: stage.live,
    });
    Tags.of(this).add('application', 'idv-webhooks');

    const foundation = new Foundation(this, 'Foundation', { stage });
    const { key } = foundation;
    const storage = new TablesAndBucket(this, 'Storage', { stage, foundation });
    const queues = new EventQueues(this, 'Queues', { key });
    const api = new WebhookApi(this, 'Api', { stage, foundation });
    const resources = stage.providers.map((provider) => {
      const props = { stage, foundation, provider, storage, api };
      return new ProviderResources(this, capitalizeProviderName(provider.name), props);
    });
    const fetching = resources.map((each) => each.fetching);
    const relay = new EventRelay(this, 'EventRelay', { stage, foundation, storage, queues, fetching });
    const deletion = new ExpiredCaseDeletion(this, 'ExpiredCaseDeletion', { foundation, storage });
    new OpenQuarantineCounter(this, 'OpenQuarantineCounter', { stage, foundation, storage });

    const functions = this.node.findAll().filter((each) => each instanceof NodeFunction);
    // The stage is a dimension of each metric.
    for (const each of functions) each.addEnvironment('STAGE', stage.name);
    const streamReaders = [relay.function, deletion.function];
    const { topic, dashboardName } = new Monitoring(this, 'Monitoring', {
      stage,
      key,
      resources: { api, storage, queues, fetching, functions, streamReaders },
    });

    addOutputs(this, {
      WebhooksUrl: `${api.url}webhooks/`,
      WebhooksDomainTarget: api.domainTarget,
      EventsQueueUrl: queues.events.queueUrl,
      EventsQueueArn: queues.events.queueArn,
      EventsDeadLetterQueueUrl: queues.eventsDeadLetters.queueUrl,
      EventsDeadLetterQueueArn: queues.eventsDeadLetters.queueArn,
      ...Object.fromEntries(resources.flatMap((each) => outputsOfProvider(each, api))),
      EvidenceBucketName: storage.evidence.bucketName,
      VerificationsTableName: storage.verifications.tableName,
      HistoryTableName: storage.history.tableName,
      SessionsTableName: storage.sessions.tableName,
      AlarmTopicArn: topic.topicArn,
      DashboardName: dashboardName,
      EncryptionKeyArn: key.keyArn,
      AccessLogGroupName: api.accessLogs?.logGroupName,
      ...listLogGroupNames(this),
    });
  }
}

function outputsOfProvider(
  { fetching, webhookSecret, apiSecret }: ProviderResources,
  api: WebhookApi,
): [name: string, value: string][] {
  const { provider, queues } = fetching;
  const { queueUrl, deadLetterQueueUrl } = buildEvidenceJobOutputNames(provider);
  const prefix = capitalizeProviderName(provider);
  return [
    [`${prefix}WebhooksUrl`, `${api.url}webhooks/${provider}`],
    [`${prefix}WebhookSecretName`, webhookSecret],
    [`${prefix}ApiSecretName`, apiSecret],
    [queueUrl, queues.jobs.queueUrl],
    [deadLetterQueueUrl, queues.deadLetters.queueUrl],
  ];
}
