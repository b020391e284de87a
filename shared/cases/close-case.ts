import type { ArchivedArtifact } from '../contract/verification-event.ts';
import { createS3EvidenceStore, type EvidenceStore } from '../evidence/archive/evidence-store.ts';
import { readStoredObject } from '../evidence/archive/read-stored.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { discontinueEnrollment } from '../providers/id360/close-case.ts';
import { makeOwnId360Transition } from '../providers/id360/own-transition.ts';
import { deleteIdent } from '../providers/idnow/close-case.ts';
import { explainOutdatedIdent, identName } from '../providers/idnow/ident-is-current.ts';
import type { Verification } from '../verifications/verification.ts';
import {
  type CaseStack,
  createStackApiTools,
  createStackVerifications,
  readStackSecret,
} from './case-stack.ts';
import { type CaseRegistration, recordOwnTransition } from './record-own-transition.ts';
import { refuseToDelete, verifyArchive } from './verify-archive.ts';

/**
 * A closed case. `discontinued`: ID360 has invalidated the user's link. `deleted`: IDnow has deleted the ident, and we
 * have its evidence.
 */
export type ClosedCase =
  | { readonly kind: 'discontinued'; readonly registration: CaseRegistration }
  | { readonly kind: 'deleted'; readonly artifacts: number };

const timeoutMs = 60_000;

/**
 * Closes a case at its provider: discontinues an ID360 enrollment, or deletes an IDnow ident whose evidence is in the
 * archive. The request is sent exactly once.
 *
 * @throws ConfigurationError if the case cannot be closed: it is final, its evidence is not in the archive or not current,
 * or its provider closes no cases
 * @throws EvidenceError if the provider refused
 * @throws UncertainChangeError if the case may be closed, because the provider's answer is missing
 */
export async function closeCase(verificationId: string, stack: CaseStack): Promise<ClosedCase> {
  const known = await createStackVerifications(stack).read(verificationId);
  if (known === null) throw new ConfigurationError(`${verificationId}: there is no such verification`);
  switch (known.provider) {
    case 'id360':
      return discontinue(known, stack);
    case 'idnow':
      return deleteAtIdnow(known, stack);
    default:
      throw new ConfigurationError(`${known.provider} has no request that closes a case`);
  }
}

async function discontinue(known: Verification, stack: CaseStack): Promise<ClosedCase> {
  const { verificationId, providerStatus, finality, reference } = known;
  // People run the command again if its first answer was uncertain. Do not send a second request if the callback of the
  // first one has arrived.
  if (finality === 'final')
    throw new ConfigurationError(`${verificationId} is final already (${providerStatus}): nothing was sent`);
  await discontinueEnrollment(verificationId, apiOf(known, stack), createStackApiTools(stack), deadline());
  const id = decodeURIComponent(verificationId.slice('id360:'.length));
  const transition = makeOwnId360Transition(id, reference, 'DISCONTINUED');
  return { kind: 'discontinued', registration: await recordOwnTransition(transition, stack) };
}

async function deleteAtIdnow(known: Verification, stack: CaseStack): Promise<ClosedCase> {
  const { verificationId, reference } = known;
  const store = createS3EvidenceStore(stack.aws.s3, stack.evidenceBucket);
  const artifacts = await verifyArchive(known, store);
  await verifyArchivedIdent(known, artifacts, store);
  const ident = { verificationId, transactionNumber: reference };
  await deleteIdent(ident, apiOf(known, stack), createStackApiTools(stack), deadline());
  return { kind: 'deleted', artifacts: artifacts.length };
}

/**
 * Verifies that the archive holds the ident of the case's current state. IDnow's API may have answered with the ident as it
 * was before.
 *
 * @throws ConfigurationError that says how the archived ident differs
 */
async function verifyArchivedIdent(
  known: Verification,
  artifacts: readonly ArchivedArtifact[],
  store: EvidenceStore,
): Promise<void> {
  const ident = artifacts.find(({ name }) => name === identName);
  const bytes = ident === undefined ? null : await readStoredObject(store, ident.key);
  if (bytes === null) return refuseToDelete(known, `${identName} is not in the archive`);
  const { checks } = known.findings.inline;
  const why = explainOutdatedIdent({ ...known, checks, occurredAt: known.ordering.occurredAt }, bytes);
  if (why !== null) refuseToDelete(known, why);
}

function apiOf({ provider }: Verification, stack: CaseStack) {
  const apiUrl = stack.apiUrls[provider];
  if (apiUrl === undefined) throw new ConfigurationError(`the stack has no provider ${provider}`);
  return { apiUrl, gateways: stack.idnowGateways, apiSecret: readStackSecret(stack, provider, 'api') };
}

const deadline = () => AbortSignal.timeout(timeoutMs);
