import { createHash } from 'node:crypto';

/** A document that each user of an account signs. */
export interface DocumentDefinition {
  optional: boolean;
  name: string;
  identifier: string;
  mimeType: string;
  sortOrder: number;
  viewPolicy: 'DEFAULT' | 'SCROLL';
}

export interface EsigningStore {
  /** Stores a definition. Replaces a definition of the company with the same identifier. */
  put(companyId: string, definition: DocumentDefinition): void;
  find(companyId: string, identifier: string): DocumentDefinition | undefined;
  /** Returns a company's definitions, in their sort order. */
  list(companyId: string): DocumentDefinition[];
  /** Deletes a definition. @returns false if the company has no such definition */
  delete(companyId: string, identifier: string): boolean;
  /** Stores the document of an ident. */
  upload(identId: string, identifier: string, bytes: Buffer): void;
  /** Returns the SHA-256 of an ident's document. @returns undefined if it was not uploaded */
  hashOf(identId: string, identifier: string): string | undefined;
}

/** Creates the simulator's in-memory store of document definitions, and of documents to sign. */
export function createEsigningStore(): EsigningStore {
  const definitions = new Map<string, DocumentDefinition>();
  const hashes = new Map<string, string>();
  const keyOf = (owner: string, identifier: string) => JSON.stringify([owner, identifier]);
  return {
    put: (companyId, definition) => void definitions.set(keyOf(companyId, definition.identifier), definition),
    find: (companyId, identifier) => definitions.get(keyOf(companyId, identifier)),
    list: (companyId) =>
      [...definitions]
        .filter(([key, { identifier }]) => key === keyOf(companyId, identifier))
        .map(([, definition]) => definition)
        .sort((a, b) => a.sortOrder - b.sortOrder),
    delete: (companyId, identifier) => definitions.delete(keyOf(companyId, identifier)),
    upload(identId, identifier, bytes) {
      hashes.set(keyOf(identId, identifier), createHash('sha256').update(bytes).digest('hex'));
    },
    hashOf: (identId, identifier) => hashes.get(keyOf(identId, identifier)),
  };
}
