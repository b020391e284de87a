import { describe, expect, test } from 'vitest';
import { Findings } from '../../../shared/contract/identity.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { fixture, reportNames } from './fixtures.ts';

const mrz = ['IDFRASPECIMEN<<<<<<<<<<<<<<<<<<<<<<<<', 'X0RF023312NATACHA<<MARIE<7307125F1'];
const person = {
  given_name: 'NATACHA MARIE',
  family_name: 'SPECIMEN ABB',
  birth_family_name: 'SPECIMEN',
  gender: 'female',
  birthdate: '1973-07-12',
};
const proofOfAddress = {
  type: 'utility_statement',
  claims: {
    address: {
      street_address: '205 route des lylas, BT LES OLIVIERS',
      locality: 'Nice',
      postal_code: '06000',
    },
  },
  provider_data: { full_name: 'MME SPECIMEN NATACHA' },
};
const documents = [
  {
    type: 'idcard',
    document_number: 'X0RF02331',
    date_of_issuance: '2019-03-04',
    date_of_expiry: '2029-03-03',
    issuer: { name: 'Préfecture du Sud' },
    claims: { ...person, place_of_birth: { locality: 'TOULON' }, nationalities: ['FR'] },
    provider_data: { address: '102 RUE PRINCIPALE 34700 LODÈVE FRANCE', mrz },
  },
  { ...proofOfAddress, date_of_issuance: '2026-09-06' },
  {
    type: 'bank_statement',
    provider_data: {
      full_name: 'MLE NATACHA SPECIMEN',
      iban: 'FR7612345000010000000000185',
      bic: 'SPECFRPPXXX',
    },
  },
];
const contact = { email: 'natacha.specimen@example.org', phone_number: '+33639980001' };
const address = {
  street_address: '205 route des lylas, BT LES OLIVIERS',
  locality: 'Nice',
  postal_code: '06000',
  country_code: 'FR',
};
const holder = {
  ...person,
  place_of_birth: { locality: 'TOULON', country_code: 'FR' },
  nationalities: ['FR'],
  address,
};
const process = {
  version: '1.4.0',
  level: 'SUBSTANTIAL',
  environment: 'PREPROD',
  process_uuid: '0b7b8a52-5a4c-4d2c-9d0a-3e3c5f9d1a11',
  process_name: 'Account opening',
  creation_time: '2026-11-20T09:00:01.013Z',
  starting_time: '2026-11-20T09:01:02.500Z',
  finished_time: '2026-11-20T09:07:31.250Z',
};
/** Members for which the event contract has no field. */
const rest = {
  enrollment: { id: 50123 },
  steps: {
    id_document: { status: 'OK', type: 'SDRIdentityDocumentStep' },
    liveness$0: { status: 'OK' },
  },
  finalizer_reports: {
    validator_report: {
      validations: [{ ref: 'IDENTITY_DOCUMENT.expired', is_valid: true, value: '2029-03-03' }],
    },
  },
};
const extractedRest = {
  identity: [{ document: 'id_document_result' }],
  income_tax: [{ reference: 'SPECIMEN-2025' }],
};
const message = 'SPECIMEN-message';
const declined = {
  ...process,
  ...rest,
  finished_time: '2026-11-20T08:07:31Z',
  identity_status: 'KO',
  status_codes: [{ code: 'MDL_INPUT_INVALID', message }],
  all_status_codes: [
    {
      status_code: { code: 'VLD_VALIDATION_KO', message: `1 validations failed: ${message}. Max allowed: 0` },
      where: 'ID360',
    },
    {
      status_code: { code: 'MDL_INPUT_INVALID', message: 'No MRZ could be read on the uploaded image(s)' },
      where: 'id_document',
    },
    { status_code: { code: 'VLD_ID_INVALID', message }, where: 'validation' },
    { status_code: { code: 'XYZ_NEW_CODE', message }, where: 'liveness$1' },
  ],
};
const proofOfAddressCheck = {
  name: 'proof_of_address',
  passed: true,
  confidence: null,
  document: 1,
  providerResult: 'OK',
};
const reasons = [
  { code: 'data_inconsistent', category: 'data_mismatch', providerCode: 'VLD_VALIDATION_KO' },
  { code: 'input_unreadable', category: 'document_quality', providerCode: 'MDL_INPUT_INVALID' },
  { code: 'identity_document_invalid', category: 'other', providerCode: 'VLD_ID_INVALID' },
  { code: 'other', category: 'other', providerCode: 'XYZ_NEW_CODE' },
];

describe('readId360Report', () => {
  test('readId360Report reads every section of the report of an approved enrollment', () => {
    const { documents: _files, status, ...report } = readId360Report(fixture('report-ok'));
    expect(status).toMatchObject({
      providerStatus: 'OK',
      rule: { outcome: 'approved', finality: 'final', rank: 60 },
    });
    expect(report).toEqual({
      id: '50123',
      reference: 'order-4711',
      occurredAt: '2026-11-20T09:07:31.250Z',
      reasons: [],
      findings: {
        claims: holder,
        extracted: {},
        submitted: contact,
        documents,
        checks: [proofOfAddressCheck],
        provider_data: {
          ...process,
          ...rest,
          identity_status: 'OK',
          client_reference: 'order-4711',
          extracted_data: extractedRest,
          documents: expect.objectContaining({
            identity: [
              { name: 'id_document_image', status: 'OK' },
              { name: 'id_document_result', status: 'OK' },
            ],
            proof_of_address: [{ name: 'proof_of_address_image', status: 'OK' }],
          }),
        },
      },
      unreadable: [],
    });
  });

  test('the report of a declined enrollment gives the person as extracted data, and no claims', () => {
    const { documents: _files, status, ...report } = readId360Report(fixture('report-ko'));
    expect(status).toMatchObject({ providerStatus: 'KO', rule: { outcome: 'declined' } });
    expect(report).toEqual({
      id: '50123',
      reference: null,
      occurredAt: '2026-11-20T08:07:31Z',
      reasons,
      findings: {
        claims: {},
        extracted: holder,
        submitted: contact,
        documents,
        // The report of a declined case has no status of the proof, so nothing says whether the proof was accepted.
        checks: [{ ...proofOfAddressCheck, passed: null, providerResult: null }],
        provider_data: {
          ...declined,
          extracted_data: extractedRest,
          documents: {
            identity_document: [{ name: 'id_document_image', status: 'OK' }],
            identity: [{ name: 'idd', status: 'OK' }],
          },
        },
      },
      unreadable: [],
    });
  });

  test('readId360Report reads the report of a declined enrollment without identity and without extracted data', () => {
    const { reasons: given, findings, documents: files } = readId360Report(fixture('report-ko-bare'));
    expect(given).toEqual(reasons);
    expect(findings).toEqual({
      claims: {},
      extracted: {},
      submitted: {},
      documents: [],
      checks: [],
      provider_data: declined,
    });
    expect(files).toEqual([]);
  });

  test('readId360Report reads the sample report in the ID360 migration guide', () => {
    expect(readId360Report(fixture('report-migration-guide'))).toMatchObject({
      id: '215416',
      reference: null,
      occurredAt: null,
      reasons: [],
      documents: [],
      findings: {
        claims: {
          given_name: 'NATACHA',
          family_name: 'SPECIMEN ABB',
          gender: 'female',
          birthdate: '1973-07-12',
          place_of_birth: { locality: 'TOULON' },
          nationalities: ['FR'],
          address: {
            street_address: '205 route des lylas, BT LES OLIVIERS',
            postal_code: '06000',
            locality: 'Nice',
          },
        },
        submitted: {},
        documents: [
          {
            type: 'idcard',
            document_number: '90RF02331',
            date_of_expiry: '2029-03-03',
            issuer: { name: 'Préfecture du Sud' },
            provider_data: { address: '102 RUE PRINCIPALE 34700 LODÈVE FRANCE' },
          },
          { ...proofOfAddress, date_of_issuance: '2022-04-06' },
          {
            type: 'bank_statement',
            provider_data: { iban: 'FR7630006000011234567890189', bic: 'CEPAFRPP831' },
          },
        ],
        provider_data: {},
      },
    });
  });

  test.each(reportNames)('the findings of the ID360 report sample %s match the event contract', (name) => {
    const { findings } = readId360Report(fixture(name));
    expect(Findings.parse(findings)).toEqual(findings);
  });

  test.each([null, undefined, 1, 'OK', [], {}, { detail: 'Not found.' }, { status: null }, { status: 200 }])(
    'readId360Report rejects the value %j, because it is no report',
    (body) => {
      expect(() => readId360Report(body)).toThrow(expect.objectContaining({ kind: 'unexpected' }));
    },
  );

  test('readId360Report returns no status and no claims for a report with an unknown status', () => {
    const { status, findings } = readId360Report({ ...fixture('report-ok'), status: 'DELETED' });
    expect(status).toBeNull();
    expect(findings).toMatchObject({ claims: {}, extracted: holder });
  });
});

describe('claims of a report', () => {
  const identity = { name: 'SPECIMEN', address: '1 rue X', zip_code: '06000', email: 'a@example.org' };
  const findingsOf = (report: object) => readId360Report({ status: 'OK', identity, ...report }).findings;

  test('if no document of an ID360 report has an address, the address in identity is submitted data, not a claim', () => {
    expect(findingsOf({})).toMatchObject({
      claims: { family_name: 'SPECIMEN' },
      submitted: { address: { street_address: '1 rue X', postal_code: '06000' }, email: 'a@example.org' },
    });
    expect(findingsOf({}).claims).not.toHaveProperty('address');
  });

  test('if the identity document of an ID360 report has an address, the address in identity is a claim', () => {
    const extra = { id_number: 'X1', address: ' 102 RUE PRINCIPALE 34700 LODÈVE ' };
    const typed = { street_address: '1 rue X', postal_code: '06000' };
    expect(findingsOf({ extracted_data: { identity: [{ extra }] } }).claims.address).toEqual(typed);
    expect(findingsOf({ identity: { ...identity, extra } }).claims.address).toEqual(typed);
    expect(findingsOf({ identity: { ...identity, extra } }).submitted).toEqual({ email: 'a@example.org' });
    expect(findingsOf({ identity: { name: 'SPECIMEN', extra } }).claims.address).toEqual({
      street_address: '102 RUE PRINCIPALE 34700 LODÈVE',
    });
  });

  test('the address on a proof of address is a claim, even if the identity section has no address', () => {
    const { claims } = findingsOf({
      identity: { name: 'SPECIMEN', extra: { address: 'elsewhere' } },
      extracted_data: { proof_of_address: [{ full_name: 'SPECIMEN' }, { city: 'Nice' }] },
    });
    expect(claims.address).toEqual({ locality: 'Nice' });
  });

  test('if the proof of address in an ID360 report has no address, the address in identity is not a claim', () => {
    const { claims } = findingsOf({ extracted_data: { proof_of_address: [{ full_name: 'SPECIMEN' }] } });
    expect(claims).not.toHaveProperty('address');
  });

  test.each(['KO', 'FAILED', 'CANCELED', 'DISCONTINUED', 'STARTED', 'NEW', 'nonsense'])(
    'an ID360 report with the status %s has no claims; its person is extracted, and an address without proof is submitted',
    (status) => {
      const { claims, extracted, submitted } = findingsOf({ status });
      expect([claims, extracted]).toEqual([{}, { family_name: 'SPECIMEN' }]);
      expect(submitted.address).toEqual({ street_address: '1 rue X', postal_code: '06000' });
    },
  );
});

describe('the values of a report', () => {
  const claimsOf = (identity: object) => readId360Report({ status: 'OK', identity }).findings.claims;
  const documentOf = (extra: object) =>
    readId360Report({ status: 'KO', identity: { extra } }).findings.documents[0];

  test.each([
    ['1973-07-12', '1973-07-12'],
    ['12/07/1973', '1973-07-12'],
    [' 12/07/1973 ', '1973-07-12'],
    ['31/02/1973', undefined],
    ['07/13/1973', undefined],
    ['12.07.1973', undefined],
    ['12/07/73', undefined],
    ['1973', undefined],
    ['1973-07-12T00:00:00', '1973-07-12'],
    ['1973-07-12T22:00:00Z', undefined],
    ['', undefined],
  ])('the birth date %j in an ID360 report is published as %s', (birth_date, birthdate) => {
    expect(claimsOf({ birth_date }).birthdate).toBe(birthdate);
  });

  test.each([
    ['F', 'female'],
    ['m', 'male'],
    ['X', 'x'],
    ['Female', 'female'],
    ['', undefined],
  ])('the gender %j in an ID360 report is published as %s', (gender, expected) => {
    expect(claimsOf({ gender }).gender).toBe(expected);
  });

  test.each([
    ['FRA', ['FR']],
    ['FR', ['FR']],
    ['Française', undefined],
    ['XXX', undefined],
  ])('the nationality %s in an ID360 report is published as %s', (nationality, nationalities) => {
    expect(claimsOf({ nationality }).nationalities).toEqual(nationalities);
  });

  test.each([
    ['nationality', 'RKS'],
    ['nationality', 'XKX'],
    ['gender', 'Algérie'],
    ['gender', 'N/A'],
  ])('the %s %s in an ID360 report is no claim, and is named as unreadable', (name, value) => {
    const { findings } = readId360Report({ status: 'OK', identity: { name: 'SPECIMEN', [name]: value } });
    expect(findings.claims).toEqual({ family_name: 'SPECIMEN' });
    expect(findings.provider_data).toEqual({ unreadable: [`identity.${name}`] });
  });

  test.each([
    [{ first_names: ['NATACHA', ' MARIE '], first_name: 'N' }, 'NATACHA MARIE'],
    [{ first_names: 'NATACHA MARIE' }, 'NATACHA MARIE'],
    [{ first_names: [], first_name: 'NATACHA' }, 'NATACHA'],
    [{ first_names: null, first_name: 'NATACHA' }, 'NATACHA'],
    [{ first_names: [1], first_name: 'NATACHA' }, 'NATACHA'],
    [{ first_name: '' }, undefined],
  ])(
    'the given name is from first_names; if first_names is not usable, it is from first_name: %j',
    (identity, given_name) => {
      expect(claimsOf(identity).given_name).toBe(given_name);
    },
  );

  test.each([
    ['P<FRASPECIMEN<<NATACHA', 'passport'],
    ['PMFRASPECIMEN<<NATACHA', 'passport'],
    ['IDFRASPECIMEN', 'idcard'],
    ['I<D<<SPECIMEN', 'idcard'],
    ['IRFRASPECIMEN', 'residence_permit'],
    ['ARD<<SPECIMEN', 'residence_permit'],
    ['D1FRASPECIMEN', 'driving_permit'],
    ['', 'idcard'],
    [undefined, 'idcard'],
  ])(
    'an ID360 identity document whose machine-readable zone begins with %s has the type %s',
    (mrz_line_1, type) => {
      expect(documentOf({ id_number: '1', mrz_line_1 })?.type).toBe(type);
    },
  );

  test.each([
    ['2026-11-20T09:07:31', '2026-11-20T09:07:31Z'],
    ['2026-11-20T10:07:31+01:00', '2026-11-20T09:07:31Z'],
    ['20/11/2026', null],
    ['', null],
    [null, null],
    [1763629651, null],
  ])('the finished_time %j of an ID360 report is published as %s', (finished_time, occurredAt) => {
    expect(readId360Report({ status: 'OK', finished_time }).occurredAt).toBe(occurredAt);
  });

  test('empty sections of an ID360 report give no documents', () => {
    const extracted_data = { identity: [{}], proof_of_address: [{}], bank_details: [{ iban: '' }] };
    expect(
      readId360Report({ status: 'OK', identity: { extra: {} }, extracted_data }).findings.documents,
    ).toEqual([]);
  });

  test('readId360Report reads a document that is not inside a list', () => {
    const { documents, provider_data } = readId360Report({
      status: 'OK',
      extracted_data: {
        identity: { extra: { id_number: 'X4RTBPFW4' } },
        proof_of_address: { city: 'Nice' },
        bank_details: { iban: 'FR7630006000011234567890189' },
      },
    }).findings;
    expect(documents.map(({ type }) => type)).toEqual(['idcard', 'utility_statement', 'bank_statement']);
    expect(provider_data).toEqual({});
  });

  test('a blank date in an ID360 report is left out, and is not named as unreadable', () => {
    const identity = { birth_date: ' ', extra: { issuing_date: '', expiration_date: null } };
    expect(readId360Report({ status: 'OK', identity }).findings).toMatchObject({ documents: [] });
    expect(readId360Report({ status: 'OK', identity }).findings.provider_data).toEqual({});
  });

  test('an unreadable date in an ID360 report is named as unreadable, and all other data is read', () => {
    const { claims, documents, provider_data } = readId360Report({
      status: 'OK',
      finished_time: 'yesterday',
      identity: {
        first_name: 'NATACHA',
        birth_date: '1973-07-12T22:00:00Z',
        extra: { id_number: 'X4RTBPFW4', issuing_date: 'x', expiration_date: '2031' },
      },
      extracted_data: { proof_of_address: [{ city: 'Nice', date: 'mai 2026' }] },
    }).findings;
    expect(claims).toMatchObject({ given_name: 'NATACHA', address: { locality: 'Nice' } });
    expect(documents).toMatchObject([{ document_number: 'X4RTBPFW4' }, { type: 'utility_statement' }]);
    expect(provider_data.unreadable).toEqual([
      'finished_time',
      'identity.birth_date',
      'identity.extra.issuing_date',
      'identity.extra.expiration_date',
      'extracted_data.proof_of_address[0].date',
    ]);
  });

  test('values of an ID360 report with an unexpected type stay in provider_data, or are named as unreadable', () => {
    const { findings, reasons: given } = readId360Report({
      status: 'OK',
      version: { major: 1 },
      reason: 7.5,
      identity: { name: ['x'], first_name: 'NATACHA', birth_name: true, extra: 'none' },
      extracted_data: {
        identity: 'x',
        proof_of_address: ['x', { city: 'Nice' }],
        bank_details: [{ iban: 5, bic: false }],
      },
      all_status_codes: [{ status_code: 'VLD_VALIDATION_KO' }],
    });
    expect(given).toEqual([]);
    expect(findings).toMatchObject({
      claims: { given_name: 'NATACHA' },
      documents: [
        { type: 'utility_statement', claims: { address: { locality: 'Nice' } } },
        { type: 'bank_statement', provider_data: { iban: '5' } },
      ],
    });
    expect(findings.provider_data).toEqual({
      version: { major: 1 },
      reason: 7.5,
      identity: { name: ['x'], extra: 'none' },
      extracted_data: { identity: 'x', proof_of_address: ['x'] },
      all_status_codes: [{ status_code: 'VLD_VALIDATION_KO' }],
      unreadable: ['identity.birth_name', 'extracted_data.bank_details[0].bic'],
    });
  });
});
