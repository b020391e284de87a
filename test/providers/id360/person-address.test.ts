import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { plays } from '../../support/plays.ts';

const findingsOf = (report: object) => readId360Report({ status: 'OK', ...report }).findings;

const onProof = { street_address: '205 route', locality: 'Nice', postal_code: '06000' };
const proof = { address_1: '205 route', zip_code: '06000', city: 'Nice' };
const proved = { extracted_data: { proof_of_address: [proof] } };
const withStatuses = (...statuses: string[]) => ({
  ...proved,
  documents: { proof_of_address: statuses.map((status) => ({ name: 'proof_of_address_image', status })) },
});
const sameAsProof = { address: '205 route', zip_code: '06000', city: 'Nice' };
const extra = { address: '102 RUE PRINCIPALE' };

describe('an ID360 report with an accepted proof of address', () => {
  test.each([
    ['another address', { address: '1 typed st', zip_code: '75001', city: 'Paris' }],
    ['another street in the same city', { address: '1 typed st', city: 'Nice' }],
    ['another street only', { address: '1 typed st' }],
    ['another city and a country', { city: 'Berlin', country: 'DEU' }],
    ['a country only', { country: 'DEU' }],
    ['the same city, another postal code and a country', { city: 'Nice', zip_code: '75001', country: 'DEU' }],
  ])('the claim is the address on the proof, and identity with %s is submitted', (_title, identity) => {
    const { claims, submitted, documents, checks } = findingsOf({ identity, ...withStatuses('OK') });
    expect(checks[0]).toMatchObject({ name: 'proof_of_address', passed: true, document: 0 });
    expect(claims.address).toEqual(onProof);
    expect(claims.address).toEqual(documents[0]?.claims?.address);
    expect(Object.keys(submitted.address ?? {})).toHaveLength(Object.keys(identity).length);
  });

  test.each([
    ['the address', { ...sameAsProof, country: 'FRA' }],
    ['only the city', { city: 'Nice', country: 'FRA' }],
  ])('if identity repeats %s, the claim has the country of identity, too', (_title, identity) => {
    const { claims, submitted } = findingsOf({ identity, ...withStatuses('OK') });
    expect(claims.address).toEqual({ ...onProof, country_code: 'FR' });
    expect(submitted).toEqual({});
  });

  test('if identity spells the place differently and has another street, the claim has the country, too', () => {
    const identity = { address: '205 ROUTE, BAT. B', city: 'NICE', country: 'FRA' };
    const { claims, submitted } = findingsOf({ identity, ...withStatuses('OK') });
    expect(claims.address).toEqual({ ...onProof, country_code: 'FR' });
    expect(submitted.address).toEqual({
      street_address: '205 ROUTE, BAT. B',
      locality: 'NICE',
      country_code: 'FR',
    });
  });

  test('the address on the proof is not said to be on the identity document', () => {
    const identity = { ...sameAsProof, name: 'SPECIMEN', extra: { id_number: 'X1', ...extra } };
    const { documents } = findingsOf({ identity, ...withStatuses('OK') });
    expect(documents.map(({ type }) => type)).toEqual(['idcard', 'utility_statement']);
    expect(documents[0]?.claims).toEqual({ family_name: 'SPECIMEN' });
  });
});

describe('an ID360 report whose proof of address was not accepted', () => {
  test.each([[['KO']], [['PENDING']], [['OK', 'KO']], [['PENDING', 'KO']]])(
    'has the address on the identity document as claim if the proofs have the statuses %j',
    (statuses) => {
      const identity = { ...sameAsProof, extra };
      const { claims, submitted, documents } = findingsOf({ identity, ...withStatuses(...statuses) });
      expect(claims.address).toEqual({ street_address: '102 RUE PRINCIPALE' });
      expect(submitted.address).toEqual(onProof);
      expect(documents[0]?.claims).toBeUndefined();
      expect(documents[1]?.claims?.address).toEqual(onProof);
    },
  );

  test('has no address in the claims if no identity document shows an address', () => {
    const { claims, submitted, documents } = findingsOf({ identity: sameAsProof, ...withStatuses('KO') });
    expect(claims).not.toHaveProperty('address');
    expect(submitted.address).toEqual(onProof);
    expect(documents[0]?.claims?.address).toEqual(onProof);
  });

  test('has no address in the extracted data if the case is declined, too', () => {
    const { extracted } = findingsOf({ status: 'KO', identity: sameAsProof, ...withStatuses('KO') });
    expect(extracted).not.toHaveProperty('address');
  });
});

describe('an ID360 report without a proof of address', () => {
  test('has the street on the identity document as claim if identity has only the city', () => {
    const { claims } = findingsOf({ identity: { city: 'Nice', country: 'FRA', extra } });
    expect(claims.address).toEqual({
      street_address: '102 RUE PRINCIPALE',
      locality: 'Nice',
      country_code: 'FR',
    });
  });
});

test('for any identity and any statuses, a passed proof is the claim, and a failed proof is not', () => {
  const parts = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const identity = fc.record({
    address: parts('205 route', '1 typed st'),
    zip_code: parts('06000', '75001'),
    city: parts('Nice', 'Paris'),
    extra: fc.record({ address: parts('102 RUE PRINCIPALE') }),
  });
  const proofs = fc.array(fc.constantFrom({ full_name: 'SPECIMEN' }, proof, { city: 'Nice' }), {
    maxLength: 3,
  });
  const statuses = fc.array(fc.constantFrom('OK', 'KO', 'PENDING'), { maxLength: 3 });
  fc.assert(
    fc.property(identity, proofs, statuses, (person, proof_of_address, given) => {
      const { claims, documents, checks } = findingsOf({
        ...withStatuses(...given),
        identity: person,
        extracted_data: { proof_of_address },
      });
      const check = checks.find(({ name }) => name === 'proof_of_address');
      if (check === undefined || check.document === null) return;
      const shown = documents[check.document]?.claims?.address;
      const onCard = person.extra.address && { street_address: person.extra.address };
      expect(claims.address).toEqual(check.passed === true ? shown : onCard);
    }),
    { numRuns: plays(500) },
  );
});
