import { type Ident, identSchema } from './ident.ts';

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
      const ident = identSchema.parse(value);
      const { companyid, transactionnumber } = ident.identificationprocess;
      idents.set(keyOf(companyid, transactionnumber), ident);
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
