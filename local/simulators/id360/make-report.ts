import { documentContent, documentHash } from './document-content.ts';
import { type DocumentKind, documentsOf } from './document-kinds.ts';
import { fileUrl } from './file-url.ts';
import type { Report } from './report.ts';
import type { ReportOptions } from './report-options.ts';
import { reportSteps } from './report-steps.ts';
import { camille } from './specimen.ts';

/** Stands for what a report must not spread: search logs, queues and events for it. */
export const CANARY = 'canary-5f1c0e7a';

const MINUTE_MS = 60_000;

/** Kinds that a usual process asks for. */
const usualKinds: readonly DocumentKind[] = ['identity', 'selfie', 'liveness'];

/** The provider's own host, and hosts as reports have been seen to name: private ones, and without TLS. */
const usualOrigins = [
  'https://preprod.id360docaposte.com',
  'http://id360-documents.internal:8000',
  'http://10.20.30.40',
];

/**
 * The report of an enrollment in the observed shape, with all that makes real ones unpleasant: it echoes
 * the callback's secret header, carries internal keys, and names hosts that nobody should call. The same
 * options always make the same report.
 *
 * @example
 * makeReport({ id: 50123, status: 'OK', documents: allDocumentKinds, clientReference: 'order-1' })
 */
export function makeReport(options: ReportOptions): Report {
  const { id, status, time = new Date('2026-11-22T10:14:58Z'), read = isRead(status) } = options;
  const { statusCodes = [], canary = CANARY, signature = true } = options;
  return {
    version: '1.4.2',
    id,
    status,
    identity_status: read ? status : null,
    level: 'SUBSTANTIAL',
    environment: 'PREPROD',
    reason: options.reason ?? null,
    creation_time: providerTime(new Date(time.getTime() - 9 * MINUTE_MS)),
    starting_time: status === 'NEW' ? null : providerTime(new Date(time.getTime() - 7 * MINUTE_MS)),
    finished_time: ['NEW', 'STARTED'].includes(status) ? null : providerTime(time),
    client_reference: options.clientReference ?? null,
    process_uuid: '6f0d7c1e-0000-4000-8000-5ec1a11e0360',
    process_name: 'Specimen process',
    enrollment: enrollmentEcho(options, canary),
    ...(read && { identity: identity(options.person), extracted_data: extractedData(options) }),
    documents: documentSections(options),
    steps: reportSteps(status, canary),
    status_codes: statusCodes.map(({ code }) => code),
    all_status_codes: statusCodes.map(({ code, message = code, where = 'id_document' }) => ({
      status_code: { code, message },
      where,
    })),
    ...(signature && { signature: signatureBlock }),
  };
}

/** Observed: times without a zone, in UTC, down to the microsecond. */
export function providerTime(time: Date): string {
  return time.toISOString().replace('Z', '000');
}

function isRead(status: string): boolean {
  return status === 'OK' || status === 'KO';
}

function enrollmentEcho({ id, clientReference }: ReportOptions, canary: string) {
  return {
    id,
    client_reference: clientReference ?? null,
    callback_url: 'https://webhooks.example.com/webhooks/id360',
    callback_headers: [{ name: 'X-Callback-Token', value: canary }],
  };
}

function identity(person: ReportOptions['person']) {
  const { id_number, expiration_date, issuer } = camille.idCard;
  return { ...camille.identity, ...person, extra: { id_number, expiration_date, issuer } };
}

function extractedData({ person, documents = usualKinds }: ReportOptions) {
  return {
    identity: [{ ...camille.identity, ...person, extra: { ...camille.idCard } }],
    ...(documents.includes('proof_of_address') && { proof_of_address: [{ ...camille.proofOfAddress }] }),
    ...(documents.includes('bank_details') && { bank_details: [{ ...camille.bankDetails }] }),
  };
}

function documentSections(options: ReportOptions): NonNullable<Report['documents']> {
  const {
    id,
    status,
    documents = usualKinds,
    identityKey = 'identity',
    fileOrigins = usualOrigins,
  } = options;
  const sections: NonNullable<Report['documents']> = {};
  let index = 0;
  for (const { section, name, pages } of documents.flatMap(documentsOf)) {
    const documentId = documentIdFor(id, index);
    const origin = fileOrigins[index % fileOrigins.length] ?? '';
    const files = Array.from({ length: pages }, (_, page) => {
      const content = documentContent({ name, documentId, page }, options.videoPadding);
      const url = fileUrl(origin, documentId, page);
      return { url, hash: documentHash(content), hash_algorithm: 'MD5' };
    });
    const key = section === 'identity' ? identityKey : section;
    sections[key] = [...(sections[key] ?? []), { name, status: status === 'KO' ? 'KO' : 'OK', files }];
    index += 1;
  }
  return sections;
}

/** Different for each enrollment, whether its id is a number or not; digits, as observed. */
function documentIdFor(id: number | string, index: number): string {
  const digits = String(id).replaceAll(/\D/g, '').slice(0, 12);
  return `${digits || '1'}${String(index).padStart(2, '0')}`;
}

const signatureBlock = {
  algorithm: 'Ed25519',
  key_id: 'specimen',
  value: Buffer.alloc(64, 'specimen').toString('base64'),
};
