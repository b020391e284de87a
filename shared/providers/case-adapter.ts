import { computeFingerprint } from '../contract/canonical-json.ts';
import { emptyFindings } from '../contract/identity.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { StateForProviderStatus } from '../contract/state.ts';
import type { Statement, Transition } from '../contract/transition.ts';
import { pickStateForProviderStatus } from '../parsing/provider-status.ts';

/** What the caller says about a case that we open at a provider. */
export interface NewCase {
  /** The caller's own id of the case. It comes back on each event. */
  readonly reference: string;
  /** The signed URL for the provider's webhooks; null if the provider has no webhook URL per case (IDnow). */
  readonly callbackUrl: string | null;
  /** Further fields of the provider's request, under the provider's own names: the user's name, for example. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** What the provider answered to a request that opened a case. */
export interface CaseAtProvider {
  /** The transition that registers the case as `created`. */
  readonly transition: Transition<Statement>;
  /** The provider's id of the case: an IdentID, the id of an enrollment, or the id of a Datakeen session. */
  readonly id: string;
  /** The key with which the user's browser opens the case (ID360); null if the provider has none. */
  readonly apiKey: string | null;
  /** The link to which the caller sends the user. */
  readonly link: string;
}

/** The parts of a transition that say which case it is about. */
type CaseOfTransition = Pick<
  Transition,
  'provider' | 'verificationId' | 'source' | 'reference' | 'providerStatus'
>;

/**
 * Makes the transition of what we did ourselves at the provider's API. It requests no evidence, and has no time of the
 * provider: if the provider's clock were fast, a later webhook could look older.
 */
export function makeOwnTransition(of: CaseOfTransition, rule: StateForProviderStatus): Transition<Statement> {
  const { verificationId, providerStatus } = of;
  return {
    origin: { kind: 'statement', signals: 'state', evidence: 'none' },
    ...of,
    ...pickStateForProviderStatus(rule),
    reasons: [],
    occurredAt: null,
    fingerprint: computeFingerprint({ ownChange: verificationId, providerStatus }),
    findings: emptyFindings,
  };
}

/** The code that opens cases at one provider. It sends each request exactly once. */
export interface CaseOpener {
  readonly provider: ProviderName;
  /**
   * Opens a case.
   *
   * @throws EvidenceError if the provider refused; UncertainChangeError if the case may exist
   */
  open(newCase: NewCase, signal: AbortSignal): Promise<CaseAtProvider>;
}
