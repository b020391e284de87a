import type { Check } from '../../contract/identity.ts';
import { findByCode } from '../../parsing/find-by-code.ts';
import { text } from '../../parsing/text.ts';
import type { Ident } from './ident.ts';

const passedByResult: ReadonlyMap<string, boolean> = new Map([
  ['SUCCESS', true],
  ['SUCCESS_DATA_CHANGED', true],
  ['CANCELED', false],
  ['CANCELLED', false],
  ['FAILED', false],
]);

/** The add-on controls, each where it was run. IDnow gives no confidences. */
export function checksOf({ process, esigning, bankTransfer }: Ident): Check[] {
  return [
    ...check('proof_of_address', process.poaresult),
    ...check('esigning', esigning.result),
    ...check('bank_transfer', bankTransfer.paymentstatus),
  ];
}

function check(name: string, result: string | null | undefined): Check[] {
  const word = text(result);
  if (word === null) return [];
  const passed = findByCode(passedByResult, word);
  return [{ name, passed, confidence: null, document: null, providerResult: word }];
}
