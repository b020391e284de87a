import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { EvidenceJob } from '../contract/evidence-job.ts';
import type { ProviderName } from '../contract/transition.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import type { EvidenceSource } from '../providers/evidence-source.ts';
import type { Archived } from './archive-artifacts.ts';
import { recordGivenUp } from './give-up.ts';
import type { JobQueue } from './job-queue.ts';
import { planRetry, type RetryPlan } from './retry.ts';
import { type JobDependencies, runJob } from './run-job.ts';

export interface FetchingDependencies extends JobDependencies {
  readonly sources: Readonly<Partial<Record<ProviderName, EvidenceSource>>>;
  readonly queue: JobQueue;
  readonly telemetry: Telemetry;
}

/** Left of the function's time to say what has become of a job. */
const marginMs = 10_000;

/** Leaves the message on the queue; its visibility has been set by then. */
class RetryLater extends IdvError {
  override readonly name = 'RetryLater';
}

/** The Lambda handler of the queue `evidence-jobs`. */
export function fetchEvidence(dependencies: FetchingDependencies) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const deadline = Math.max(context.getRemainingTimeInMillis() - marginMs, 1000);
    const work = (record: SQSRecord) => workOn(record, dependencies, AbortSignal.timeout(deadline));
    try {
      return await processPartialResponse(event, work, processor, {
        context,
        // A batch of which every job is to be tried later is nothing out of the ordinary.
        throwOnFullBatchFailure: false,
      });
    } finally {
      dependencies.telemetry.flush();
    }
  };
}

async function workOn(
  record: SQSRecord,
  dependencies: FetchingDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { queue, telemetry } = dependencies;
  const job = parseJob(record.body);
  if (job === null) {
    telemetry.warn('message is not an evidence job', { messageId: record.messageId });
    return queue.deadLetter(record.body, 'invalid');
  }
  const { archived, errors } = await tryJob(job, dependencies, signal);
  const fields = { verificationId: job.verificationId, sequence: job.sequence };
  if (errors.length === 0) {
    telemetry.info('evidence archived', fields);
    return telemetry.count('EvidenceArchived');
  }

  const plan = planAll(errors, record, job, dependencies);
  if (plan.kind === 'retry') {
    telemetry.error('evidence not fetched yet', errors[0], { ...fields, retryInSeconds: plan.delaySeconds });
    telemetry.count('EvidenceRetries');
    await queue.retryIn(record.receiptHandle, plan.delaySeconds);
    throw new RetryLater(`tried again in ${plan.delaySeconds} s`);
  }
  telemetry.error('evidence given up', errors[0], { ...fields, reason: plan.reason });
  telemetry.count('EvidenceFailed');
  await recordGivenUp(job, plan.reason, archived, dependencies);
  await queue.deadLetter(record.body, plan.reason);
}

async function tryJob(job: EvidenceJob, dependencies: FetchingDependencies, signal: AbortSignal) {
  const none: Archived = { artifacts: [], failures: [] };
  try {
    const archived = await runJob(job, sourceOf(job, dependencies), dependencies, signal);
    return { archived, errors: archived.failures.map(({ error }) => error) };
  } catch (error) {
    return { archived: none, errors: [error] };
  }
}

/** As long as one of several failures may pass, the job is tried again. */
function planAll(
  errors: readonly unknown[],
  record: SQSRecord,
  job: EvidenceJob,
  { now, sources }: FetchingDependencies,
): RetryPlan {
  const progress = {
    tries: Number(record.attributes.ApproximateReceiveCount),
    ageSeconds: (now().getTime() - Date.parse(job.requestedAt)) / 1000,
    deadlineSeconds: sources[job.provider]?.deadlineSeconds ?? 0,
  };
  const plans = errors.map((error) => planRetry(error, progress));
  return plans.find(({ kind }) => kind === 'retry') ?? plans[0] ?? { kind: 'give-up', reason: 'invalid' };
}

function sourceOf({ provider }: EvidenceJob, { sources }: FetchingDependencies): EvidenceSource {
  const source = sources[provider];
  if (source === undefined) throw new EvidenceError('invalid', `no evidence source for ${provider}`);
  return source;
}

function parseJob(body: string): EvidenceJob | null {
  try {
    return EvidenceJob.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
