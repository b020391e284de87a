import type { Check } from '../../contract/identity.ts';
import { findByCode } from '../../parsing/find-by-code.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import type { Ident } from './read-ident.ts';

const passedByResult: ReadonlyMap<string, boolean> = new Map([
  ['SUCCESS', true],
  ['SUCCESS_DATA_CHANGED', true],
  ['CANCELED', false],
  ['CANCELLED', false],
  ['FAILED', false],
]);

/** Returns the add-on checks that IDnow has run. IDnow gives no confidence for them. */
export function listIdnowAddOnChecks({ process, esigning, bankTransfer }: Ident): Check[] {
  return [
    ...checkUnlessMissing('proof_of_address', process.poaresult),
    ...checkUnlessMissing('esigning', esigning.result),
    ...checkUnlessMissing('bank_transfer', bankTransfer.paymentstatus),
  ];
}

function checkUnlessMissing(name: string, result: string | null | undefined): Check[] {
  const providerResult = nullIfBlank(result);
  if (providerResult === null) return [];
  const passed = findByCode(passedByResult, providerResult);
  return [{ name, passed, confidence: null, document: null, providerResult }];
}
