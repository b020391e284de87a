import {
  type EffectOfJobWithoutOutcome,
  type EvidenceJob,
  type JobSubject,
  pickJobSubject,
} from '../contract/evidence-job.ts';
import { type Outcome, pickVerificationState } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { AcceptedDecision } from '../ordering/decision.ts';
import { computeEarliestLookupStart } from './repeat-limit.ts';
import type { JobSchedule } from './schedule.ts';

/** The verification that a job belongs to. */
type Subject = Omit<JobSubject, 'providerStatus'>;

interface Request {
  /** The transition that requests the job. The caller has truncated its reasons, because a job may contain them. */
  readonly transition: Transition;
  /** When the transition was received, as an ISO 8601 instant. */
  readonly receivedAt: string;
}

/** The verification before the transition. */
interface Before {
  readonly schedule: JobSchedule;
  /** The outcome before the transition; null if the case is open. */
  readonly outcome: Outcome | null;
  /** The provider status before the transition; null before the first transition. */
  readonly providerStatus: string | null;
}

/**
 * Builds the job that an accepted transition requests.
 *
 * @param subject the verification after the transition
 * @param before the verification before the transition
 */
export function buildArchiveJob(
  subject: Subject,
  request: Request,
  decision: AcceptedDecision,
  { schedule, outcome, providerStatus: statusBefore }: Before,
): EvidenceJob {
  return {
    ...jobOf(subject, request),
    purpose: 'archive',
    statusBefore,
    notBefore: repeatsFailure(schedule, request)
      ? computeEarliestLookupStart(schedule, request.receivedAt)
      : null,
    onNothing: onNothingOf(outcome, request.transition, decision),
  };
}

/**
 * Checks whether the transition repeats a hint whose job failed. The new job must then wait, because anybody can repeat
 * such a hint without end. Other jobs that archive start at once.
 */
function repeatsFailure({ failedHints }: JobSchedule, { transition }: Request): boolean {
  return failedHints.includes(transition.fingerprint);
}

/** Builds the job that compares the provider's current result with the archive, after a repeated hint. */
export function buildCompareJob(subject: Subject, request: Request, schedule: JobSchedule): EvidenceJob {
  const notBefore = computeEarliestLookupStart(schedule, request.receivedAt);
  return { ...jobOf(subject, request), purpose: 'compare', notBefore, onNothing: { kind: 'keep' } };
}

/**
 * Builds the job that looks up an open, silent case.
 *
 * @param requestedAt ISO 8601 instant
 * @param notBefore the earliest start of the job, which keeps the number of lookups per minute; null for now
 */
export function buildLookupJob(
  subject: JobSubject,
  requestedAt: string,
  notBefore: string | null,
  isLastLookup: boolean,
): EvidenceJob {
  const { providerStatus } = subject;
  const known = { transition: { providerStatus, occurredAt: null }, receivedAt: requestedAt };
  return {
    ...jobOf(subject, known),
    purpose: 'lookup',
    isLastLookup,
    notBefore,
    onNothing: { kind: 'keep' },
  };
}

interface RequestOfJob {
  readonly transition: Pick<Transition, 'providerStatus' | 'occurredAt'>;
  readonly receivedAt: string;
}

function jobOf(subject: Subject, { transition, receivedAt }: RequestOfJob) {
  const { providerStatus, occurredAt } = transition;
  return { ...pickJobSubject({ ...subject, providerStatus }), occurredAt, requestedAt: receivedAt };
}

/**
 * Returns what happens to the transition that requested a job, if the job fetches no outcome:
 *
 * ```
 * origin      accepted as        effect
 * ---------   ----------------   --------------------------------------------------------------------------------
 * hint        any                forget: the hint may come again, because it has no other effect than this job
 * statement   state, revision    keep: the statement has changed the state already
 * statement   recheck            forget; or apply, if the statement takes back an approval, because this is safer
 * lookup      any                keep: nobody can send a lookup again
 * ```
 */
function onNothingOf(
  outcome: Outcome | null,
  transition: Transition,
  { change }: AcceptedDecision,
): EffectOfJobWithoutOutcome {
  const { origin, fingerprint, rank, occurredAt } = transition;
  switch (origin.kind) {
    case 'hint':
      return { kind: 'forget', fingerprint };
    case 'statement': {
      if (change !== 'recheck') return { kind: 'keep' };
      const takesBackApproval = outcome === 'approved' && transition.outcome !== 'approved';
      if (!takesBackApproval) return { kind: 'forget', fingerprint };
      return {
        kind: 'apply',
        fingerprint,
        statement: { ...pickVerificationState(transition), rank, occurredAt },
      };
    }
    case 'lookup':
      return { kind: 'keep' };
  }
}
