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
import { type ProviderAnswer, weighAnswer } from './weigh-answer.ts';

/** The age at which a lookup that fails is given up, in seconds. The schedule requests the next one. */
const lookupDeadlineSeconds = 6 * 3600;

/**
 * Runs one try of a job with the purpose `lookup`: asks the provider about an open case, and records the answer like the
 * webhook that was lost. If the last lookup of a case brings nothing new, the case is overdue (see `weighAnswer`).
 */
export async function lookUpCase(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { job } = work;
  const known = await dependencies.verifications.read(job.verificationId);
  if (known?.generation !== job.generation || !isWaitingForProvider(known)) return endedJobStep;

  const asked = await askProvider(work, dependencies);
  if (asked.kind === 'retry') return asked;
  const { answer } = asked;
  const weight = weighAnswer(known, answer, job.isLastLookup ?? false);
  const providerStatus = answer?.providerStatus ?? null;
  const { verificationId } = job;
  dependencies.telemetry.info(`case looked up: ${weight}`, { verificationId, providerStatus });
  switch (weight) {
    case 'news':
      if (answer !== null) await record(answer, 'LostWebhooksFound', work, dependencies);
      break;
    case 'overdue':
      await record(makeOverdueTransition(known), 'CasesOverdue', work, dependencies);
      break;
    case 'nothing-new':
      break;
  }
  return endedJobStep;
}

/** Checks whether the provider's word is missing: the case is open, and none of our own jobs is still working on it. */
function isWaitingForProvider({ ordering, evidence }: Verification): boolean {
  return ordering.progress === 'open' && evidence?.status !== 'pending';
}

type Asked = { readonly kind: 'asked'; readonly answer: ProviderAnswer } | (NextJobStep & { kind: 'retry' });

/** Asks the provider. A lookup that is given up has no answer: the schedule requests the next one. */
async function askProvider(work: JobTry, dependencies: FetcherDependencies): Promise<Asked> {
  const { source, telemetry } = dependencies;
  try {
    return { kind: 'asked', answer: (await source.lookUp?.(work.job, work.deadline.signal)) ?? null };
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
    return { kind: 'asked', answer: null };
  }
}

async function record(
  transition: Transition<Hint | Statement>,
  metric: 'LostWebhooksFound' | 'CasesOverdue',
  { job }: JobTry,
  dependencies: FetcherDependencies,
): Promise<void> {
  const recorded = await recordTransitionOfJob(transition, job, dependencies);
  if (recorded.kind === 'accepted') dependencies.telemetry.count(metric);
}
