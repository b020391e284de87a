import { createHash } from 'node:crypto';
import { documentContent, documentHash } from './document-content.ts';
import { type DocumentKind, documentsOf } from './document-kinds.ts';
import { fileUrl } from './file-url.ts';
import type { Report } from './report.ts';
import type { ReportOptions } from './report-options.ts';

/** Kinds that a usual process asks for. */
export const usualKinds: readonly DocumentKind[] = ['identity', 'selfie', 'liveness'];

/** The provider's own host, and hosts as reports have been seen to name: private ones, and without TLS. */
const usualOrigins = [
  'https://preprod.id360docaposte.com',
  'http://id360-documents.internal:8000',
  'http://10.20.30.40',
];

type Documents = NonNullable<Report['documents']>;

/** The report's `documents`, by section; each document has an id of its own. */
export function reportDocuments(options: ReportOptions): Documents {
  const {
    id,
    status,
    documents = usualKinds,
    identityKey = 'identity',
    fileOrigins = usualOrigins,
  } = options;
  const sections: Documents = {};
  for (const [index, { section, name, pages }] of documents.flatMap(documentsOf).entries()) {
    const documentId = documentIdFor(id, index);
    const origin = fileOrigins[index % fileOrigins.length] ?? '';
    const files = Array.from({ length: pages }, (_, page) => {
      const content = documentContent({ name, documentId, page }, options.videoPadding);
      return { url: fileUrl(origin, documentId, page), hash: documentHash(content), hash_algorithm: 'MD5' };
    });
    const key = section === 'identity' ? identityKey : section;
    sections[key] = [...(sections[key] ?? []), { name, status: status === 'KO' ? 'KO' : 'OK', files }];
  }
  return sections;
}

/** A number, as observed, and no other enrollment's. */
function documentIdFor(id: number | string, index: number): string {
  const number = /^\d+$/.test(String(id))
    ? id
    : createHash('sha256').update(String(id)).digest().readUInt32BE();
  return `${number}${String(index).padStart(2, '0')}`;
}
