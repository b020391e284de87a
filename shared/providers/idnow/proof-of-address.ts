import type { Address, IdentityDocument } from '../../contract/identity.ts';
import { isAddressProofPassed } from './checks.ts';
import type { Ident } from './read-ident.ts';

/** What proves the address of a person: a document, such as a utility bill, and the address on it. */
export interface ProofOfAddress {
  /** The index in `documents` of the first document that shows an address; null if there is none. */
  readonly document: number | null;
  /** The address on this document; null if IDnow does not say that the check has passed. */
  readonly verified: Address | null;
}

export function findProofOfAddress(ident: Ident, documents: readonly IdentityDocument[]): ProofOfAddress {
  const index = documents.findIndex(({ claims }) => claims?.address !== undefined);
  const address = documents[index]?.claims?.address ?? null;
  return { document: index === -1 ? null : index, verified: isAddressProofPassed(ident) ? address : null };
}
