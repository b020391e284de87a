import { noFindings } from '../../shared/contract/identity.ts';
import type { Hint, Lookup, Origin, Statement, Transition } from '../../shared/contract/transition.ts';

/** Rows of the status table of the design (section 1), written out: phase, outcome, finality, rank. */
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
export type StatusWord = keyof typeof statusRows;

/** Minutes after ten, as an instant. */
export const at = (minute: number): string => `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z`;

export const hint: Hint = { kind: 'hint', onRepeat: 'ignore' };
export const comparedHint: Hint = { kind: 'hint', onRepeat: 'compare' };
export const statement: Statement = { kind: 'statement', signals: 'state', evidence: 'none' };
export const statementWithEvidence: Statement = { ...statement, evidence: 'fetch' };
export const step: Statement = { ...statement, signals: 'step' };
/** A lookup that the event of this sequence requested. */
export const lookup = (requestedBy: number, effect: Lookup['effect'] = 'decide'): Lookup => ({
  kind: 'lookup',
  requestedBy,
  effect,
});

/** A transition of `idnow:democompany:txn-1`, complete but for what the test is about. */
export function transition<From extends Origin>(
  word: StatusWord,
  changes: Partial<Transition<From>> & { readonly origin: From },
): Transition<From>;
export function transition(word: StatusWord, changes?: Partial<Transition>): Transition;
export function transition(word: StatusWord, changes: Partial<Transition> = {}): Transition {
  return {
    origin: statement,
    provider: 'idnow',
    verificationId: 'idnow:democompany:txn-1',
    source: '/providers/idnow/democompany',
    reference: 'TXN-1',
    ...statusRows[word],
    flags: [],
    reasons: [],
    providerStatus: word,
    occurredAt: null,
    fingerprint: `body of ${word} at ${changes.occurredAt ?? 'no time'}`,
    findings: noFindings,
    ...changes,
  };
}
