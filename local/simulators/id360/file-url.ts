import type { Report } from './report.ts';

export interface FileReference {
  /** Of the document, `id_document_image` for example. */
  name: string;
  documentId: string;
  page: number;
}

/** Where the report says that a page is. */
export function fileUrl(origin: string, documentId: number | string, page: number): string {
  return `${origin}/api/1.0.0/document/${documentId}/file_contents/?page_number=${page}`;
}

const FILE = /\/document\/([^/?]+)\/file_contents\/?\?page_number=(\d+)$/;

/** Every page that a report names, whatever host it gives. */
export function fileReferences({ documents = {} }: Report): FileReference[] {
  return Object.values(documents)
    .flat()
    .flatMap(({ name, files }) =>
      files.flatMap(({ url }) => {
        const [, documentId, page] = FILE.exec(url) ?? [];
        return documentId === undefined ? [] : [{ name, documentId, page: Number(page) }];
      }),
    );
}
