import { describe, expect, test } from 'vitest';
import type { Findings, PersonClaims } from '../../../shared/contract/identity.ts';
import { type FixtureName, fixture, fixtureNames, madeIdent, transitionOf } from './fixtures.ts';

const contact: PersonClaims = { email: 'hello@example.org', phone_number: '+4930231250001' };
const specimen: PersonClaims = {
  given_name: 'ERIKA',
  family_name: 'MUSTERMANN',
  title: 'DR.',
  birthdate: '1977-04-27',
  place_of_birth: { locality: 'DRESDEN' },
  nationalities: ['DE'],
  address: { street_address: 'WILHELM-HAUFF-STRAßE', street: 'WILHELM-HAUFF-STRAßE', locality: 'POING' },
};
/** The submitted data that several samples of one invented person share. */
const sent: PersonClaims = {
  given_name: 'ERIKA',
  family_name: 'MUSTERMAN',
  gender: 'female',
  birthdate: '1987-05-23',
  place_of_birth: { locality: 'LONDON' },
  nationalities: ['DE'],
  address: { postal_code: 'W1U', country_code: 'DE' },
  ...contact,
};

const highStreet = {
  street_address: 'HIGH STREET 100',
  street: 'HIGH STREET',
  house_number: '100',
  locality: 'MUNICH',
  postal_code: '80469',
  country_code: 'DE',
};

type Person = Partial<Pick<Findings, 'claims' | 'extracted'>> & Pick<Findings, 'submitted'>;

const persons: Record<FixtureName, Person> = {
  aborted: { submitted: sent },
  canceled: { extracted: { birth_family_name: 'GABLER' }, submitted: sent },
  'canceled-by-user': {
    extracted: {
      given_name: 'SAMUEL',
      family_name: 'JOHNSON',
      gender: 'male',
      birthdate: '1981-10-17',
      place_of_birth: { locality: 'UTOPIA CITY' },
      nationalities: ['AQ'],
      address: {
        street_address: 'PRINZREGSTR.',
        street: 'PRINZREGSTR.',
        locality: 'MUNICH',
        postal_code: 'W1U',
        country_code: 'GB',
      },
    },
    submitted: {
      given_name: 'OLIVIA',
      family_name: 'JONES',
      gender: 'female',
      birthdate: '1987-05-23',
      place_of_birth: { locality: 'LONDON' },
      nationalities: ['GB'],
      address: { street_address: 'BAKER STREET', street: 'BAKER STREET', locality: 'LONDON' },
      email: 'hello@example.org',
      phone_number: '+447700900123',
    },
  },
  'canceled-short': { submitted: { birthdate: '2005-10-13', ...contact } },
  'check-pending': { submitted: sent },
  created: { submitted: { given_name: 'ERIKA', family_name: 'MUSTERMAN' } },
  'drivers-license': { claims: { given_name: 'ERIKA', family_name: 'MUSTERMANN' }, submitted: {} },
  eid: {
    claims: {
      given_name: 'ERIKA',
      family_name: 'MUSTERMANN',
      birth_family_name: 'GABLER',
      birthdate: '1964-08-12',
      place_of_birth: { locality: 'BERLIN' },
      nationalities: ['DE'],
      address: {
        street_address: 'HEIDESTRASSE 17',
        street: 'HEIDESTRASSE 17',
        locality: 'KÖLN',
        postal_code: '51147',
        country_code: 'DE',
      },
    },
    submitted: {},
  },
  'failed-test-robot': { submitted: { given_name: 'ERIKA', family_name: 'MUSTERMANN' } },
  'fraud-suspicion-confirmed': { extracted: specimen, submitted: {} },
  'fraud-suspicion-pending': { extracted: specimen, submitted: {} },
  'fraud-suspicion-pending-no-person': { submitted: {} },
  'fraud-suspicion-pending-short': { submitted: {} },
  // In this sample, the address of `userdata` has the status ORIGINAL, except the city: it was submitted, and the identity
  // document does not contain it. The utility bill verifies it, so the address on the bill is a claim.
  'proof-of-address': {
    claims: {
      given_name: 'ERIKA',
      family_name: 'MUSTERMANN',
      gender: 'female',
      birthdate: '1964-08-12',
      nationalities: ['DE'],
      address: highStreet,
    },
    submitted: {
      family_name: 'MUSTERMAN',
      birthdate: '1987-05-23',
      nationalities: ['GB'],
      address: {
        street_address: 'HIGH STREET 100',
        street: 'HIGH STREET',
        house_number: '100',
        postal_code: '80469',
        country_code: 'DE',
      },
      email: 'hello@example.org',
      phone_number: '+447700900123',
    },
  },
  'qes-bank-transfer': {
    claims: {
      given_name: 'ERIKA',
      family_name: 'MUSTERMANN',
      gender: 'female',
      birthdate: '1964-08-12',
      place_of_birth: { locality: 'MUC' },
      nationalities: ['DE'],
      address: {
        street_address: 'AUENSTR 200',
        street: 'AUENSTR',
        house_number: '200',
        locality: 'MUC',
        postal_code: '80339',
        country_code: 'DE',
      },
    },
    submitted: { birthdate: '1920-01-01', gender: 'male', ...contact },
  },
  redacted: {
    claims: { given_name: 'OLIVIA', family_name: 'JONES', gender: 'female', birthdate: '1983-05-22' },
    submitted: { birthdate: '1982-05-22' },
  },
  'review-changes': {
    claims: {
      given_name: 'ERIKA',
      family_name: 'MUSTERMANN',
      title: 'Dr.',
      birthdate: '1983-05-22',
      nationalities: ['DE'],
    },
    submitted: { birthdate: '1981-07-02' },
  },
  'review-pending': {
    extracted: { given_name: 'ERIKA', family_name: 'MUSTERMANN' },
    submitted: { family_name: 'MUSTERMAN' },
  },
  started: { submitted: { given_name: 'ERIKA', family_name: 'MUSTERMAN', ...contact } },
  success: { claims: specimen, submitted: {} },
  // In this sample, the date of birth has the status CHANGE but no value: IDnow verified no date of birth.
  'success-data-changed': { claims: { family_name: 'JONES' }, submitted: sent },
  'success-matched': { claims: { given_name: 'ERIKA', family_name: 'MUSTERMAN' }, submitted: sent },
};

describe('claims, extracted and submitted data of an ident', () => {
  test.each(fixtureNames)(
    'the findings of the IDnow sample %s have the expected claims, extracted and submitted data',
    (name) => {
      const { claims, extracted, submitted } = transitionOf(fixture(name)).findings;
      expect({ claims, extracted, submitted }).toEqual({ claims: {}, extracted: {}, ...persons[name] });
    },
  );

  // The columns are: the field that IDnow sends, the given name in `claims`, and the given name in `submitted`.
  test.each([
    [{ status: 'NEW', value: 'ERIKA' }, 'ERIKA', undefined],
    [{ status: 'MATCH', value: 'ERIKA' }, 'ERIKA', undefined],
    [{ status: 'MATCH', original: 'ERIKA' }, undefined, 'ERIKA'],
    [{ status: 'MATCH', value: 'ERIKA', original: 'ERIKA' }, 'ERIKA', 'ERIKA'],
    [{ status: 'CHANGE', value: 'ERIKA', original: 'ERICA' }, 'ERIKA', 'ERICA'],
    [{ status: 'CHANGE', original: 'ERICA' }, undefined, 'ERICA'],
    [{ status: 'ORIGINAL', original: 'ERICA' }, undefined, 'ERICA'],
    [{ status: 'ORIGINAL', value: 'ERICA' }, undefined, 'ERICA'],
    [{ status: ' original ', value: 'ERICA' }, undefined, 'ERICA'],
    [{ status: 'ORIGINAL', value: 'ERIKA', original: 'ERICA' }, undefined, 'ERICA'],
    [{ status: 'REDACTION' }, undefined, undefined],
    [{ status: 'REDACTION', value: 'ERIKA' }, undefined, undefined],
    [{ status: 'GUESSED', value: 'ERIKA' }, undefined, undefined],
    [{ value: 'ERIKA' }, 'ERIKA', undefined],
    [{ status: 'NEW', value: '' }, undefined, undefined],
    [{ status: 'NEW', value: ' ' }, undefined, undefined],
    [{ status: 'NEW', value: null, original: null }, undefined, undefined],
    [null, undefined, undefined],
    ['', undefined, undefined],
  ])(
    'the status of an IDnow field decides if its value is a claim, submitted data or neither: %j',
    (firstname, verified, sentName) => {
      const { claims, submitted } = transitionOf(
        madeIdent({ result: 'SUCCESS' }, { userdata: { firstname } }),
      ).findings;
      expect([claims.given_name, submitted.given_name]).toEqual([verified, sentName]);
    },
  );
});

describe('the values of a person', () => {
  const claimsOf = (userdata: unknown) =>
    transitionOf(madeIdent({ result: 'SUCCESS' }, { userdata })).findings.claims;
  const field = (value: unknown) => ({ status: 'NEW', value });

  test.each([
    ['DE', ['DE']],
    ['gb', ['GB']],
    ['D', ['DE']],
    ['DEU', ['DE']],
    ['UK', ['GB']],
    ['Germany', ['DE']],
    ['Deutschland', ['DE']],
    ['VAE', ['AE']],
    ['XX', undefined],
    ['Atlantis', undefined],
  ])('the nationality %s of an ident is published as %s', (value, nationalities) => {
    expect(claimsOf({ nationality: field(value) }).nationalities).toEqual(nationalities);
  });

  test.each([
    ['MALE', 'male'],
    ['F', 'female'],
    ['X', 'x'],
  ])('the gender %s of an ident is published as %s', (value, gender) => {
    expect(claimsOf({ gender: field(value) }).gender).toBe(gender);
  });

  test.each([
    ['1964-08-12', '1964-08-12'],
    ['1964-02-30', undefined],
    ['12.08.1964', undefined],
    ['1964', undefined],
  ])('the birthday %s of an ident is published as %s', (value, birthdate) => {
    expect(claimsOf({ birthday: field(value) }).birthdate).toBe(birthdate);
  });

  test('another gender of an ident is published in lower case', () => {
    expect(claimsOf({ gender: field('OTHER') }).gender).toBe('other');
  });

  test.each([
    ['nationality', 'RKS'],
    ['nationality', 'XK'],
    ['gender', 'N/A'],
    ['gender', 'Algérie'],
  ])('the %s %s of an ident is no claim, and is named as unreadable', (name, value) => {
    const { claims, provider_data } = transitionOf(
      madeIdent({ result: 'SUCCESS' }, { userdata: { [name]: field(value) } }),
    ).findings;
    expect(claims).toEqual({});
    expect(provider_data.unreadable).toEqual([`userdata.${name}.value`]);
  });

  test('if an IDnow field has a number instead of a text, the number is read as text', () => {
    expect(claimsOf({ address: { zipcode: field(80469) } }).address).toEqual({ postal_code: '80469' });
  });

  test.each([
    ['HIGH STREET', '100', { street_address: 'HIGH STREET 100', street: 'HIGH STREET', house_number: '100' }],
    ['HIGH STREET 100', null, { street_address: 'HIGH STREET 100', street: 'HIGH STREET 100' }],
    [null, '100', { house_number: '100' }],
  ])(
    'the street %j and the house number %j of an ident are published joined and separately',
    (street, number, expected) => {
      const address = { street: field(street), streetnumber: field(number) };
      expect(claimsOf({ address }).address).toEqual(expected);
    },
  );

  test('a verified house number does not become a part of a street that was not verified', () => {
    const street = { status: 'ORIGINAL', value: 'HIGH STREET' };
    expect(claimsOf({ address: { street, streetnumber: field('100') } }).address).toEqual({
      house_number: '100',
    });
  });
});
