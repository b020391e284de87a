import type { DocumentKind, IdentityKind } from './document-kinds.ts';
import type { DatakeenPerson } from './specimen.ts';

export interface SessionOptions {
  sessionId: string;
  /** Whether the session has a result. False means that the user or the analysis is not finished. Default: true. */
  finished?: boolean;
  /** The kinds of documents. Default: an id card, and a document that is not an identity document. */
  documents?: readonly DocumentKind[];
  /** The names of the controls that fail, by kind of document. An unknown name adds a control. */
  failedControls?: Readonly<Partial<Record<IdentityKind, readonly string[]>>>;
  /** The control `globalStatus` of each identity document. Default: false if another control of the document fails. */
  globalStatus?: boolean;
  /** The names of the controls across documents that fail. An unknown name adds a control. */
  failedCrossControls?: readonly string[];
  /** The key of the analysis id. Datakeen's sample misspells it as `analysid_id`. */
  analysisIdKey?: 'analysid_id' | 'analysis_id';
  /** The number of predictions. The documents are distributed over them. Default: 1. */
  predictions?: number;
  /** Values that replace values of the person, in the documents and in the MRZ fields, but not in the MRZ line itself. */
  person?: Readonly<Partial<DatakeenPerson>>;
}
