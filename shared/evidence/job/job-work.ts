import type { SQSRecord } from 'aws-lambda';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { EvidenceSource } from '../../contract/evidence-source.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import type { VerificationStore } from '../../verifications/verification-store.ts';
import type { Deadline } from '../archive/deadline.ts';
import type { EvidenceStore } from '../archive/evidence-store.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobProgress } from './retry.ts';

export interface FetchingDependencies {
  /** The provider that this fetcher serves. */
  readonly provider: ProviderName;
  readonly source: EvidenceSource;
  readonly store: EvidenceStore;
  readonly verifications: VerificationStore;
  readonly queue: JobQueue;
  readonly telemetry: Telemetry;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** One try of a job: the job, its message, and the time that the try has. */
export interface JobWork {
  readonly job: EvidenceJob;
  readonly record: SQSRecord;
  readonly deadline: Deadline;
}

export function progressOf({ job, record }: JobWork, { now, source }: FetchingDependencies): JobProgress {
  return {
    tries: Number(record.attributes.ApproximateReceiveCount),
    ageSeconds: (now().getTime() - Date.parse(job.requestedAt)) / 1000,
    deadlineSeconds: source.deadlineSeconds,
  };
}

/** What follows after a try: the job has ended and leaves the queue, or it stays there and is tried again. */
export type NextStep = { readonly kind: 'ended' } | { readonly kind: 'retry'; readonly delaySeconds: number };

export const ended: NextStep = { kind: 'ended' };
