import type { SQSRecord } from 'aws-lambda';
import type { CaseLookup, EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import type { VerificationStore } from '../../verifications/verification-store.ts';
import type { Deadline } from '../archive/deadline.ts';
import type { EvidenceStore } from '../archive/evidence-store.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobTriesAndAge } from './retry.ts';

export interface FetcherDependencies {
  /** The provider whose jobs this fetcher runs. */
  readonly provider: ProviderName;
  /** The provider's code. An import has no code that looks up cases. */
  readonly source: EvidenceAdapter & Partial<CaseLookup>;
  readonly store: EvidenceStore;
  readonly verifications: VerificationStore;
  readonly queue: JobQueue;
  readonly telemetry: Telemetry;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** One try of a job: the job, its SQS message, and the deadline of the try. */
export interface JobTry {
  readonly job: EvidenceJob;
  readonly record: SQSRecord;
  readonly deadline: Deadline;
}

export function computeJobTriesAndAge(
  { job, record }: JobTry,
  { now, source }: FetcherDependencies,
): JobTriesAndAge {
  return {
    tries: Number(record.attributes.ApproximateReceiveCount),
    ageSeconds: (now().getTime() - Date.parse(job.requestedAt)) / 1000,
    deadlineSeconds: source.deadlineSeconds,
  };
}

/**
 * The next step after a try. `ended`: the job has ended, and its message leaves the queue. `retry`: the message stays on
 * the queue, and the job is tried again.
 */
export type NextJobStep =
  | { readonly kind: 'ended' }
  | { readonly kind: 'retry'; readonly delaySeconds: number };

export const endedJobStep: NextJobStep = { kind: 'ended' };
