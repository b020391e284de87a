import { buildEvidenceJobOutputNames } from '../infra/evidence-job-outputs.ts';
import type { StartedProviders } from './providers/start-providers.ts';
import type { LocalStack } from './stack/local-stack.ts';

/** Builds the answer to `GET /_local`: the URLs, credentials, queues, tables and configuration of this local stack. */
export function describeLocalStack(stack: LocalStack, providers: StartedProviders) {
  const { url, region, endpoints, outputs } = stack;
  const { accessKeyId, secretAccessKey } = stack.credentials;
  const named = Object.entries(providers);
  return {
    ready: true,
    region,
    endpoints,
    credentials: { accessKeyId, secretAccessKey },
    webhooks: Object.fromEntries(named.map(([name]) => [name, `${url}/webhooks/${name}`])),
    webhookPaths: Object.fromEntries(named.map(([name]) => [name, pathsOf(name, stack.routes)])),
    config: Object.fromEntries(named.map(([name, { config }]) => [name, config])),
    simulators: Object.fromEntries(
      named.flatMap(([name, { simulator }]) => (simulator === null ? [] : [[name, simulator.url]])),
    ),
    resources: {
      eventsQueueUrl: outputs.EventsQueueUrl,
      eventsDeadLetterQueueUrl: outputs.EventsDeadLetterQueueUrl,
      evidenceJobs: Object.fromEntries(named.map(([name]) => [name, evidenceJobsOf(name, outputs)])),
      evidenceBucket: outputs.EvidenceBucketName,
      verificationsTable: outputs.VerificationsTableName,
      historyTable: outputs.HistoryTableName,
      sessionsTable: outputs.SessionsTableName,
    },
  };
}

/**
 * Returns all webhook paths of a provider, as in the CloudFormation template. A path for signed URLs contains
 * `{reference}/{signature}`.
 */
function pathsOf(provider: string, routes: readonly string[]): string[] {
  const path = `/webhooks/${provider}`;
  return routes.filter((route) => route === path || route.startsWith(`${path}/`));
}

/** Returns the URLs of a provider's job queue and of its dead-letter queue. */
function evidenceJobsOf(provider: string, outputs: LocalStack['outputs']) {
  const { queueUrl, deadLetterQueueUrl } = buildEvidenceJobOutputNames(provider);
  return { queueUrl: outputs[queueUrl], deadLetterQueueUrl: outputs[deadLetterQueueUrl] };
}
