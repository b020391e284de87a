import { findDocumentPageReferences } from './file-url.ts';
import { type Id360ReportJson, isId360ReportJson } from './report.ts';

export interface EnrollmentStore {
  /** Stores the report as the current state of its enrollment. Throws if the report has no id or no status. */
  put(report: unknown): void;
  find(id: string): Id360ReportJson | undefined;
  /** Finds the name of an ID360 document by its id and a page number. Searches the reports of all enrollments. */
  documentName(documentId: string, page: number): string | undefined;
  /** Deletes an enrollment's report and documents, as ID360 does after its retention period. */
  delete(id: number | string): void;
}

/** Creates the simulator's in-memory store of ID360 enrollments. */
export function createEnrollmentStore(): EnrollmentStore {
  const reports = new Map<string, Id360ReportJson>();
  /** The name of each document, by document id and page. Without this map, each request would search all reports. */
  const names = new Map<string, string>();
  return {
    put(report) {
      if (!isId360ReportJson(report)) throw new TypeError('A report needs an id and a status');
      forget(String(report.id));
      reports.set(String(report.id), structuredClone(report));
      for (const { documentId, page, name } of findDocumentPageReferences(report))
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
    for (const { documentId, page } of findDocumentPageReferences(report))
      names.delete(pageKey(documentId, page));
  }
}

const pageKey = (documentId: string, page: number) => `${documentId}/${page}`;
