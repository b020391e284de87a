import type { DocumentKind, IdentityKind } from './document-kinds.ts';
import type { Person } from './specimen.ts';

export interface SessionOptions {
  sessionId: string;
  /** False leaves the result out: the user, or the analysis, is not at the end. */
  finished?: boolean;
  /** A card and something that is no identity document unless told otherwise. */
  documents?: readonly DocumentKind[];
  /** Controls that fail, by the document's kind; a name that the kind does not have is added to it. */
  failedControls?: Readonly<Partial<Record<IdentityKind, readonly string[]>>>;
  /** Of every identity document; false for those with a control in `failedControls`, unless told otherwise. */
  globalStatus?: boolean;
  /** Controls across documents that fail; one that the sample does not have is added. */
  failedCrossControls?: readonly string[];
  /** The sample misspells the key. */
  analysisIdKey?: 'analysid_id' | 'analysis_id';
  /** Over how many predictions the documents are spread, 1 unless told otherwise. */
  predictions?: number;
  /** Replaces values of the person, in the documents and their MRZ fields; the line of the MRZ stays hers. */
  person?: Readonly<Partial<Person>>;
}
