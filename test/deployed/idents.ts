import type { IdentState } from '../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';

/** The shortname of the account that IDnow's simulator has. */
export const companyId = 'democompany';

/** Makes the body of a webhook of IDnow. */
export function ident(transactionNumber: string, state: IdentState, minute = 0) {
  const time = new Date(Date.UTC(2026, 10, 22, 10, minute));
  return makeIdent({ companyId, transactionNumber, state, time });
}
