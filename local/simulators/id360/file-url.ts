import type { Id360ReportJson } from './report.ts';

export interface DocumentPageReference {
  /** The name of the ID360 document, for example `id_document_image`. */
  name: string;
  documentId: string;
  page: number;
}

/** Builds the URL of one document page, as ID360's reports write it. */
export function buildDocumentPageUrl(origin: string, documentId: number | string, page: number): string {
  return `${origin}/api/1.0.0/document/${documentId}/file_contents/?page_number=${page}`;
}

const FILE = /\/document\/([^/?]+)\/file_contents\/?\?page_number=(\d+)$/;

/** Returns all document pages that a report lists with a URL. Ignores the hosts in these URLs. */
export function findDocumentPageReferences({ documents = {} }: Id360ReportJson): DocumentPageReference[] {
  return Object.values(documents)
    .flat()
    .flatMap(({ name, files }) =>
      files.flatMap(({ url }) => {
        const [, documentId, page] = FILE.exec(url) ?? [];
        return documentId === undefined ? [] : [{ name, documentId, page: Number(page) }];
      }),
    );
}
