import type { EvidenceJob } from '../contract/evidence-job.ts';
import { formatGeneration } from '../contract/generation.ts';
import { pickVerificationState } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { EventType } from '../contract/verification-event.ts';
import { decide } from '../ordering/decide.ts';
import type { AcceptedDecision, DroppedDecision } from '../ordering/decision.ts';
import { evolve } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { requestsEvidence } from '../ordering/requests-evidence.ts';
import { markArchiveRequested } from '../scheduling/archives.ts';
import { buildArchiveJob } from '../scheduling/jobs.ts';
import { computeNextLookup } from '../scheduling/next-lookup.ts';
import { emptyJobSchedule } from '../scheduling/schedule.ts';
import { buildEventId } from './build-event.ts';
import { listChangedMembers } from './changed-members.ts';
import { markEvidenceRequested } from './evidence-after.ts';
import { computeFindingsAfter } from './findings-after.ts';
import { truncateReasons } from './limits/truncate-reasons.ts';
import { computeCallerReference } from './reference-after.ts';
import type { Verification } from './verification.ts';
import type { IncomingTransition, VerificationWrite } from './write.ts';
import { buildWriteForDroppedTransition } from './write-for-dropped.ts';

/**
 * The decision about a transition, and the write that follows from it. `write` is null if a dropped transition changes
 * nothing.
 */
export type DecisionAndWrite =
  | { readonly kind: 'accepted'; readonly decision: AcceptedDecision; readonly write: VerificationWrite }
  | {
      readonly kind: 'dropped';
      readonly decision: DroppedDecision;
      readonly write: VerificationWrite | null;
    };

/** Decides about a transition, and computes the write. This function is pure. */
export function applyTransition(known: Verification | null, incoming: IncomingTransition): DecisionAndWrite {
  const { transition } = incoming;
  const before = known?.ordering ?? null;
  const decision = decide(before, transition);
  const ordering = evolve(before, transition, decision, nextSequence(known));
  return decision.kind === 'accepted'
    ? { kind: 'accepted', decision, write: writeForAccepted(known, incoming, decision, ordering) }
    : {
        kind: 'dropped',
        decision,
        write: buildWriteForDroppedTransition(known, incoming, decision, ordering),
      };
}

const nextSequence = (known: Verification | null): number => (known?.sequence ?? 0) + 1;

function writeForAccepted(
  known: Verification | null,
  incoming: IncomingTransition,
  decision: AcceptedDecision,
  ordering: Known,
): VerificationWrite {
  const { transition, delivery } = incoming;
  const verification = verificationAfter(known, incoming, decision, ordering);
  return {
    verification,
    outbox: {
      event: {
        type: eventTypeOf(known, transition, decision),
        occurredAt: transition.occurredAt,
        supersedes: decision.change === 'revision' ? (known?.final?.eventId ?? null) : null,
        changed: listChangedMembers(known, verification),
      },
      jobs: requestsEvidence(transition, decision) ? [jobOf(known, incoming, decision, verification)] : [],
      delivery,
    },
  };
}

function jobOf(
  known: Verification | null,
  { transition, receivedAt }: IncomingTransition,
  decision: AcceptedDecision,
  verification: Verification,
): EvidenceJob {
  const limited = { ...transition, reasons: truncateReasons(transition.reasons).reasons };
  const before = {
    schedule: known?.schedule ?? emptyJobSchedule,
    outcome: known?.outcome ?? null,
    providerStatus: known?.providerStatus ?? null,
  };
  return buildArchiveJob(verification, { transition: limited, receivedAt }, decision, before);
}

function verificationAfter(
  known: Verification | null,
  { transition, receivedAt, writeId }: IncomingTransition,
  decision: AcceptedDecision,
  ordering: Known,
): Verification {
  const { verificationId, provider, source, finality } = transition;
  const generation = known?.generation ?? formatGeneration(receivedAt);
  const sequence = nextSequence(known);
  const eventId = buildEventId({ verificationId, generation, sequence });
  const isRequested = requestsEvidence(transition, decision);
  const state =
    known !== null && decision.change === 'recheck'
      ? known
      : {
          ...pickVerificationState(transition),
          ...truncateReasons(transition.reasons),
          final: finality === 'final' ? { eventId, at: receivedAt } : null,
        };
  const schedule = known?.schedule ?? emptyJobSchedule;
  return {
    ...state,
    verificationId,
    provider,
    source,
    ...computeCallerReference(known, transition),
    findings: computeFindingsAfter(known, transition, decision, sequence),
    evidence: isRequested
      ? markEvidenceRequested(known?.evidence ?? null, sequence)
      : (known?.evidence ?? null),
    ordering,
    generation,
    sequence,
    receivedAt,
    version: writeId,
    schedule: isRequested ? markArchiveRequested(schedule, sequence) : schedule,
    nextLookupAt: computeNextLookup(known?.nextLookupAt ?? null, state.phase, receivedAt),
    ...(known?.unconfirmed && { unconfirmed: known.unconfirmed }),
    ...(known?.heldSince !== undefined && { heldSince: known.heldSince }),
  };
}

function eventTypeOf(
  known: Verification | null,
  transition: Transition,
  decision: AcceptedDecision,
): EventType {
  const { origin, finality, phase, outcome } = transition;
  if (decision.change === 'revision') return 'idv.verification.revised.v1';
  if (decision.change === 'recheck') return 'idv.verification.updated.v1';
  if (finality === 'final') return 'idv.verification.decided.v1';
  if (outcome === 'expired') return 'idv.verification.overdue.v1';
  if (phase === 'completed') return 'idv.verification.ended.v1';
  if (origin.kind === 'statement' && origin.signals === 'step') return 'idv.verification.progressed.v1';
  const startsAttempt =
    known === null || known.phase === 'created' || known.ordering.attempt < decision.attempt;
  return phase === 'in_progress' && startsAttempt
    ? 'idv.verification.started.v1'
    : 'idv.verification.updated.v1';
}
