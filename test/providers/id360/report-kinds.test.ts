import { describe, expect, test } from 'vitest';
import { parseDate } from '../../../shared/parsing/date.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { electronicIdentityReport } from './specimens.ts';

const findingsOf = (report: object) => readId360Report({ status: 'OK', ...report }).findings;

describe('an ID360 report with an electronic identity', () => {
  const person = {
    given_name: 'Jeanne',
    family_name: 'MARTIN',
    gender: 'female',
    place_of_birth: { locality: 'LYON' },
  };

  test('the claims are those of the payload if the report has no identity', () => {
    const { claims, documents, checks, provider_data } = findingsOf(electronicIdentityReport);
    expect(claims).toMatchObject(person);
    expect(documents).toMatchObject([{ type: 'id_num', document_number: 'X4RTBPFW4', claims: person }]);
    expect(checks).toEqual([]);
    expect(provider_data).toMatchObject({
      id_verification_service: 'IdNumericExternalMethod',
      external_methods: { id_num: { results: { id_num_out_token: [{ payload: { typ: 'ID' } }] } } },
    });
  });

  test('the birth date of the payload is a claim if it is a date, or is named as unreadable', () => {
    const { claims, provider_data } = findingsOf(electronicIdentityReport);
    const date = parseDate('1984-07-11T00:00:00');
    const path = 'external_methods.id_num.results.id_num_out_token[0].payload.birthdate';
    expect([claims.birthdate, provider_data.unreadable]).toEqual(
      date === null ? [undefined, [path]] : [date, undefined],
    );
  });

  test('the payload completes what the identity does not say, and replaces nothing', () => {
    const identity = { name: 'MARTIN DUPONT', first_name: 'JEANNE' };
    const { claims, documents } = findingsOf({ ...electronicIdentityReport, identity });
    expect(claims).toMatchObject({ ...person, family_name: 'MARTIN DUPONT', given_name: 'JEANNE' });
    expect(documents[0]?.claims).toMatchObject(person);
  });

  test('the payload gives the place of birth if the identity gives only the country of birth', () => {
    const identity = { birth_country: 'FRA' };
    expect(findingsOf({ ...electronicIdentityReport, identity }).claims.place_of_birth).toEqual({
      locality: 'LYON',
      country_code: 'FR',
    });
  });

  test('a declined report has the payload as extracted data, and no claims', () => {
    const { claims, extracted } = findingsOf({ ...electronicIdentityReport, status: 'KO' });
    expect(claims).toEqual({});
    expect(extracted).toMatchObject(person);
  });
});

describe('the sections of an ID360 report without common fields', () => {
  test.each(['income_tax', 'kbis', 'pay_slip', 'property_tax', 'a_new_kind'])(
    'extracted_data.%s stays in provider_data as ID360 sends it',
    (kind) => {
      const extracted_data = { [kind]: [{ reference: 'A-1', year: 2025, holders: [{ full_name: 'X' }] }] };
      expect(findingsOf({ extracted_data }).provider_data).toEqual({ extracted_data });
    },
  );

  test('blocks and sections of unknown names stay in provider_data as ID360 sends them', () => {
    const report = {
      blocks: { identity: { status: 'OK' }, address: { score: 0.7 } },
      brand_new: [{ a: [1, true] }],
    };
    expect(findingsOf(report).provider_data).toEqual(report);
  });

  test('unknown members beside known ones stay in provider_data', () => {
    const extracted_data = { proof_of_address: [{ city: 'Nice', issuer: 'Specimen Energie' }] };
    expect(findingsOf({ extracted_data }).provider_data).toEqual({
      extracted_data: { proof_of_address: [{ issuer: 'Specimen Energie' }] },
    });
  });

  test.each([
    ['ANNIE', ['ANNE', 'MARIE']],
    ['Jean', ['Jeanette']],
    ['Jean', ['Jean-Paul', 'Marie']],
    ['ANNE MARIE', ['MARIE', 'ANNE']],
  ])(
    'the first name %s stays in provider_data beside the first names %j, which do not contain it',
    (first_name, first_names) => {
      const { claims, provider_data } = findingsOf({ identity: { first_names, first_name } });
      expect(claims.given_name).toBe(first_names.join(' '));
      expect(provider_data).toEqual({ identity: { first_name } });
    },
  );

  test.each([
    ['MARIE', ['ANNE', 'MARIE']],
    ['ANNE  MARIE', ['ANNE', 'MARIE', 'LOU']],
  ])('the first name %s is not repeated if the first names %j contain it', (first_name, first_names) => {
    expect(findingsOf({ identity: { first_names, first_name } }).provider_data).toEqual({});
  });

  test('a reason that is a sentence is text, and a reason that is a code is a reason', () => {
    expect(findingsOf({ reason: 'Document illisible.' }).provider_data).toEqual({
      reason: 'Document illisible.',
    });
    expect(findingsOf({ reason: 'ERL_TIMEOUT' }).provider_data).toEqual({});
    expect(readId360Report({ status: 'KO', reason: 'ERL_TIMEOUT' }).reasons).toHaveLength(1);
  });
});

describe('the identity document in identity.extra', () => {
  const documentsOf = (extra: object, extracted: object) =>
    findingsOf({ identity: { extra }, extracted_data: { identity: [{ extra: extracted }] } }).documents;

  test('completes the extracted document that it repeats', () => {
    const documents = documentsOf(
      { id_number: 'X1', expiration_date: '2031-08-01', issuer: 'Préfecture' },
      { id_number: 'X1', expiration_date: '01/08/2031' },
    );
    expect(documents).toEqual([
      { type: 'idcard', document_number: 'X1', date_of_expiry: '2031-08-01', issuer: { name: 'Préfecture' } },
    ]);
  });

  test('is a document of its own if it contradicts every extracted document', () => {
    const documents = documentsOf({ id_number: 'X1' }, { id_number: 'X2' });
    expect(documents.map(({ document_number }) => document_number)).toEqual(['X2', 'X1']);
  });
});

describe('the check proof_of_address of an ID360 report', () => {
  const read = { proof_of_address: [{ address_1: '1 rue X', city: 'Nice' }] };
  const report = (status: string, ...statuses: string[]) => ({
    status,
    extracted_data: read,
    documents: {
      proof_of_address: statuses.map((each) => ({ name: 'proof_of_address_image', status: each })),
    },
  });

  test.each([
    ['OK', ['OK'], true, 'OK'],
    ['KO', ['OK'], true, 'OK'],
    ['OK', ['OK', 'KO'], false, 'KO'],
    ['OK', ['PENDING', 'KO'], false, 'KO'],
    ['KO', ['KO'], false, 'KO'],
    ['OK', ['PENDING'], null, 'PENDING'],
    ['OK', [], true, null],
    ['KO', [], null, null],
  ])(
    'a report with the status %s and proofs with the statuses %j gives passed: %s',
    (status, statuses, passed, providerResult) => {
      const { checks, documents } = findingsOf(report(status, ...statuses));
      expect(checks.find(({ name }) => name === 'proof_of_address')).toEqual({
        name: 'proof_of_address',
        passed,
        confidence: null,
        document: 0,
        providerResult,
      });
      expect(documents[0]).toMatchObject({
        type: 'utility_statement',
        claims: { address: { locality: 'Nice' } },
      });
    },
  );

  test('a report without a proof of address has no such check', () => {
    expect(findingsOf({ identity: { name: 'X', address: '1 rue X' } }).checks).toEqual([]);
  });

  test('a KO after more than 200 other statuses counts', () => {
    const statuses = [...Array.from({ length: 300 }, () => 'OK'), 'KO'];
    expect(findingsOf(report('OK', ...statuses)).checks[0]).toMatchObject({ passed: false });
  });

  test('a status in a nested list counts', () => {
    const nested = [[{ name: 'p', status: 'KO' }]];
    const { claims, checks } = findingsOf({ extracted_data: read, documents: { proof_of_address: nested } });
    expect(checks[0]).toMatchObject({ name: 'proof_of_address', passed: false, providerResult: 'KO' });
    expect(claims).not.toHaveProperty('address');
  });

  test('the check refers to the first proof that shows an address', () => {
    const proof_of_address = [{ full_name: 'SPECIMEN' }, { address_1: '1 rue X', city: 'Nice' }];
    const { checks, documents } = findingsOf({ extracted_data: { proof_of_address } });
    expect(checks[0]).toMatchObject({ name: 'proof_of_address', passed: true, document: 1 });
    expect(documents[1]?.claims?.address).toEqual({ street_address: '1 rue X', locality: 'Nice' });
  });

  test('the check refers to no document if no proof shows an address', () => {
    const { checks } = findingsOf({ extracted_data: { proof_of_address: [{ full_name: 'SPECIMEN' }] } });
    expect(checks[0]).toMatchObject({ name: 'proof_of_address', document: null });
  });
});
