import type { Findings } from './identity.ts';
import type { State } from './state.ts';

export const providerNames = ['idnow', 'id360', 'datakeen'] as const;
export type ProviderName = (typeof providerNames)[number];

/** What a delivery (or a fetched result) means, in our words, before it is decided whether it applies. */
export interface Transition extends State {
  readonly provider: ProviderName;
  /** `idnow:{companyid}:{transactionnumber in lower case}`, `id360:{id}`, `datakeen:{sessionId}`. */
  readonly verificationId: string;
  /** CloudEvents `source`: `/providers/idnow/{companyid}`. */
  readonly source: string;
  /** The caller's own id for the case, where the provider or the callback URL gives one. */
  readonly reference: string | null;
  /** The same as the provider gives it back of its own accord: kept where nothing else has named the case. */
  readonly echoedReference?: string | null;
  /** How far along the case is: the `rank` of the status table's row. */
  readonly rank: number;
  /** The provider's time, as an ISO 8601 instant in UTC; null where it gives none. */
  readonly occurredAt: string | null;
  /** SHA-256 (base64url) of the canonical body: what makes two deliveries the same. */
  readonly fingerprint: string;
  /** False where the sender proves little (Datakeen): it decides nothing, it asks for a fetch. */
  readonly confirmed: boolean;
  /** A step inside a phase (ID360): published as progress, whatever the order. */
  readonly progress: boolean;
  /** Whether an accepted transition asks for the provider's evidence to be fetched. */
  readonly wantsEvidence: boolean;
  /** Whether the same words, said again, ask for the evidence to be compared with what was archived. */
  readonly comparesAgain?: boolean;
  /** Whether it counts only where it revises a final state of its own rank: that a result decides nothing any more. */
  readonly onlyRevises?: boolean;
  readonly findings: Findings;
  /** Of what was fetched: the sequence of the event that asked for it. Absent in what was delivered. */
  readonly askedBy?: number;
}
