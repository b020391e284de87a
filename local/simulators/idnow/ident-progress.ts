import type { SimulatedIdent } from './ident.ts';

const notCaptured = ['', 'START', 'STARTED', 'CREATED'];
const finished = ['SUCCESS', 'SUCCESS_DATA_CHANGED', 'FRAUD_SUSPICION_CONFIRMED'];

/** Returns true if the API has data of the ident. It has none until the user finishes or aborts the identification. */
export function isCaptured(ident: SimulatedIdent): boolean {
  return !notCaptured.includes(resultOf(ident));
}

/** Returns true if the ident waits for a review by IDnow. */
export function isPending(ident: SimulatedIdent): boolean {
  return resultOf(ident).endsWith('_PENDING');
}

/** Returns true if the ident has a final result, so its IdentID cannot be used again. */
export function isFinished(ident: SimulatedIdent): boolean {
  return finished.includes(resultOf(ident));
}

export function isAborted(ident: SimulatedIdent): boolean {
  return resultOf(ident) === 'ABORTED';
}

/** Returns true if IDnow canceled the ident. FAILED is the result of the test robot's test case CANCELED. */
export function isCanceled(ident: SimulatedIdent): boolean {
  return ['CANCELED', 'FAILED'].includes(resultOf(ident));
}

function resultOf({ identificationprocess: { result = '' } }: SimulatedIdent): string {
  return result.toUpperCase();
}
