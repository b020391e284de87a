import type { Report } from './report.ts';
import { reportDocuments, usualKinds } from './report-documents.ts';
import type { ReportOptions } from './report-options.ts';
import { reportSteps } from './report-steps.ts';
import { camille } from './specimen.ts';

/** Stands for what a report must not spread: search logs, queues and events for it. */
export const CANARY = 'canary-5f1c0e7a';

const MINUTE_MS = 60_000;

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
    documents: reportDocuments(options),
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
function providerTime(time: Date): string {
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

const signatureBlock = {
  algorithm: 'Ed25519',
  key_id: 'specimen',
  value: Buffer.alloc(64, 'specimen').toString('base64'),
};
