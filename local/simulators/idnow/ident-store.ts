import { type Ident, isIdent } from './ident.ts';

export interface IdentStore {
  /** Stores the ident as its current state. Throws if the company, the transaction number or the IdentID is missing. */
  put(ident: unknown): void;
  /** Finds an ident by its transaction number (upper and lower case do not matter) or by its IdentID. */
  find(companyId: string, token: string): Ident | undefined;
  delete(companyId: string, transactionNumber: string): void;
}

/** Creates an in-memory store of the idents of all accounts. A transaction number is unique within its account. */
export function createIdentStore(): IdentStore {
  const idents = new Map<string, Ident>();
  return {
    put(value) {
      if (!isIdent(value)) throw new TypeError('An ident needs companyid, transactionnumber and id');
      const { companyid, transactionnumber } = value.identificationprocess;
      // Store a copy, so later changes by the caller have no effect here.
      idents.set(keyOf(companyid, transactionnumber), structuredClone(value));
    },
    find: (companyId, token) =>
      idents.get(keyOf(companyId, token)) ??
      idents
        .values()
        .find(({ identificationprocess: { companyid, id } }) => companyid === companyId && id === token),
    delete: (companyId, transactionNumber) => void idents.delete(keyOf(companyId, transactionNumber)),
  };
}

function keyOf(companyId: string, transactionNumber: string): string {
  return JSON.stringify([companyId, transactionNumber.toLowerCase()]);
}
