import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { archiveEvidence } from './archive-evidence.ts';
import { compareEvidence } from './compare-evidence.ts';
import { type Deadline, deadlineIn } from './deadline.ts';
import { type FetchingDependencies, retryLater } from './job-work.ts';

/** Left of the function's time to say what has become of a job. */
const marginMs = 10_000;

const work = { archive: archiveEvidence, compare: compareEvidence } as const;

/** The Lambda handler of the queue `evidence-jobs`. */
export function fetchEvidence(dependencies: FetchingDependencies) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const leftMs = Math.max(context.getRemainingTimeInMillis() - marginMs, 1000);
    const workOnIt = (record: SQSRecord) => workOn(record, dependencies, deadlineIn(leftMs));
    try {
      return await processPartialResponse(event, workOnIt, processor, {
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
  const job = parseJob(record.body);
  if (job !== null) {
    const waitSeconds = secondsToWait(job, dependencies.now());
    if (waitSeconds > 0) return retryLater({ job, record, deadline }, waitSeconds, dependencies);
    return work[job.purpose]({ job, record, deadline }, dependencies);
  }
  dependencies.telemetry.warn('message is not an evidence job', { messageId: record.messageId });
  await dependencies.queue.deadLetter(record.body, 'invalid');
}

function secondsToWait({ notBefore }: EvidenceJob, now: Date): number {
  return notBefore === null ? 0 : Math.ceil((Date.parse(notBefore) - now.getTime()) / 1000);
}

function parseJob(body: string): EvidenceJob | null {
  try {
    return EvidenceJob.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
