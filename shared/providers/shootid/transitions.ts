import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { StateForProviderStatus } from '../../contract/state.ts';
import type { Hint, Lookup, Transition } from '../../contract/transition.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';
import type { ShootIdResult } from './read-result.ts';

const open = { outcome: null, finality: 'provisional', flags: [] } as const;
/** The transaction exists. */
const created: StateForProviderStatus = { ...open, phase: 'created', rank: 0 };
/** The user has submitted documents. ShootID decides nothing about them, so no later state follows. */
const submitted: StateForProviderStatus = { ...open, phase: 'submitted', rank: 30 };

/** The members that both transitions have. ShootID gives no time, no reference and no status of a transaction. */
const common = {
  provider: 'shootid',
  source: '/providers/shootid',
  reference: null,
  reasons: [],
  providerStatus: '',
  occurredAt: null,
};

/**
 * Makes the transition of a transaction that a list for import names. The list proves nothing, so it is a hint that
 * requests a lookup. A second import of the same transaction is a duplicate.
 */
export function makeShootIdImportHint(verificationId: string): Transition<Hint> {
  return {
    ...common,
    origin: { kind: 'hint', onRepeat: 'ignore' },
    verificationId,
    ...pickStateForProviderStatus(created),
    fingerprint: computeFingerprint({ imported: verificationId }),
    findings: emptyFindings,
  };
}

/** Makes the transition of a fetched result. @returns null if the user has not submitted anything */
export function makeShootIdLookupTransition(
  { verificationId, sequence }: EvidenceJob,
  { isSubmitted, findings }: ShootIdResult,
): Transition<Lookup> | null {
  if (!isSubmitted) return null;
  return {
    ...common,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
    verificationId,
    ...pickStateForProviderStatus(submitted),
    fingerprint: computeFingerprint({ requestedBy: sequence }),
    findings,
  };
}
