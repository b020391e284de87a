import { fileReferences } from './file-url.ts';
import { isReport, type Report } from './report.ts';

export interface EnrollmentStore {
  /** Takes the report as its enrollment's current state. Throws where it has no id or no status. */
  put(report: unknown): void;
  find(id: string): Report | undefined;
  /** The name of the document that has this page, in any of the reports. */
  documentName(documentId: string, page: number): string | undefined;
  /** As after its time of storage: report and documents are gone. */
  delete(id: number | string): void;
}

/** All enrollments, in memory. */
export function createEnrollmentStore(): EnrollmentStore {
  const reports = new Map<string, Report>();
  /** By document and page. A search through all reports for each page would slow down with every case. */
  const names = new Map<string, string>();
  return {
    put(report) {
      if (!isReport(report)) throw new TypeError('A report needs an id and a status');
      forget(String(report.id));
      // A copy, so that what the caller does to it later stays the caller's.
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
