import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { planRetry } from '../../shared/evidence/job/retry.ts';
import { graceAfterDeadlineSeconds } from '../../shared/evidence/try-job.ts';
import { EvidenceError, type FailureKind } from '../../shared/provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../shared/provider-api/evidence-tools.ts';
import { createDynamoSessionStore } from '../../shared/provider-api/sessions/dynamo-session-store.ts';
import { createDatakeenEvidenceAdapter } from '../../shared/providers/datakeen/evidence.ts';
import { createId360EvidenceAdapter } from '../../shared/providers/id360/evidence.ts';
import { createIdnowEvidenceAdapter } from '../../shared/providers/idnow/evidence.ts';
import { synthesizeForTest } from './synthesized.ts';

const day = 24 * 3600;
const noStore = async () => {
  throw new Error('no session is needed');
};
const tools: ProviderApiDependencies = {
  secret: () => ({ current: noStore, refreshed: noStore }),
  sessions: createDynamoSessionStore(new DynamoDBClient({ region: 'eu-west-1' }), 'Sessions', Date.now),
  owner: 'a test',
  wait: noStore,
  now: Date.now,
};
const settings = {
  IDNOW_API_URL: 'https://idnow.test',
  IDNOW_API_SECRET_ID: 'x',
  IDNOW_UNPACK_ZIP: 'false',
  IDNOW_ARCHIVE_ENDED: 'false',
  IDNOW_SIGNING_KEYS: '[]',
  ID360_API_URL: 'https://id360.test',
  ID360_API_SECRET_ID: 'x',
  ID360_IDCLAIM_PATH: '',
  ID360_PDF_PATH: '',
  DATAKEEN_API_URL: 'https://datakeen.test',
  DATAKEEN_API_SECRET_ID: 'x',
  DATAKEEN_AUTHORIZATION_SCHEME: 'Basic',
  DATAKEEN_NEW_STATUS_FROM: '"no-url"',
};
const sources = [createIdnowEvidenceAdapter, createId360EvidenceAdapter, createDatakeenEvidenceAdapter].map(
  (source) => source(settings, tools),
);
/** The longest life of a job: the longest deadline of a provider, plus one day in which a failed end is repeated. */
const longestLifeSeconds =
  Math.max(...sources.map(({ deadlineSeconds }) => deadlineSeconds)) + graceAfterDeadlineSeconds;

const JobQueue = z.object({
  Properties: z.object({
    RedrivePolicy: z.object({ maxReceiveCount: z.number() }),
    VisibilityTimeout: z.number(),
    MessageRetentionPeriod: z.number(),
  }),
});
const queues = Object.values(synthesizeForTest().template.findResources('AWS::SQS::Queue'))
  .filter((queue) => /evidence-jobs[\w-]*"/.test(JSON.stringify(queue.Properties.QueueName)))
  .flatMap((queue) => JobQueue.safeParse(queue).data?.Properties ?? []);

/**
 * Returns how often a fetcher receives a job that fails at every try, until the fetcher gives it up. The count assumes
 * that a try takes no time.
 */
function receivesOf(kind: FailureKind): number {
  let ageSeconds = 0;
  for (let tries = 1; ; tries++) {
    const progress = { tries, ageSeconds, deadlineSeconds: longestLifeSeconds };
    const plan = planRetry(new EvidenceError(kind, 'x'), progress);
    if (plan.kind === 'give-up') return tries;
    ageSeconds += plan.delaySeconds;
  }
}
const regularReceives = Math.max(...(['not_ready', 'transient', 'unauthorized'] as const).map(receivesOf));

test('the template of the stack has queues of evidence jobs', () => {
  expect(queues.length).toBeGreaterThan(0);
});

describe.each(queues)('maxReceiveCount of a queue of evidence jobs', (queue) => {
  const { maxReceiveCount } = queue.RedrivePolicy;

  test('a job that fails at every try is given up before SQS has delivered it maxReceiveCount times', () => {
    expect(regularReceives).toBeLessThan(maxReceiveCount);
  });

  test('a job that crashes the fetcher at every try becomes a dead letter before its retention period ends', () => {
    expect(maxReceiveCount * queue.VisibilityTimeout).toBeLessThan(queue.MessageRetentionPeriod - day);
  });

  test('a job that fails at all tries and then crashes the fetcher becomes a dead letter before its retention ends', () => {
    const left = maxReceiveCount - regularReceives;
    expect(longestLifeSeconds + left * queue.VisibilityTimeout).toBeLessThan(queue.MessageRetentionPeriod);
  });
});
