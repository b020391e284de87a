import type { EvidenceJob } from '../contract/evidence-job.ts';
import { noFindings } from '../contract/identity.ts';
import { stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { EventType } from '../contract/verification-event.ts';
import { decide } from '../ordering/decide.ts';
import type { Accepted, Dropped } from '../ordering/decision.ts';
import { evolve } from '../ordering/evolve.ts';
import type { Known } from '../ordering/known.ts';
import { requestsEvidence } from '../ordering/requests-evidence.ts';
import { requestArchive } from '../scheduling/archives.ts';
import { archiveJob } from '../scheduling/jobs.ts';
import { emptySchedule } from '../scheduling/schedule.ts';
import { buildEvent, eventId } from './build-event.ts';
import { boundReasons } from './limits/bound-reasons.ts';
import { referenceAfter } from './reference-after.ts';
import type { Verification } from './verification.ts';
import type { Arrival, Write } from './write.ts';
import { writeForDropped } from './write-dropped.ts';

export type Applied =
  | { readonly decision: Accepted; readonly write: Write }
  | { readonly decision: Dropped; readonly note: Write | null };

/** Decides a transition, and says what to write. Pure. */
export function applyTransition(known: Verification | null, arrival: Arrival): Applied {
  const { transition } = arrival;
  const before = known?.ordering ?? null;
  const decision = decide(before, transition);
  const ordering = evolve(before, transition, decision, nextSequence(known));
  return decision.kind === 'accepted'
    ? { decision, write: writeForAccepted(known, arrival, decision, ordering) }
    : { decision, note: writeForDropped(known, arrival, decision, ordering) };
}

const nextSequence = (known: Verification | null): number => (known?.sequence ?? 0) + 1;

function writeForAccepted(
  known: Verification | null,
  arrival: Arrival,
  decision: Accepted,
  ordering: Known,
): Write {
  const { transition } = arrival;
  const verification = verificationAfter(known, transition, decision, ordering);
  const isUnusedLookup = decision.change === 'recheck' && transition.origin.kind === 'lookup';
  const event = buildEvent({
    type: eventTypeOf(known, transition, decision),
    verification,
    occurredAt: transition.occurredAt,
    receivedAt: arrival.receivedAt,
    // The findings of a lookup that does not apply belong to another outcome: consumers do not get them.
    findings: isUnusedLookup ? noFindings : transition.findings,
    evidence: null,
    supersedes: decision.change === 'revision' ? (known?.finalEventId ?? null) : null,
  });
  return {
    verification,
    outbox: {
      writeId: arrival.writeId,
      events: [JSON.stringify(event)],
      jobs: requestsEvidence(transition, decision) ? [jobOf(known, arrival, decision, verification)] : [],
      delivery: arrival.delivery,
    },
  };
}

function jobOf(
  known: Verification | null,
  { transition, receivedAt }: Arrival,
  decision: Accepted,
  verification: Verification,
): EvidenceJob {
  const bounded = { ...transition, reasons: boundReasons(transition.reasons).reasons };
  const before = { schedule: known?.schedule ?? emptySchedule, outcome: known?.outcome ?? null };
  return archiveJob(verification, { transition: bounded, receivedAt }, decision, before);
}

function verificationAfter(
  known: Verification | null,
  transition: Transition,
  decision: Accepted,
  ordering: Known,
): Verification {
  const { verificationId, provider, source, finality } = transition;
  const sequence = nextSequence(known);
  const schedule = known?.schedule ?? emptySchedule;
  const state =
    known !== null && decision.change === 'recheck'
      ? known
      : {
          ...stateOf(transition),
          ...boundReasons(transition.reasons),
          finalEventId: finality === 'final' ? eventId(verificationId, sequence) : null,
        };
  return {
    ...state,
    verificationId,
    provider,
    source,
    ...referenceAfter(known, transition),
    ordering,
    sequence,
    version: (known?.version ?? 0) + 1,
    schedule: requestsEvidence(transition, decision) ? requestArchive(schedule, sequence) : schedule,
  };
}

function eventTypeOf(known: Verification | null, transition: Transition, decision: Accepted): EventType {
  const { origin, finality, phase } = transition;
  if (decision.change === 'revision') return 'idv.verification.revised.v1';
  if (decision.change === 'recheck') return 'idv.verification.updated.v1';
  if (finality === 'final') return 'idv.verification.decided.v1';
  if (phase === 'completed') return 'idv.verification.ended.v1';
  if (origin.kind === 'statement' && origin.signals === 'step') return 'idv.verification.progressed.v1';
  const startsAttempt =
    known === null || known.phase === 'created' || known.ordering.attempt < decision.attempt;
  return phase === 'in_progress' && startsAttempt
    ? 'idv.verification.started.v1'
    : 'idv.verification.updated.v1';
}
