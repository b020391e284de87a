import { VerificationEvent } from '../../contract/verification-event.ts';
import type { Delivery } from '../../verifications/delivery.ts';
import type { HistoryRow } from '../../verifications/history-row.ts';
import type { CaseRecord, OperatedRow } from './case-record.ts';
import { type Conclusion, concludeCase } from './conclude-case.ts';
import { explainDecision } from './decision-sentences.ts';
import type { Resolution } from './resolution.ts';

/** One step of a case: a delivery, or an event that a job caused, or both. */
export interface TimelineEntry {
  /** An ISO 8601 instant. */
  readonly at: string;
  readonly decision: HistoryRow['decision'];
  readonly reason: string | null;
  /** What happened, and by which rule, as a sentence. */
  readonly meaning: string;
  readonly delivery: Delivery | null;
  readonly event: VerificationEvent | null;
  /** The state after the event, such as `completed · approved · final`; null if the row has no event. */
  readonly state: string | null;
}

export interface CaseExplanation {
  readonly verificationId: string;
  /** The caller's own id of the case; null if it is unknown. */
  readonly reference: string | null;
  /** The current state in short; null if the case has no row. */
  readonly state: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly conclusion: Conclusion;
}

/** Explains a case: what happened in which order, why its state is what it is, and what would change it. Pure. */
export function explainCase(record: CaseRecord): CaseExplanation {
  const { verificationId, verification, history } = record;
  return {
    verificationId,
    reference: verification?.reference ?? null,
    state: verification && formatState(verification),
    timeline: history.map(explainRow),
    conclusion: concludeCase(record),
  };
}

function explainRow(row: OperatedRow): TimelineEntry {
  const event = row.event === null ? null : VerificationEvent.parse(row.event);
  const { decision, reason, delivery, resolution } = row;
  const meaning = explainDecision(decision, reason, event?.type ?? null);
  return {
    at: row.at.split('#')[0] ?? row.at,
    decision,
    reason,
    meaning: resolution === null ? meaning : `${meaning} ${explainResolution(resolution)}`,
    delivery,
    event,
    state: event && formatState(event.data),
  };
}

function explainResolution({ how, at, by, result }: Resolution): string {
  const what = how === 'replayed' ? `Replayed (${result})` : 'Removed from the open quarantine';
  return `${what} by ${by} at ${at}.`;
}

/** Formats a state in one line. @example 'completed · approved · final · data_changed' */
export function formatState({
  phase,
  outcome,
  finality,
  flags,
}: Pick<VerificationEvent['data'], 'phase' | 'outcome' | 'finality' | 'flags'>): string {
  return [phase, outcome, finality, ...flags].filter((part) => part !== null).join(' · ');
}
