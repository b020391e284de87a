import { emptyFindings } from '../../shared/contract/identity.ts';
import type { Hint, Lookup, Origin, Statement, Transition } from '../../shared/contract/transition.ts';

/** Statuses of several providers, with the states and ranks of the providers' status tables. */
export const statusRows = {
  CREATED: { phase: 'created', outcome: null, finality: 'provisional', rank: 0 },
  START: { phase: 'in_progress', outcome: null, finality: 'provisional', rank: 10 },
  ABORTED: { phase: 'completed', outcome: 'abandoned', finality: 'provisional', rank: 20 },
  WEBHOOK: { phase: 'submitted', outcome: null, finality: 'provisional', rank: 30 },
  CHECK_PENDING: { phase: 'in_review', outcome: null, finality: 'provisional', rank: 40 },
  REVIEW_PENDING: { phase: 'in_review', outcome: null, finality: 'provisional', rank: 40 },
  FRAUD_SUSPICION_PENDING: { phase: 'in_review', outcome: null, finality: 'provisional', rank: 40 },
  CANCELED: { phase: 'completed', outcome: 'canceled', finality: 'provisional', rank: 50 },
  EXPIRED: { phase: 'completed', outcome: 'expired', finality: 'final', rank: 60 },
  SUCCESS: { phase: 'completed', outcome: 'approved', finality: 'final', rank: 60 },
  SUCCESS_DATA_CHANGED: { phase: 'completed', outcome: 'approved', finality: 'final', rank: 60 },
  FRAUD_SUSPICION_CONFIRMED: { phase: 'completed', outcome: 'declined', finality: 'final', rank: 60 },
  USER_APPROVED: { phase: 'completed', outcome: 'approved', finality: 'final', rank: 70 },
  USER_REJECTED: { phase: 'completed', outcome: 'declined', finality: 'final', rank: 70 },
} as const;
export type StatusName = keyof typeof statusRows;

/** Returns an instant: this number of minutes after 10:00. */
export const at = (minute: number): string => `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`;

export const hint: Hint = { kind: 'hint', onRepeat: 'ignore' };
export const comparedHint: Hint = { kind: 'hint', onRepeat: 'compare' };
export const statement: Statement = { kind: 'statement', signals: 'state', evidence: 'none' };
export const statementWithEvidence: Statement = { ...statement, evidence: 'fetch' };
export const step: Statement = { kind: 'statement', signals: 'step', evidence: 'none' };
/** The origin of a lookup that the event with this sequence requested. */
export const lookup = (requestedBy: number, effect: Lookup['effect'] = 'decide'): Lookup => ({
  kind: 'lookup',
  requestedBy,
  effect,
});

/** Builds a complete transition of `idnow:democompany:txn-1`. A test passes only the fields that matter to it. */
export function transition<From extends Origin>(
  status: StatusName,
  changes: Partial<Transition<From>> & { readonly origin: From },
): Transition<From>;
export function transition(status: StatusName, changes?: Partial<Transition>): Transition;
export function transition(status: StatusName, changes: Partial<Transition> = {}): Transition {
  return {
    origin: statement,
    provider: 'idnow',
    verificationId: 'idnow:democompany:txn-1',
    source: '/providers/idnow/democompany',
    reference: 'TXN-1',
    ...statusRows[status],
    flags: [],
    reasons: [],
    providerStatus: status,
    occurredAt: null,
    fingerprint: `body of ${status} at ${changes.occurredAt ?? 'no time'}`,
    findings: emptyFindings,
    ...changes,
  };
}
