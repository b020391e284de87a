import type { Check } from '../../contract/identity.ts';
import { findByCode } from '../../parsing/find-by-code.ts';
import type { Ident } from './read-ident.ts';

const passedByResult: ReadonlyMap<string, boolean> = new Map([
  ['SUCCESS', true],
  ['SUCCESS_DATA_CHANGED', true],
  ['CANCELED', false],
  ['CANCELLED', false],
  ['FAILED', false],
]);

/**
 * Returns the add-on checks that IDnow has run. IDnow gives no confidence for them.
 *
 * @param proof the index of the document that proves the address; null if there is none
 */
export function listIdnowAddOnChecks(ident: Ident, proof: number | null): Check[] {
  return [
    ...checkUnlessMissing('proof_of_address', ident.process.poaresult, proof),
    ...checkUnlessMissing('esigning', ident.esigningResult),
    ...checkUnlessMissing('bank_transfer', ident.paymentStatus),
  ];
}

/** Checks whether IDnow has verified the address with a further document. */
export function isAddressProofPassed({ process }: Ident): boolean {
  return hasPassed(process.poaresult) === true;
}

const hasPassed = (result: string | null) => findByCode(passedByResult, result);

function checkUnlessMissing(
  name: string,
  providerResult: string | null,
  document: number | null = null,
): Check[] {
  if (providerResult === null) return [];
  return [{ name, passed: hasPassed(providerResult), confidence: null, document, providerResult }];
}
