import type { DatakeenDocumentKind, IdentityDocumentKind } from './document-kinds.ts';
import type { DatakeenPerson } from './specimen.ts';

export interface DatakeenSessionOptions {
  sessionId: string;
  /** False if the user or Datakeen's analysis has not finished, so the session has no result. Default: true. */
  finished?: boolean;
  /** The kinds of the documents in the session. Default: `id-card` and `other`. */
  documents?: readonly DatakeenDocumentKind[];
  /** The names of the controls that fail, by kind of document. If a name is unknown, a control with this name is added. */
  failedControls?: Readonly<Partial<Record<IdentityDocumentKind, readonly string[]>>>;
  /** The value of `globalStatus` in each identity document. Default: true if `failedControls` names no control of it. */
  globalStatus?: boolean;
  /** The names of the controls that fail and that compare several documents. An unknown name adds such a control. */
  failedCrossControls?: readonly string[];
  /** The key of the analysis id in a Datakeen result. Default: `analysid_id`, as Datakeen's sample misspells it. */
  analysisIdKey?: 'analysid_id' | 'analysis_id';
  /** The number of predictions in a Datakeen result. The documents are divided among them. Default: 1. */
  predictions?: number;
  /** Replaces values of the sample person in the result, except in the full line of the machine-readable zone (MRZ). */
  person?: Readonly<Partial<DatakeenPerson>>;
}
