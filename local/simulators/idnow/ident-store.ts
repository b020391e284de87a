import { type Ident, isIdent } from './ident.ts';

export interface IdentStore {
  /** Takes the ident as its current state. Throws where company, transaction number or IdentID are missing. */
  put(ident: unknown): void;
  /** By transaction number, in any case, or by IdentID. */
  find(companyId: string, token: string): Ident | undefined;
  delete(companyId: string, transactionNumber: string): void;
}

/** The idents of all accounts, in memory; a transaction number is unique within its shortname. */
export function createIdentStore(): IdentStore {
  const idents = new Map<string, Ident>();
  return {
    put(value) {
      if (!isIdent(value)) throw new TypeError('An ident needs companyid, transactionnumber and id');
      const { companyid, transactionnumber } = value.identificationprocess;
      // A copy, so that what the caller does to it later stays the caller's.
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
