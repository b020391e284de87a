import { noFindings } from '../contract/identity.ts';
import { stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { EventType } from '../contract/verification-event.ts';
import { type Decision, decide, nextProviderTime } from '../ordering/decide.ts';
import { meaningOf } from '../ordering/meaning.ts';
import { boundReasons } from './bound-reasons.ts';
import { buildEvent, eventId } from './build-event.ts';
import { archiveJob } from './evidence-jobs.ts';
import { noteOf } from './note-of.ts';
import { referenceAfter } from './reference-after.ts';
import { newest, remember } from './seen.ts';
import type { Verification } from './verification.ts';
import type { Arrival, Write } from './write.ts';

type Accepted = Extract<Decision, { kind: 'accepted' }>;

export type Applied =
  | { readonly decision: Accepted; readonly write: Write }
  | { readonly decision: Exclude<Decision, Accepted>; readonly note: Write | null };

/** Decides a transition, and says what to write: of one that is dropped a note at most. Pure. */
export function applyTransition(known: Verification | null, arrival: Arrival): Applied {
  const meaning = meaningOf(arrival.transition);
  const decision = decide(known, arrival.transition, meaning);
  return decision.kind === 'accepted'
    ? { decision, write: accept(known, arrival, decision, meaning) }
    : { decision, note: noteOf(known, arrival, decision) };
}

function accept(known: Verification | null, arrival: Arrival, decision: Accepted, meaning: string): Write {
  const { transition } = arrival;
  const isRecheck = decision.change === 'recheck';
  const isFetched = transition.askedBy !== undefined;
  const wantsJob = transition.wantsEvidence || isRecheck;
  const sequence = (known?.sequence ?? 0) + 1;
  const numbered = {
    verificationId: transition.verificationId,
    provider: transition.provider,
    source: transition.source,
    ...referenceAfter(known, transition),
    attempt: decision.attempt,
    sequence,
    version: (known?.version ?? 0) + 1,
    seen: remember(known?.attempt === decision.attempt ? known.seen : [], transition.fingerprint),
    dated:
      transition.occurredAt === null
        ? (known?.dated ?? [])
        : remember(known?.dated ?? [], transition.fingerprint),
    evidence: wantsJob ? newest({ ...known?.evidence, [sequence]: 'pending' }) : (known?.evidence ?? {}),
    comparing: known?.comparing ?? null,
    looks: known?.looks ?? [],
    undecided: known?.undecided ?? null,
  };
  const verification: Verification =
    isRecheck && known !== null
      ? { ...known, ...numbered }
      : {
          ...stateOf(transition),
          ...boundReasons(transition.reasons),
          ...numbered,
          ...orderOf(known, transition, meaning, sequence),
        };

  const event = buildEvent({
    type: eventTypeOf(known, transition, decision),
    verification,
    occurredAt: transition.occurredAt,
    receivedAt: arrival.receivedAt,
    // What was fetched and does not count is not told of the person: it belongs to another outcome.
    findings: isRecheck && isFetched ? noFindings : transition.findings,
    evidence: null,
    supersedes: decision.change === 'revision' ? (known?.finalEventId ?? null) : null,
  });
  return {
    verification,
    outbox: {
      writeId: arrival.writeId,
      events: [JSON.stringify(event)],
      jobs: wantsJob ? [archiveJob(known, arrival, verification, isRecheck)] : [],
      delivery: arrival.delivery,
    },
  };
}

function orderOf(known: Verification | null, transition: Transition, meaning: string, sequence: number) {
  const { askedBy = null } = transition;
  return {
    rank: transition.rank,
    occurredAt: nextProviderTime(known, transition),
    meaning,
    askedBy,
    deliveredAs: askedBy === null ? sequence : null,
    finalEventId: transition.finality === 'final' ? eventId(transition.verificationId, sequence) : null,
  };
}

function eventTypeOf(known: Verification | null, transition: Transition, decision: Accepted): EventType {
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
