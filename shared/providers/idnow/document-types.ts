import { findByCode } from '../../parsing/find-by-code.ts';

/**
 * IDnow's document types in the identifiers of OpenID Connect for Identity Assurance
 * (https://openid.net/wg/ekyc-ida/identifiers/).
 */
const documentTypes = {
  IDCARD: 'idcard',
  PASSPORT: 'passport',
  DRIVERS_LICENSE: 'driving_permit',
  RESIDENCE_PERMIT: 'residence_permit',
  UTILITY_BILL: 'utility_statement',
  BANK_STATEMENT: 'bank_statement',
} as const satisfies Record<string, string>;

const types: ReadonlyMap<string, string> = new Map(Object.entries(documentTypes));

/** A type that is not in the table keeps IDnow's word, in lower case. */
export function documentType(word: string | null): string | null {
  return findByCode(types, word) ?? word?.trim().toLowerCase() ?? null;
}
