import { fileReferences } from './file-url.ts';
import { isReport, type Report } from './report.ts';

export interface EnrollmentStore {
  /** Stores the report as the current state of its enrollment. Throws if the report has no id or no status. */
  put(report: unknown): void;
  find(id: string): Report | undefined;
  /** Returns the name of the document with this page. Searches all reports. */
  documentName(documentId: string, page: number): string | undefined;
  /** Deletes the report and its documents, as ID360 does after the retention period. */
  delete(id: number | string): void;
}

/** Creates an in-memory store of all enrollments. */
export function createEnrollmentStore(): EnrollmentStore {
  const reports = new Map<string, Report>();
  /** The document names by document id and page. An index, because a search through all reports gets slower with each case. */
  const names = new Map<string, string>();
  return {
    put(report) {
      if (!isReport(report)) throw new TypeError('A report needs an id and a status');
      forget(String(report.id));
      // Store a copy, so later changes by the caller have no effect here.
      reports.set(String(report.id), structuredClone(report));
      for (const { documentId, page, name } of fileReferences(report))
        names.set(pageKey(documentId, page), name);
    },
    find: (id) => reports.get(id),
    documentName: (documentId, page) => names.get(pageKey(documentId, page)),
    delete: (id) => forget(String(id)),
  };

  function forget(id: string): void {
    const report = reports.get(id);
    if (report === undefined) return;
    reports.delete(id);
    for (const { documentId, page } of fileReferences(report)) names.delete(pageKey(documentId, page));
  }
}

const pageKey = (documentId: string, page: number) => `${documentId}/${page}`;
