import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { EvidenceJob } from '../contract/evidence-job.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import { IdvError } from '../platform/errors.ts';
import { createDeadline, type Deadline } from './archive/deadline.ts';
import { endedJobStep, type FetcherDependencies, type JobTry, type NextJobStep } from './job/job-work.ts';
import { computeDelayAfterInternalError } from './job/retry.ts';
import { tryJob } from './try-job.ts';

/** The last 10 seconds of the function's time. They are reserved for recording the result of a try. */
const marginMs = 10_000;

/** Creates the Lambda handler of the queue `evidence-jobs-{provider}`. */
export function fetchEvidence(dependencies: FetcherDependencies) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const leftMs = Math.max(context.getRemainingTimeInMillis() - marginMs, 1000);
    const processRecord = (record: SQSRecord) => processMessage(record, dependencies, createDeadline(leftMs));
    try {
      return await processPartialResponse(event, processRecord, processor, {
        context,
        // Throw no exception if every job of a batch must be tried again, because the function itself has not failed.
        throwOnFullBatchFailure: false,
      });
    } finally {
      dependencies.telemetry.flush();
    }
  };
}

/** This error keeps the message of a job on the queue, so that the job is tried again. */
class RetryLater extends IdvError {
  override readonly name = 'RetryLater';
}

/** Processes one message of the queue. @throws RetryLater if the message must stay on the queue */
async function processMessage(
  record: SQSRecord,
  dependencies: FetcherDependencies,
  deadline: Deadline,
): Promise<void> {
  const { provider } = dependencies;
  const job = parseJob(record.body);
  const next =
    job === null || !isJobOf(provider, job)
      ? await refuseMessage(record, dependencies)
      : await waitOrTry({ job, record, deadline }, dependencies);
  if (next.kind === 'ended') return;
  await hideMessage(record, next.delaySeconds, dependencies);
  throw new RetryLater(`tried again in ${next.delaySeconds} s`);
}

async function waitOrTry(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const delaySeconds = secondsUntilStart(work.job, dependencies.now());
  return delaySeconds > 0 ? { kind: 'retry', delaySeconds } : tryJob(work, dependencies);
}

/**
 * Checks whether this fetcher can do the job. Its IAM role has no access to verifications and evidence of other
 * providers.
 */
function isJobOf(provider: ProviderName, job: EvidenceJob): boolean {
  return job.provider === provider && job.verificationId.startsWith(`${provider}:`);
}

/**
 * Hides a message until its next try. If the call to SQS fails, it is repeated once, because a message that is not hidden
 * comes back only after the queue's visibility time-out.
 */
async function hideMessage(
  { receiptHandle, messageId }: SQSRecord,
  seconds: number,
  dependencies: FetcherDependencies,
) {
  const { queue, telemetry } = dependencies;
  try {
    await queue.retryIn(receiptHandle, seconds).catch(() => queue.retryIn(receiptHandle, seconds));
  } catch (error) {
    telemetry.error('job not hidden: it comes back after the visibility time-out', error, { messageId });
    telemetry.count('JobFaults');
  }
}

async function refuseMessage(record: SQSRecord, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { provider, queue, telemetry } = dependencies;
  const { messageId } = record;
  telemetry.warn(`message is not an evidence job of ${provider}`, { messageId });
  telemetry.count('ForeignJobs');
  try {
    await queue.deadLetter(record.body, 'invalid');
    return endedJobStep;
  } catch (error) {
    telemetry.error('message cannot be sent to the dead letters', error, { messageId });
    const tries = Number(record.attributes.ApproximateReceiveCount);
    return { kind: 'retry', delaySeconds: computeDelayAfterInternalError(tries) };
  }
}

function secondsUntilStart({ notBefore }: EvidenceJob, now: Date): number {
  return notBefore === null ? 0 : Math.ceil((Date.parse(notBefore) - now.getTime()) / 1000);
}

function parseJob(body: string): EvidenceJob | null {
  try {
    return EvidenceJob.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
