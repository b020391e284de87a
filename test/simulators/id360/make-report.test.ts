import { describe, expect, test } from 'vitest';
import { allId360DocumentKinds } from '../../../local/simulators/id360/document-kinds.ts';
import { makeId360Report, SECRET_CANARY } from '../../../local/simulators/id360/make-report.ts';
import { type Id360ReportJson, isId360ReportJson } from '../../../local/simulators/id360/report.ts';
import type { Id360ReportOptions } from '../../../local/simulators/id360/report-options.ts';

const time = new Date('2026-11-22T10:14:58.123Z');

function make(options: Partial<Id360ReportOptions> = {}): Id360ReportJson {
  return makeId360Report({ id: 50123, status: 'OK', time, ...options });
}

/** Lists the documents of a report, each with its section, its name and its number of pages. */
function documentsOfKind({ documents = {} }: Id360ReportJson) {
  return Object.entries(documents).flatMap(([section, list]) =>
    list.map(({ name, files }) => `${section} ${name} ${files.length}`),
  );
}

function urlsOf({ documents = {} }: Id360ReportJson): string[] {
  return Object.values(documents)
    .flat()
    .flatMap(({ files }) => files.map(({ url }) => url));
}

test("makeId360Report returns the top-level keys that we saw in ID360's reports", () => {
  expect(Object.keys(make())).toEqual([
    'version',
    'id',
    'status',
    'identity_status',
    'level',
    'environment',
    'reason',
    'creation_time',
    'starting_time',
    'finished_time',
    'client_reference',
    'process_uuid',
    'process_name',
    'enrollment',
    'identity',
    'extracted_data',
    'documents',
    'steps',
    'status_codes',
    'all_status_codes',
    'signature',
  ]);
});

test('makeId360Report returns equal reports for equal options, and the simulator accepts them', () => {
  expect(JSON.stringify(make())).toBe(JSON.stringify(make()));
  expect(isId360ReportJson(make())).toBe(true);
});

test('the times in an ID360 report are in order, and in UTC without the name of a time zone', () => {
  const { creation_time: created, starting_time: started, finished_time: finished } = make();

  expect(finished).toBe('2026-11-22T10:14:58.123000');
  expect([created, started, finished]).toEqual([created, started, finished].toSorted());
});

test.each([
  { status: 'NEW', started: false, finished: false },
  { status: 'STARTED', started: true, finished: false },
  { status: 'CANCELED', started: true, finished: true },
] as const)(
  'an ID360 report in the status $status has only the times that are already known',
  ({ status, started, finished }) => {
    const report = make({ status });
    expect([report.starting_time !== null, report.finished_time !== null]).toEqual([started, finished]);
  },
);

describe('documents of an ID360 report', () => {
  test("makeId360Report adds the documents of each kind as in the table of ID360's developer guide", () => {
    expect(documentsOfKind(make({ documents: allId360DocumentKinds }))).toEqual([
      'identity id_document_image 2',
      'identity idd 1',
      'other ar24_in_front 1',
      'other ar24_in_back 1',
      'bank_details bank_details_image 1',
      'income_tax income_tax_notice_image 1',
      'kbis kbis_image 1',
      'pay_slip pay_slip_image 1',
      'property_tax property_tax_notice_image 1',
      'selfie selfie_image_upload 1',
      'selfie selfie_image 1',
      'health_insurance_card health_insurance_card_image 1',
      'social_security_card social_security_card_image 1',
      'proof_of_address proof_of_address_image 1',
      'car_registration car_registration_image 1',
      'liveness liveness_video$0 1',
      'liveness liveness_video$1 1',
    ]);
  });

  test('makeId360Report can put the identity document under the key identity_document', () => {
    const report = make({ documents: ['identity', 'selfie'], identityKey: 'identity_document' });
    expect(Object.keys(report.documents ?? {})).toEqual(['identity_document', 'selfie']);
  });

  test('the file URLs in an ID360 report have private hosts or no TLS, unless the test sets the origins', () => {
    const origins = new Set(urlsOf(make()).map((url) => new URL(url).origin));
    expect(origins).toEqual(
      new Set([
        'https://preprod.id360docaposte.com',
        'http://id360-documents.internal:8000',
        'http://10.20.30.40',
      ]),
    );

    const given = urlsOf(make({ fileOrigins: ['https://a.example', 'http://b.example'] }));
    expect(new Set(given.map((url) => new URL(url).origin))).toEqual(
      new Set(['https://a.example', 'http://b.example']),
    );
  });

  test.each([
    [50123, 501],
    ['50123', '501'],
    ['6f0d7c1e-0000-4000-8000-000000000001', '6f0d7c1e-0000-4000-8000-000000000002'],
  ])('the reports of the ID360 enrollments %s and %s have no common document URL', (one, other) => {
    const [first, second] = [one, other].map((id) => urlsOf(make({ id, documents: allId360DocumentKinds })));
    expect(new Set([...(first ?? []), ...(second ?? [])]).size).toBe(36);
    for (const url of first ?? []) expect(url).toMatch(/\/document\/\d+\/file_contents\/\?page_number=\d$/);
  });
});

describe('identity in an ID360 report', () => {
  test('an ID360 report names the person in identity and in extracted_data', () => {
    const report = make({ person: { first_name: 'ALIX', nationality: null } });

    expect(report).toMatchObject({
      identity: { first_name: 'ALIX', nationality: null, extra: { id_number: 'X4RTBPFW4' } },
      extracted_data: { identity: [{ first_name: 'ALIX', extra: { issuing_date: '2021-08-02' } }] },
    });
    expect(report).not.toHaveProperty('extracted_data.bank_details');
    expect(report).not.toHaveProperty('extracted_data.proof_of_address');
  });

  test('extracted_data of an ID360 report includes the proof of address and the bank details', () => {
    expect(make({ documents: ['proof_of_address', 'bank_details'] })).toMatchObject({
      extracted_data: {
        proof_of_address: [{ zip_code: '44000', date: '2026-09-14' }],
        bank_details: [{ iban: 'FR7630006000011234567890189' }],
      },
    });
  });

  test.each([
    { why: 'a KO report can lack the identity', options: { status: 'KO', read: false } },
    { why: 'a CANCELED report has no identity', options: { status: 'CANCELED' } },
  ] as const)('an ID360 report can lack the data of the person: $why', ({ options }) => {
    const report = make(options);
    expect(report).not.toHaveProperty('identity');
    expect(report).not.toHaveProperty('extracted_data');
  });
});

test('makeId360Report writes the status codes into status_codes and all_status_codes', () => {
  const report = make({
    status: 'KO',
    statusCodes: [{ code: 'VLD_ID_INVALID', message: 'invalid', where: 'liveness$0' }, { code: 'NEW_CODE' }],
  });

  expect(report).toMatchObject({
    status_codes: ['VLD_ID_INVALID', 'NEW_CODE'],
    all_status_codes: [
      { status_code: { code: 'VLD_ID_INVALID', message: 'invalid' }, where: 'liveness$0' },
      { status_code: { code: 'NEW_CODE', message: 'NEW_CODE' }, where: 'id_document' },
    ],
  });
});

describe('secrets in an ID360 report', () => {
  test('an ID360 report contains our secret header and internal keys of ID360', () => {
    expect(make()).toMatchObject({
      enrollment: { callback_headers: [{ name: 'X-Callback-Token', value: SECRET_CANARY }] },
      steps: {
        id_document: { results: { service: { api_key: `internal-${SECRET_CANARY}` } } },
        liveness$1: { results: { service: { api_key: `internal-${SECRET_CANARY}` } } },
      },
    });
  });

  test('makeId360Report can replace the example secret, so that two ID360 reports have different secrets', () => {
    const text = JSON.stringify(make({ canary: 'mine' }));
    expect(text).toContain('"mine"');
    expect(text).not.toContain(SECRET_CANARY);
  });
});

test("makeId360Report writes the caller's reference, and by default a signature", () => {
  const report = make({ clientReference: 'order-1', signature: false });

  expect(report).toMatchObject({ client_reference: 'order-1', enrollment: { client_reference: 'order-1' } });
  expect(report).not.toHaveProperty('signature');
  expect(make()).toMatchObject({ client_reference: null, signature: { algorithm: 'Ed25519' } });
});
