import type { Id360ReportJson } from './report.ts';
import { createId360ReportDocuments, defaultId360DocumentKinds } from './report-documents.ts';
import type { Id360ReportOptions } from './report-options.ts';
import { createId360ReportSteps } from './report-steps.ts';
import { id360SamplePerson } from './specimen.ts';

/** A text in the place of each secret in an ID360 report. Tests search logs, queues and events for it, to find leaks. */
export const SECRET_CANARY = 'canary-5f1c0e7a';

const MINUTE_MS = 60_000;

/**
 * Creates the report of an ID360 enrollment, in the format that we observed. It has the problems of real reports: it
 * contains the secret callback header and internal keys of ID360, and URLs with hosts that nobody should call.
 * The same options always give the same report.
 *
 * @example
 * makeId360Report({ id: 50123, status: 'OK', documents: allId360DocumentKinds, clientReference: 'order-1' })
 */
export function makeId360Report(options: Id360ReportOptions): Id360ReportJson {
  const { id, status, time = new Date('2026-11-22T10:14:58Z'), read = hasIdentity(status) } = options;
  const { statusCodes = [], canary = SECRET_CANARY, signature = true } = options;
  return {
    version: '1.4.2',
    id,
    status,
    identity_status: read ? status : null,
    level: 'SUBSTANTIAL',
    environment: 'PREPROD',
    reason: options.reason ?? null,
    creation_time: id360Time(new Date(time.getTime() - 9 * MINUTE_MS)),
    starting_time: status === 'NEW' ? null : id360Time(new Date(time.getTime() - 7 * MINUTE_MS)),
    finished_time: ['NEW', 'STARTED'].includes(status) ? null : id360Time(time),
    client_reference: options.clientReference ?? null,
    process_uuid: '6f0d7c1e-0000-4000-8000-5ec1a11e0360',
    process_name: 'Specimen process',
    enrollment: enrollmentEcho(options, canary),
    ...(read && { identity: identity(options.person), extracted_data: extractedData(options) }),
    documents: createId360ReportDocuments(options),
    steps: createId360ReportSteps(status, canary),
    status_codes: statusCodes.map(({ code }) => code),
    all_status_codes: statusCodes.map(({ code, message = code, where = 'id_document' }) => ({
      status_code: { code, message },
      where,
    })),
    ...(signature && { signature: signatureBlock }),
  };
}

/** Formats a time in the format that we observed in ID360's reports: UTC, microseconds, no time zone. */
function id360Time(time: Date): string {
  return time.toISOString().replace('Z', '000');
}

function hasIdentity(status: string): boolean {
  return status === 'OK' || status === 'KO';
}

function enrollmentEcho({ id, clientReference }: Id360ReportOptions, canary: string) {
  return {
    id,
    client_reference: clientReference ?? null,
    callback_url: 'https://webhooks.example.com/webhooks/id360',
    callback_headers: [{ name: 'X-Callback-Token', value: canary }],
  };
}

function identity(person: Id360ReportOptions['person']) {
  const { id_number, expiration_date, issuer } = id360SamplePerson.idCard;
  return { ...id360SamplePerson.identity, ...person, extra: { id_number, expiration_date, issuer } };
}

function extractedData({ person, documents = defaultId360DocumentKinds }: Id360ReportOptions) {
  return {
    identity: [{ ...id360SamplePerson.identity, ...person, extra: { ...id360SamplePerson.idCard } }],
    ...(documents.includes('proof_of_address') && {
      proof_of_address: [{ ...id360SamplePerson.proofOfAddress }],
    }),
    ...(documents.includes('bank_details') && { bank_details: [{ ...id360SamplePerson.bankDetails }] }),
  };
}

const signatureBlock = {
  algorithm: 'Ed25519',
  key_id: 'specimen',
  value: Buffer.alloc(64, 'specimen').toString('base64'),
};
