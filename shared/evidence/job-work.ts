import type { SQSRecord } from 'aws-lambda';
import type { EvidenceJob } from '../contract/evidence-job.ts';
import type { ProviderName } from '../contract/transition.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { EvidenceSource } from '../providers/evidence-source.ts';
import type { Deadline } from './deadline.ts';
import type { JobDependencies } from './job-dependencies.ts';
import type { JobQueue } from './job-queue.ts';
import type { Progress } from './retry.ts';

export interface FetchingDependencies extends JobDependencies {
  /** The provider that this fetcher serves. */
  readonly provider: ProviderName;
  readonly source: EvidenceSource;
  readonly queue: JobQueue;
  readonly telemetry: Telemetry;
}

/** A job, and the message that it came in. */
export interface JobWork {
  readonly job: EvidenceJob;
  readonly record: SQSRecord;
  readonly deadline: Deadline;
}

export function progressOf({ job, record }: JobWork, { now, source }: FetchingDependencies): Progress {
  return {
    tries: Number(record.attributes.ApproximateReceiveCount),
    ageSeconds: (now().getTime() - Date.parse(job.requestedAt)) / 1000,
    deadlineSeconds: source.deadlineSeconds,
  };
}

/** Leaves the message on the queue; its visibility has been set by then. */
class RetryLater extends IdvError {
  override readonly name = 'RetryLater';
}

/** @throws RetryLater, always */
export async function retryLater(
  { record }: JobWork,
  seconds: number,
  { queue }: FetchingDependencies,
): Promise<never> {
  await queue.retryIn(record.receiptHandle, seconds);
  throw new RetryLater(`tried again in ${seconds} s`);
}
