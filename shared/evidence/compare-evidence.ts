import { noFindings } from '../contract/identity.ts';
import { instant } from '../contract/instant.ts';
import { EvidenceError } from '../providers/evidence-error.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { Verification } from '../verifications/verification.ts';
import { folderOf } from './folder.ts';
import { type FetchingDependencies, type JobWork, progressOf, retryLater, sourceOf } from './job-work.ts';
import { readArchived } from './read-archived.ts';
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
    const plan = planRetry(error, progressOf(work, dependencies));
    if (plan.kind === 'retry') {
      telemetry.warn('evidence not compared yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      return retryLater(work, plan.delaySeconds, dependencies);
    }
    telemetry.warn('evidence not compared', { ...fields, reason: plan.reason }, error);
    // What the provider no longer has is archived already.
    if (!isNoLonger(plan.reason)) await queue.deadLetter(record.body, plan.reason);
  }
}

const isNoLonger = (reason: string) => reason === 'not_found' || reason === 'gone';

type Comparison = 'it has changed' | 'it is the same' | 'there is none';

/** @throws EvidenceError `not_ready` as long as nothing has been archived that it could be compared with */
async function compare({ job, deadline }: JobWork, dependencies: FetchingDependencies): Promise<Comparison> {
  const { archive, verifications, now, newId } = dependencies;
  const source = sourceOf(job, dependencies);
  const sequence = lastArchived(await verifications.read(job.verificationId));
  if (sequence === null || source.compare === undefined) return 'there is none';

  const archived = (name: string) => readArchived(archive, `${folderOf({ ...job, sequence })}/${name}`);
  const transition = await source.compare({ ...job, sequence }, archived, deadline.signal);
  if (transition === null) return 'it is the same';
  await recordTransition(verifications, {
    transition,
    findings: { kind: 'inline', findings: noFindings },
    receivedAt: instant(now()),
    writeId: newId(),
    delivery: null,
  });
  return 'it has changed';
}

/** The highest sequence of which the evidence is in the archive; null where none came, or the verification is gone. */
function lastArchived(known: Verification | null): number | null {
  const ended = Object.entries(known?.evidence ?? {});
  if (known !== null && ended.length === 0) {
    throw new EvidenceError('not_ready', 'nothing has been archived yet');
  }
  const archived = ended.filter(([, how]) => how === 'archived').map(([sequence]) => Number(sequence));
  return archived.length > 0 ? Math.max(...archived) : null;
}
