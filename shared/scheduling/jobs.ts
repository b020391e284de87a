import type { EvidenceJob, OnNothing } from '../contract/evidence-job.ts';
import { type Outcome, stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { Accepted } from '../ordering/decision.ts';
import { earliestRepeat } from './repeat-limit.ts';
import type { Schedule } from './schedule.ts';

/** The verification that a job belongs to. */
type Subject = Pick<EvidenceJob, 'provider' | 'verificationId' | 'reference' | 'sequence'>;

interface Request {
  /** The transition that requests the job. Its reasons are bounded, because the job may carry them. */
  readonly transition: Transition;
  /** ISO 8601 instant. */
  readonly receivedAt: string;
}

interface Before {
  readonly schedule: Schedule;
  /** The outcome in force. */
  readonly outcome: Outcome | null;
}

/**
 * Builds the job of an accepted transition.
 *
 * @param subject the verification with the transition
 * @param before the verification before the transition
 */
export function archiveJob(
  subject: Subject,
  request: Request,
  decision: Accepted,
  { schedule, outcome }: Before,
): EvidenceJob {
  return {
    ...jobOf(subject, request),
    purpose: 'archive',
    notBefore: repeatsFailure(schedule, request) ? earliestRepeat(schedule, request.receivedAt) : null,
    onNothing: onNothingOf(outcome, request.transition, decision),
  };
}

/** A hint whose evidence could not be fetched may be sent again, and has to wait its turn. A new hint does not wait. */
function repeatsFailure({ failedHints }: Schedule, { transition }: Request): boolean {
  return failedHints.includes(transition.fingerprint);
}

/** Builds the job of a repeated hint that may mean something new. */
export function compareJob(subject: Subject, request: Request, schedule: Schedule): EvidenceJob {
  const notBefore = earliestRepeat(schedule, request.receivedAt);
  return { ...jobOf(subject, request), purpose: 'compare', notBefore, onNothing: { kind: 'keep' } };
}

function jobOf(subject: Subject, { transition, receivedAt }: Request) {
  const { provider, verificationId, reference, sequence } = subject;
  const { providerStatus } = transition;
  return { provider, verificationId, reference, sequence, providerStatus, requestedAt: receivedAt };
}

/**
 * ```
 * origin      decision           what follows if the job finds nothing
 * ---------   ----------------   -------------------------------------
 * hint        any                forget: a hint does nothing but request this job
 * statement   state, revision    keep: the statement has taken effect
 * statement   recheck            forget; apply it if it takes back an approval, because the safe side counts
 * lookup      any                keep: nobody can send a lookup again
 * ```
 */
function onNothingOf(outcome: Outcome | null, transition: Transition, { change }: Accepted): OnNothing {
  const { origin, fingerprint, rank, occurredAt } = transition;
  switch (origin.kind) {
    case 'hint':
      return { kind: 'forget', fingerprint };
    case 'statement': {
      if (change !== 'recheck') return { kind: 'keep' };
      const takesBackApproval = outcome === 'approved' && transition.outcome !== 'approved';
      if (!takesBackApproval) return { kind: 'forget', fingerprint };
      return { kind: 'apply', fingerprint, statement: { ...stateOf(transition), rank, occurredAt } };
    }
    case 'lookup':
      return { kind: 'keep' };
  }
}
