import type { DatakeenDocumentKind, IdentityDocumentKind } from './document-kinds.ts';
import type { DatakeenPerson } from './specimen.ts';

export interface DatakeenSessionOptions {
  sessionId: string;
  /** False if the user or the analysis has not finished, so the session has no result. Default: true. */
  finished?: boolean;
  /** The kinds of the documents in the session. Default: `id-card` and `other`. */
  documents?: readonly DatakeenDocumentKind[];
  /** The names of the controls that fail, by kind of document. If a name is unknown, a control with this name is added. */
  failedControls?: Readonly<Partial<Record<IdentityDocumentKind, readonly string[]>>>;
  /** The value of the control `globalStatus` in each identity document. Default: true if `failedControls` names none. */
  globalStatus?: boolean;
  /** The failing controls among those that compare several documents. If a name is unknown, such a control is added. */
  failedCrossControls?: readonly string[];
  /** The key of the analysis id in the result. Default: `analysid_id`, which is misspelled in Datakeen's sample. */
  analysisIdKey?: 'analysid_id' | 'analysis_id';
  /** The number of predictions in the result. Each prediction contains a part of the documents. Default: 1. */
  predictions?: number;
  /** Replaces values of the sample person in all fields of the result, except in the full MRZ line. */
  person?: Readonly<Partial<DatakeenPerson>>;
}
