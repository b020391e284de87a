import { EvidenceError, type FailureKind } from '../providers/evidence-error.ts';
import { beginComparison } from '../verifications/begin-comparison.ts';
import { comparisonSeconds } from '../verifications/note-of.ts';
import type { Verification } from '../verifications/verification.ts';
import { folderOf } from './folder.ts';
import { type FetchingDependencies, type JobWork, progressOf, retryLater, sourceOf } from './job-work.ts';
import { readArchived } from './read-archived.ts';
import { recordFetched } from './record-fetched.ts';
import { planRetry } from './retry.ts';

/**
 * Does a try of a job that compares: where the provider has something else by now than what was archived last, a
 * transition is recorded that has it archived anew. Of all else nobody is told but the logs: no word asked for it.
 */
export async function compareEvidence(work: JobWork, dependencies: FetchingDependencies): Promise<void> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId };
  try {
    const found = await compare(work, dependencies);
    return telemetry.info(`evidence compared: ${found}`, fields);
  } catch (error) {
    const progress = { ...progressOf(work, dependencies), deadlineSeconds: comparisonSeconds };
    const plan = planRetry(error, progress);
    if (plan.kind === 'retry') {
      telemetry.warn('evidence not compared yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      return retryLater(work, plan.delaySeconds, dependencies);
    }
    telemetry.warn('evidence not compared', { ...fields, reason: plan.reason }, error);
    if (!endsQuietly(plan.reason)) await queue.deadLetter(record.body, plan.reason);
  }
}

/** What the provider no longer has is archived already, and what is not ready will be fetched by another job. */
function endsQuietly(reason: FailureKind): boolean {
  return reason === 'not_found' || reason === 'gone' || reason === 'not_ready';
}

type Comparison = 'it has changed' | 'it is the same' | 'there is none';

/** @throws EvidenceError `not_ready` as long as a fetch may be under way: it may bring what there was before */
async function compare({ job, deadline }: JobWork, dependencies: FetchingDependencies): Promise<Comparison> {
  const { archive, verifications, newId } = dependencies;
  const source = sourceOf(job, dependencies);
  const known = await verifications.read(job.verificationId);
  const sequence = known && lastArchived(known);
  if (known === null || sequence === null || source.compare === undefined) return 'there is none';
  await beginComparison(verifications, known, newId());

  const archived = (name: string) => readArchived(archive, `${folderOf({ ...job, sequence })}/${name}`);
  const transition = await source.compare({ ...job, sequence }, archived, deadline.signal);
  if (transition === null) return 'it is the same';
  await recordFetched(transition, dependencies);
  return 'it has changed';
}

/** The highest sequence of which the evidence is in the archive; null where none came. */
function lastArchived({ evidence }: Verification): number | null {
  const all = Object.entries(evidence);
  if (all.some(([, how]) => how === 'pending')) {
    throw new EvidenceError('not_ready', 'evidence that was asked for has not come yet');
  }
  const archived = all.filter(([, how]) => how === 'archived').map(([sequence]) => Number(sequence));
  return archived.length > 0 ? Math.max(...archived) : null;
}
