import { createHash } from 'node:crypto';
import { computeDocumentHash, createId360DocumentPageFile } from './document-content.ts';
import { type Id360DocumentKind, listId360DocumentsOfKind } from './document-kinds.ts';
import { buildDocumentPageUrl } from './file-url.ts';
import type { Id360ReportJson } from './report.ts';
import type { Id360ReportOptions } from './report-options.ts';

/** The kinds of documents that an ID360 report contains by default. */
export const defaultId360DocumentKinds: readonly Id360DocumentKind[] = ['identity', 'selfie', 'liveness'];

/** The schemes and hosts of document URLs: ID360's public host, and two private hosts like those in real reports. */
const usualOrigins = [
  'https://preprod.id360docaposte.com',
  'http://id360-documents.internal:8000',
  'http://10.20.30.40',
];

type Documents = NonNullable<Id360ReportJson['documents']>;

/** Creates the `documents` of an ID360 report, grouped by section. Each document has a different id. */
export function createId360ReportDocuments(options: Id360ReportOptions): Documents {
  const {
    id,
    status,
    documents = defaultId360DocumentKinds,
    identityKey = 'identity',
    fileOrigins = usualOrigins,
  } = options;
  const sections: Documents = {};
  for (const [index, { section, name, pages }] of documents.flatMap(listId360DocumentsOfKind).entries()) {
    const documentId = documentIdFor(id, index);
    const origin = fileOrigins[index % fileOrigins.length] ?? '';
    const files = Array.from({ length: pages }, (_, page) => {
      const content = createId360DocumentPageFile({ name, documentId, page }, options.videoPadding);
      return {
        url: buildDocumentPageUrl(origin, documentId, page),
        hash: computeDocumentHash(content),
        hash_algorithm: 'MD5',
      };
    });
    const key = section === 'identity' ? identityKey : section;
    sections[key] = [...(sections[key] ?? []), { name, status: status === 'KO' ? 'KO' : 'OK', files }];
  }
  return sections;
}

/** Computes the id of a document from the enrollment's id. Like real document ids, it is a number. */
function documentIdFor(id: number | string, index: number): string {
  const number = /^\d+$/.test(String(id))
    ? id
    : createHash('sha256').update(String(id)).digest().readUInt32BE();
  return `${number}${String(index).padStart(2, '0')}`;
}
