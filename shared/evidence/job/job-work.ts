import type { SQSRecord } from 'aws-lambda';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { EvidenceSource } from '../../contract/evidence-source.ts';
import type { ProviderName } from '../../contract/transition.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import type { Deadline } from '../archive/deadline.ts';
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

/** What becomes of a job after a try: it leaves the queue, or stays there and is tried again. */
export type TryResult =
  | { readonly kind: 'ended' }
  | { readonly kind: 'retry'; readonly delaySeconds: number };

export const ended: TryResult = { kind: 'ended' };
