import { isIdent, type SimulatedIdent } from './ident.ts';

export interface IdentStore {
  /** Stores an ident in its current state. Throws if its company, its transaction number or its IdentID is missing. */
  put(ident: unknown): void;
  /** Finds a company's ident by IdentID or transaction number. Ignores upper and lower case in transaction numbers. */
  find(companyId: string, token: string): SimulatedIdent | undefined;
  /** Returns a company's idents, in the order in which they were first stored. */
  list(companyId: string): SimulatedIdent[];
  delete(companyId: string, transactionNumber: string): void;
  /** Marks an ident as archived. @returns false if it was archived already */
  archive(companyId: string, transactionNumber: string): boolean;
  /** Returns true if an ident with this transaction number was deleted. IDnow never uses such a number again. */
  wasDeleted(companyId: string, transactionNumber: string): boolean;
}

/** Creates the simulator's in-memory store of idents. A transaction number is unique only within its account. */
export function createIdentStore(): IdentStore {
  const idents = new Map<string, SimulatedIdent>();
  const deleted = new Set<string>();
  const archived = new Set<string>();
  return {
    put(value) {
      if (!isIdent(value)) throw new TypeError('An ident needs companyid, transactionnumber and id');
      const { companyid, transactionnumber } = value.identificationprocess;
      idents.set(keyOf(companyid, transactionnumber), structuredClone(value));
      deleted.delete(keyOf(companyid, transactionnumber));
    },
    find: (companyId, token) =>
      idents.get(keyOf(companyId, token)) ??
      idents
        .values()
        .find(({ identificationprocess: { companyid, id } }) => companyid === companyId && id === token),
    list: (companyId) =>
      [...idents.values()].filter(({ identificationprocess: { companyid } }) => companyid === companyId),
    delete(companyId, transactionNumber) {
      const key = keyOf(companyId, transactionNumber);
      if (idents.delete(key)) deleted.add(key);
    },
    archive(companyId, transactionNumber) {
      const key = keyOf(companyId, transactionNumber);
      if (archived.has(key)) return false;
      archived.add(key);
      return true;
    },
    wasDeleted: (companyId, transactionNumber) => deleted.has(keyOf(companyId, transactionNumber)),
  };
}

function keyOf(companyId: string, transactionNumber: string): string {
  return JSON.stringify([companyId, transactionNumber.toLowerCase()]);
}
