import type { Findings } from './identity.ts';
import type { ProviderName } from './provider-name.ts';
import type { VerificationState } from './state.ts';

/**
 * A webhook whose sender proves little (Datakeen). A hint never completes a case: it moves an open case to `submitted` or
 * `in_review` at most. Each accepted hint requests evidence, which can decide the case.
 */
export interface Hint {
  readonly kind: 'hint';
  /**
   * The effect of a repeated hint. `ignore`: none. `compare`: the hint requests a comparison of the provider's current
   * result with the archived evidence.
   */
  readonly onRepeat: 'ignore' | 'compare';
}

/** A webhook whose sender is proven by a credential (IDnow, ID360). */
export type Statement = StateStatement | StepStatement;

/** A statement that reports a state. */
interface StateStatement {
  readonly kind: 'statement';
  readonly signals: 'state';
  /** `fetch` if the accepted statement requests the provider's evidence; `none` if it requests nothing. */
  readonly evidence: 'fetch' | 'none';
}

/** A statement that reports progress within a phase (ID360). Its event is `progressed`, and it requests no evidence. */
interface StepStatement {
  readonly kind: 'statement';
  readonly signals: 'step';
  readonly evidence: 'none';
}

/**
 * A result that we fetched with our own credentials. A lookup requests no evidence, because the job that fetched the
 * result also archives the evidence.
 */
export interface Lookup {
  readonly kind: 'lookup';
  /** The sequence of the event that requested this lookup. */
  readonly requestedBy: number;
  /**
   * `decide`: the result may apply to any state. `revise`: the result neither approves nor declines the case, so it may
   * only replace a final state of the same rank.
   */
  readonly effect: 'decide' | 'revise';
}

/** Where a transition comes from. Each origin has its own decision table. */
export type Origin = Hint | Statement | Lookup;

/** The new state that a hint, a statement or a lookup proposes, before we decide whether it applies. */
export interface Transition<From extends Origin = Origin> extends VerificationState {
  readonly origin: From;
  readonly provider: ProviderName;
  /** The id of the case: `idnow:{companyid}:{transactionnumber in lower case}`, `id360:{id}` or `datakeen:{sessionId}`. */
  readonly verificationId: string;
  /** The CloudEvents attribute `source`, such as `/providers/idnow/{companyid}`. */
  readonly source: string;
  /** The caller's own id of the case, from the body or the signed URL; null if neither gives it. */
  readonly reference: string | null;
  /** The caller's own id as the provider sends it back. We use it only if no other source gives a reference. */
  readonly echoedReference?: string | null;
  /** The rank of the state: how far along the case is. It comes from the provider's status table. */
  readonly rank: number;
  /** The provider's time, as an ISO 8601 instant in UTC; null if the provider gives none. */
  readonly occurredAt: string | null;
  /**
   * A hash (`computeFingerprint`) that two transitions share if they are the same. A transition with a fingerprint that we
   * have seen before is a duplicate.
   */
  readonly fingerprint: string;
  readonly findings: Findings;
}
