import type { Hint, Statement, Transition } from '../../contract/transition.ts';
import type { Verification } from '../../verifications/verification.ts';
import { getFailureKind } from '../archive/collected.ts';
import {
  computeJobTriesAndAge,
  endedJobStep,
  type FetcherDependencies,
  type JobTry,
  type NextJobStep,
} from '../job/job-work.ts';
import { recordTransitionOfJob } from '../job/record-for-job.ts';
import { planRetry } from '../job/retry.ts';
import { makeOverdueTransition } from './make-overdue-transition.ts';
import { weighAnswer } from './weigh-answer.ts';

/** The age at which a lookup that fails is given up, in seconds. The schedule requests the next one. */
const lookupDeadlineSeconds = 6 * 3600;

/**
 * The time after the evidence deadline of a provider for which a case still waits for its evidence job, in seconds. After
 * that, the job must be lost, and the case is looked up like one without a job.
 */
const lostJobSeconds = 24 * 3600;

/**
 * Runs one try of a job with the purpose `lookup`: asks the provider about an open case, and records the answer like the
 * webhook that was lost. If the last lookup of a case brings nothing new, the case is overdue (see `weighAnswer`). A
 * lookup that is given up changes nothing, because only an answer can tell that a case is overdue.
 */
export async function lookUpCase(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { telemetry } = dependencies;
  try {
    await lookUp(work, dependencies);
    return endedJobStep;
  } catch (error) {
    const progress = computeJobTriesAndAge(work, dependencies);
    const plan = planRetry(error, { ...progress, deadlineSeconds: lookupDeadlineSeconds });
    const fields = { verificationId: work.job.verificationId, kind: getFailureKind(error) };
    if (plan.kind === 'retry') {
      telemetry.warn('case not looked up yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      return plan;
    }
    telemetry.error('case not looked up', error, fields);
    telemetry.count('LookupsFailed');
    return endedJobStep;
  }
}

/** @throws EvidenceError if the provider cannot be asked; an error of AWS if the answer cannot be recorded */
async function lookUp({ job, deadline }: JobTry, dependencies: FetcherDependencies): Promise<void> {
  const { source, verifications, telemetry } = dependencies;
  const { verificationId } = job;
  const known = await verifications.read(verificationId);
  if (known?.generation !== job.generation || !isWaitingForProvider(known, dependencies)) return;

  const answer = (await source.lookUp?.(job, deadline.signal)) ?? null;
  // An event that arrived after the request of the job begins the silence again.
  const isLast = job.isLastLookup === true && known.sequence === job.sequence;
  const weight = weighAnswer(known, answer, isLast);
  const providerStatus = answer?.providerStatus ?? null;
  telemetry.info(`case looked up: ${weight}`, { verificationId, providerStatus });
  if (weight === 'news' && answer !== null) await record(answer, 'LostWebhooksFound');
  if (weight === 'overdue') await record(makeOverdueTransition(known), 'CasesOverdue');

  async function record(
    transition: Transition<Hint | Statement>,
    metric: 'LostWebhooksFound' | 'CasesOverdue',
  ) {
    const recorded = await recordTransitionOfJob(transition, job, dependencies);
    if (recorded.kind === 'accepted') telemetry.count(metric);
  }
}

/** Checks whether the provider's word is missing: the case is open, and no job of ours is still working on it. */
function isWaitingForProvider(
  { ordering, evidence, receivedAt }: Verification,
  { source, now }: FetcherDependencies,
): boolean {
  const ageSeconds = (now().getTime() - Date.parse(receivedAt)) / 1000;
  const isJobLost = ageSeconds > source.deadlineSeconds + lostJobSeconds;
  return ordering.progress === 'open' && (evidence?.status !== 'pending' || isJobLost);
}
