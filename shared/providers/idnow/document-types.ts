import { findByCode } from '../../parsing/find-by-code.ts';

/**
 * IDnow's document types, and their identifiers in OpenID Connect for Identity Assurance
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

/** Returns OpenID's identifier of a document type. An unknown type is returned in lower case. */
export function mapIdnowDocumentType(type: string | null): string | null {
  return findByCode(types, type) ?? type?.trim().toLowerCase() ?? null;
}
