/**
 * The effects of a decision, as before decision record 030: what is known, the event and the job. Like `decide.ts`,
 * this file is frozen: do not change its code.
 */
import { computeFingerprint as digest } from '../../../shared/contract/canonical-json.ts';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import { pickVerificationState, type VerificationState } from '../../../shared/contract/state.ts';
import { type Decision, decide, type Known, nextProviderTime } from './decide.ts';
import type { OldTransition } from './transition.ts';

type Accepted = Extract<Decision, { kind: 'accepted' }>;
type Dropped = Exclude<Decision, Accepted>;

export interface OldVerification extends Known, VerificationState {
  readonly sequence: number;
  readonly finalEventSequence: number | null;
  readonly comparing: string | null;
}

export interface OldJob {
  readonly purpose: EvidenceJob['purpose'];
  readonly sequence: number;
  readonly fingerprint: string | null;
  readonly withheld: (VerificationState & Pick<OldTransition, 'rank' | 'occurredAt'>) | null;
}

interface OldEvent {
  readonly type: string;
  readonly sequence: number;
  readonly attempt: number;
  /** The sequence of the final event that this event replaces. */
  readonly supersedes: number | null;
}

export interface OldApplied {
  readonly decision: Decision;
  readonly after: OldVerification | null;
  readonly event: OldEvent | null;
  readonly job: OldJob | null;
}

export function applyOld(
  known: OldVerification | null,
  transition: OldTransition,
  receivedAt: string,
): OldApplied {
  const meaning = meaningOf(transition);
  const decision = decide(known, transition, meaning);
  return decision.kind === 'accepted'
    ? { decision, ...accept(known, transition, decision, meaning) }
    : { decision, event: null, ...note(known, transition, decision, receivedAt) };
}

/**
 * Ends a job. The end of a job is an event of its own. If the job failed, the fingerprint of the delivery that
 * requested it is forgotten. If the job archived evidence, this fingerprint is remembered.
 */
export function endOldJob(known: OldVerification, job: OldJob, end: 'archived' | 'failed'): OldVerification {
  const { seen, sequence } = known;
  const after =
    end === 'failed' ? forget(seen, job.fingerprint ?? '') : remember(seen, job.fingerprint ?? '');
  return { ...known, sequence: sequence + 1, seen: job.fingerprint === null ? seen : after };
}

function accept(
  known: OldVerification | null,
  transition: OldTransition,
  decision: Accepted,
  meaning: string,
) {
  const { askedBy = null, occurredAt, fingerprint, finality, wantsEvidence } = transition;
  const isRecheck = decision.change === 'recheck';
  const sequence = (known?.sequence ?? 0) + 1;
  const numbered = {
    attempt: decision.attempt,
    sequence,
    seen: remember(known?.attempt === decision.attempt ? known.seen : [], fingerprint),
    dated: occurredAt === null ? (known?.dated ?? []) : remember(known?.dated ?? [], fingerprint),
    comparing: known?.comparing ?? null,
    undecided: known?.undecided ?? null,
  };
  const after: OldVerification =
    isRecheck && known !== null
      ? { ...known, ...numbered }
      : {
          ...pickVerificationState(transition),
          ...numbered,
          rank: transition.rank,
          occurredAt: nextProviderTime(known, transition),
          meaning,
          askedBy,
          deliveredAs: askedBy === null ? sequence : null,
          finalEventSequence: finality === 'final' ? sequence : null,
        };
  const event = {
    type: eventTypeOf(known, transition, decision),
    sequence,
    attempt: decision.attempt,
    supersedes: decision.change === 'revision' ? (known?.finalEventSequence ?? null) : null,
  };
  const job = wantsEvidence || isRecheck ? archiveJob(known, transition, sequence, isRecheck) : null;
  return { after, event, job };
}

function archiveJob(
  known: OldVerification | null,
  transition: OldTransition,
  sequence: number,
  isRecheck: boolean,
): OldJob {
  const { confirmed, askedBy, fingerprint, rank, occurredAt } = transition;
  const isDelivered = askedBy === undefined;
  const takesBack = known?.outcome === 'approved' && transition.outcome !== 'approved';
  const isWithheld = isDelivered && isRecheck && confirmed && takesBack;
  return {
    purpose: 'archive',
    sequence,
    fingerprint: isDelivered && (isRecheck || !confirmed) ? fingerprint : null,
    withheld: isWithheld ? { ...pickVerificationState(transition), rank, occurredAt } : null,
  };
}

function eventTypeOf(known: OldVerification | null, transition: OldTransition, decision: Accepted): string {
  if (decision.change === 'revision') return 'idv.verification.revised.v1';
  if (decision.change === 'recheck') return 'idv.verification.updated.v1';
  if (transition.finality === 'final') return 'idv.verification.decided.v1';
  if (transition.phase === 'completed') return 'idv.verification.ended.v1';
  if (transition.progress) return 'idv.verification.progressed.v1';
  const startsAttempt = known === null || known.phase === 'created' || known.attempt < decision.attempt;
  return transition.phase === 'in_progress' && startsAttempt
    ? 'idv.verification.started.v1'
    : 'idv.verification.updated.v1';
}

function note(
  known: OldVerification | null,
  transition: OldTransition,
  decision: Dropped,
  receivedAt: string,
) {
  const nothing = { after: known, job: null };
  if (known === null) return nothing;
  switch (decision.reason) {
    case 'seen':
      return noteComparison(known, transition, receivedAt);
    case 'same-meaning':
      return { after: { ...known, ...confirmation(known, transition) }, job: null };
    case 'nothing-to-revise':
      return { after: { ...known, undecided: undecidedAfter(known, transition) }, job: null };
    default:
      return nothing;
  }
}

function confirmation(
  known: OldVerification,
  { askedBy, occurredAt }: OldTransition,
): Partial<OldVerification> {
  if (askedBy === undefined) {
    const isNews = known.askedBy !== null && known.deliveredAs === null;
    return isNews ? { deliveredAs: known.sequence + 1 } : {};
  }
  if (askedBy <= (known.askedBy ?? 0)) return {};
  return { askedBy, occurredAt: occurredAt ?? known.occurredAt };
}

function undecidedAfter({ undecided, finality }: OldVerification, { rank, askedBy }: OldTransition) {
  const isNews = askedBy !== undefined && askedBy > (undecided?.askedBy ?? 0);
  return isNews && finality === 'provisional' ? { rank, askedBy } : undecided;
}

const lostAfterMs = 3600 * 1000;

function noteComparison(known: OldVerification, { comparesAgain }: OldTransition, receivedAt: string) {
  const { comparing, sequence } = known;
  const isToLook = comparing !== null && Date.parse(receivedAt) - Date.parse(comparing) < lostAfterMs;
  if (comparesAgain !== true || isToLook) return { after: known, job: null };
  const job: OldJob = { purpose: 'compare', sequence, fingerprint: null, withheld: null };
  return { after: { ...known, comparing: receivedAt }, job };
}

function meaningOf(transition: OldTransition): string {
  const { phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings } = transition;
  return digest({ phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings });
}

const maxSeen = 128;

function remember(seen: readonly string[], fingerprint: string): string[] {
  return [...forget(seen, fingerprint), fingerprint].slice(-maxSeen);
}

function forget(seen: readonly string[], fingerprint: string): string[] {
  return seen.filter((other) => other !== fingerprint);
}
