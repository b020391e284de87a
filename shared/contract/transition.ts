import type { Findings } from './identity.ts';
import type { ProviderName } from './provider-name.ts';
import type { State } from './state.ts';

/**
 * A webhook whose sender proves little (Datakeen). It moves an open case to `submitted` or `in_review` at most, and
 * always requests evidence.
 */
export interface Hint {
  readonly kind: 'hint';
  /** What a repetition does: nothing, or it compares what the provider has now with what is archived. */
  readonly onRepeat: 'ignore' | 'compare';
}

/** A webhook from a proven sender (IDnow, ID360). */
export interface Statement {
  readonly kind: 'statement';
  /** `step`: a step within a phase (ID360), published as progress. */
  readonly signals: 'state' | 'step';
  /** Whether an accepted statement requests the provider's evidence. */
  readonly evidence: 'fetch' | 'none';
}

/** A result that we fetched with our own credentials. It is archived already, and requests no evidence. */
export interface Lookup {
  readonly kind: 'lookup';
  /** The sequence of the event that requested this lookup. */
  readonly requestedBy: number;
  /**
   * `decide`: the result applies to any state. `revise`: the result has lost its verdict. It replaces a final state of
   * its own rank, and applies to nothing else.
   */
  readonly effect: 'decide' | 'revise';
}

/** Where a claim about a verification comes from. */
export type Origin = Hint | Statement | Lookup;

/** What a hint, statement or lookup means in our model, before we decide whether it applies. */
export interface Transition<From extends Origin = Origin> extends State {
  readonly origin: From;
  readonly provider: ProviderName;
  /** `idnow:{companyid}:{transactionnumber in lower case}`, `id360:{id}`, `datakeen:{sessionId}`. */
  readonly verificationId: string;
  /** CloudEvents `source`: `/providers/idnow/{companyid}`. */
  readonly source: string;
  /** The caller's own id for the case, where the provider or the callback URL gives one. */
  readonly reference: string | null;
  /** The caller's own id as the provider echoes it: used if nothing else has named the case. */
  readonly echoedReference?: string | null;
  /** How far along the case is: the `rank` of the status table's row. */
  readonly rank: number;
  /** The provider's time, as an ISO 8601 instant in UTC; null if the provider gives none. */
  readonly occurredAt: string | null;
  /** SHA-256 (base64url) of the canonical body. Two deliveries with the same fingerprint are the same delivery. */
  readonly fingerprint: string;
  readonly findings: Findings;
}
