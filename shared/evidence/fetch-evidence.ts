import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { noFindings } from '../contract/identity.ts';
import type { ProviderName } from '../contract/transition.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import type { EvidenceSource, FetchedEvidence } from '../providers/evidence-source.ts';
import { type Collected, collectEvidence, type JobDependencies } from './collect-evidence.ts';
import { commitEvidence } from './commit-evidence.ts';
import { type Deadline, deadlineIn } from './deadline.ts';
import { recordGivenUp } from './give-up.ts';
import type { JobQueue } from './job-queue.ts';
import { planJob } from './plan-job.ts';
import { reportReasons, reportVerdict } from './report-fetched.ts';
import type { Progress } from './retry.ts';

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
    const leftMs = Math.max(context.getRemainingTimeInMillis() - marginMs, 1000);
    const work = (record: SQSRecord) => workOn(record, dependencies, deadlineIn(leftMs));
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
  deadline: Deadline,
): Promise<void> {
  const { queue, telemetry } = dependencies;
  const job = parseJob(record.body);
  if (job === null) {
    telemetry.warn('message is not an evidence job', { messageId: record.messageId });
    return queue.deadLetter(record.body, 'invalid');
  }
  const fields = { verificationId: job.verificationId, sequence: job.sequence };
  const collected = await tryToCollect(job, dependencies, deadline);
  if (collected === null) return telemetry.info('evidence archived before', fields);

  const { failures, verdict } = collected;
  if (verdict !== null) reportVerdict(verdict, fields, telemetry);
  const plan = planJob(failures, progressOf(job, record, dependencies));
  for (const { name, error } of failures) telemetry.warn('artifact not fetched', { ...fields, name }, error);
  switch (plan.kind) {
    case 'commit':
      await commitEvidence(job, collected, dependencies);
      telemetry.info('evidence archived', { ...fields, missing: failures.length });
      reportReasons(collected.fetched, telemetry);
      return telemetry.count('EvidenceArchived');
    case 'retry':
      telemetry.warn(
        'evidence not fetched yet',
        { ...fields, retryInSeconds: plan.delaySeconds },
        failures[0]?.error,
      );
      telemetry.count('EvidenceRetries');
      await queue.retryIn(record.receiptHandle, plan.delaySeconds);
      throw new RetryLater(`tried again in ${plan.delaySeconds} s`);
    case 'give-up':
      telemetry.error('evidence given up', failures[0]?.error, { ...fields, reason: plan.reason });
      telemetry.count('EvidenceFailed');
      // A case that the provider does not know: somebody may have made it up.
      if (plan.reason === 'not_found') telemetry.count('EvidenceNotFound');
      await recordGivenUp(job, plan.reason, collected, dependencies);
      return queue.deadLetter(record.body, plan.reason);
  }
}

const nothing: FetchedEvidence = {
  artifacts: [],
  reference: null,
  findings: async () => noFindings,
  transition: null,
};

/** Where not even the list of artifacts could be had, that is the failure of something required. */
async function tryToCollect(
  job: EvidenceJob,
  dependencies: FetchingDependencies,
  deadline: Deadline,
): Promise<Collected | null> {
  try {
    return await collectEvidence(job, sourceOf(job, dependencies), dependencies, deadline);
  } catch (error) {
    return {
      fetched: nothing,
      verdict: null,
      artifacts: [],
      failures: [{ name: null, required: true, error }],
    };
  }
}

function progressOf(job: EvidenceJob, record: SQSRecord, { now, sources }: FetchingDependencies): Progress {
  return {
    tries: Number(record.attributes.ApproximateReceiveCount),
    ageSeconds: (now().getTime() - Date.parse(job.requestedAt)) / 1000,
    deadlineSeconds: sources[job.provider]?.deadlineSeconds ?? 0,
  };
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
