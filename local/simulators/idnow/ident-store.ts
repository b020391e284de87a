import { isIdent, type SimulatedIdent } from './ident.ts';

export interface IdentStore {
  /** Stores an ident in its current state. Throws if its company, its transaction number or its IdentID is missing. */
  put(ident: unknown): void;
  /** Finds a company's ident by IdentID or transaction number. Ignores upper and lower case in transaction numbers. */
  find(companyId: string, token: string): SimulatedIdent | undefined;
  delete(companyId: string, transactionNumber: string): void;
}

/** Creates the simulator's in-memory store of idents. A transaction number is unique only within its account. */
export function createIdentStore(): IdentStore {
  const idents = new Map<string, SimulatedIdent>();
  return {
    put(value) {
      if (!isIdent(value)) throw new TypeError('An ident needs companyid, transactionnumber and id');
      const { companyid, transactionnumber } = value.identificationprocess;
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
