import { describe, expect, test } from 'vitest';
import type { IdentityDocument } from '../../../shared/contract/identity.ts';
import { type FixtureName, fixture, fixtureNames, madeIdent, transitionOf } from './fixtures.ts';

const specimen: IdentityDocument = {
  type: 'idcard',
  document_number: 'LF3R8ZV44',
  date_of_issuance: '2014-09-12',
  date_of_expiry: '2024-09-11',
  issuer: { name: 'NATIONAL AUTHORITY', country_code: 'DE' },
};
const erika = { given_name: 'ERIKA', family_name: 'MUSTERMANN' };
const munich: IdentityDocument = {
  type: 'idcard',
  document_number: 'P01X00T47',
  date_of_issuance: '2022-01-11',
  date_of_expiry: '2032-08-01',
  issuer: { name: 'LHS MÜNCHEN,', country_code: 'DE' },
};

const documents: Record<FixtureName, IdentityDocument[]> = {
  aborted: [],
  canceled: [
    {
      type: 'idcard',
      document_number: 'L01X00T47',
      date_of_issuance: '2017-01-11',
      date_of_expiry: '2031-08-01',
      issuer: { name: 'NATIONAL AUTHORITY', country_code: 'DE' },
    },
  ],
  'canceled-by-user': [
    {
      type: 'idcard',
      document_number: 'LGPJ11235',
      date_of_expiry: '2024-10-16',
      issuer: { country_code: 'AQ' },
    },
  ],
  'canceled-short': [],
  // In this sample, the names have the status MATCH but no value. IDnow verified no name, so the document has no claims.
  'check-pending': [
    {
      type: 'idcard',
      date_of_issuance: '2015-08-26',
      issuer: { name: 'NATIONAL AUTHORITY', country_code: 'BE' },
    },
  ],
  created: [],
  'drivers-license': [
    {
      type: 'driving_permit',
      document_number: 'B072RRE2I55',
      date_of_issuance: '2010-06-15',
      issuer: { name: 'LANDESHAUPTSTADT MÜNCHEN, KVR', country_code: 'DE' },
      provider_data: {
        driverlicenses: [
          { licenseClass: 'A1', validFromReadout: 'EMPTY', validUntilReadout: 'EMPTY' },
          { licenseClass: 'B', validFromReadout: 'REFERENCE_GERMAN', validUntilReadout: 'EMPTY' },
          {
            licenseClass: 'M',
            validFrom: '2010-06-15',
            validFromReadout: 'DATE',
            validUntilReadout: 'EMPTY',
          },
          {
            licenseClass: 'C1',
            validFrom: '2010-06-15',
            validFromReadout: 'DATE',
            validUntil: '2030-01-18',
            validUntilReadout: 'DATE',
            additionalInformation: '95',
          },
        ],
      },
    },
    {
      type: 'driving_permit',
      document_number: 'B072RRE2I55',
      date_of_issuance: '2010-06-15',
      issuer: { country_code: 'DE' },
      claims: { ...erika, birthdate: '1964-08-12' },
      provider_data: { driverlicenseclasses: [{ licenseClass: 'B' }, { licenseClass: 'M' }] },
    },
  ],
  eid: [{ type: 'idcard', issuer: { country_code: 'DE' } }],
  'failed-test-robot': [],
  'fraud-suspicion-confirmed': [specimen],
  'fraud-suspicion-pending': [specimen, { type: 'driving_permit', claims: erika }],
  'fraud-suspicion-pending-no-person': [
    {
      type: 'idcard',
      date_of_issuance: '2015-08-26',
      issuer: {
        name: 'MOFIIETEAD=RAUITI-RONNE 15 AVR 13/90 NATIONALITÉ / NATIONALITY AUTONITÉ / AUTHONTY ~ ’ OBSERVATIONS / REMARKS',
        country_code: 'BE',
      },
    },
  ],
  'fraud-suspicion-pending-short': [
    {
      type: 'idcard',
      date_of_issuance: '2015-08-26',
      issuer: { name: 'NATIONALITÉ / NATIONALITY AUTONITÉ', country_code: 'BE' },
    },
  ],
  'proof-of-address': [
    { document_number: 'C01X00T47', date_of_expiry: '2027-02-28', issuer: { country_code: 'DE' } },
    {
      type: 'utility_statement',
      claims: {
        address: {
          street_address: 'HIGH STREET 100',
          street: 'HIGH STREET',
          house_number: '100',
          locality: 'MUNICH',
          postal_code: '80469',
          country_code: 'DE',
        },
      },
    },
  ],
  'qes-bank-transfer': [
    {
      type: 'passport',
      document_number: 'C01XYCCG9',
      date_of_expiry: '2027-02-28',
      issuer: { country_code: 'DE' },
    },
  ],
  redacted: [
    {
      type: 'idcard',
      date_of_issuance: '2012-03-27',
      issuer: { name: 'CITYLONDON, LONDON', country_code: 'DE' },
    },
  ],
  'review-changes': [],
  'review-pending': [
    { type: 'residence_permit', document_number: 'L01X00T47', issuer: { country_code: 'DE' } },
  ],
  started: [],
  success: [specimen],
  'success-data-changed': [munich],
  'success-matched': [munich],
};

const documentsOf = (sections: object) =>
  transitionOf(madeIdent({ result: 'SUCCESS' }, sections)).findings.documents;

describe('the documents of an ident', () => {
  test.each(fixtureNames)('the findings of the IDnow sample %s have the expected documents', (name) => {
    expect(transitionOf(fixture(name)).findings.documents).toEqual(documents[name]);
  });

  test('an IDnow document type without an OpenID identifier is published in lower case', () => {
    expect(documentsOf({ identificationdocument: { type: { status: 'NEW', value: 'BIRTH_BOOK' } } })).toEqual(
      [{ type: 'birth_book' }],
    );
  });

  test('a document field with the IDnow status ORIGINAL is not published, because it was only submitted', () => {
    const number = { status: 'ORIGINAL', value: 'C01X00T47' };
    expect(
      documentsOf({ identificationdocument: { number, type: { status: 'NEW', value: 'PASSPORT' } } }),
    ).toEqual([{ type: 'passport' }]);
  });

  test('an address field with the IDnow status ORIGINAL is not published in the claims of an additional document', () => {
    const address = {
      city: { status: 'ORIGINAL', value: 'MUNICH' },
      zipcode: { status: 'NEW', value: '80469' },
    };
    expect(documentsOf({ additionaldocuments: [{ documentname: 'BANK_STATEMENT', address }] })).toEqual([
      { type: 'bank_statement', claims: { address: { postal_code: '80469' } } },
    ]);
  });

  test('a date of an IDnow document is left out if it is no ISO 8601 date', () => {
    const document = {
      number: { status: 'NEW', value: 'C01X00T47' },
      validuntil: { status: 'NEW', value: '28.02.2027' },
    };
    expect(documentsOf({ identificationdocument: document })).toEqual([{ document_number: 'C01X00T47' }]);
  });

  test('both spellings of a date of a license class are published if IDnow gives both', () => {
    const driverlicenses = [
      { vaildFrom: '2010-06-15', validUntil: '2030-01-18' },
      { validFrom: '2010-06-15', vaildFrom: '2011-06-15' },
      {},
    ];
    expect(documentsOf({ identificationdocument: { driverlicenses } })).toEqual([
      {
        provider_data: {
          driverlicenses: [
            { validFrom: '2010-06-15', validUntil: '2030-01-18' },
            { validFrom: '2010-06-15', vaildFrom: '2011-06-15' },
          ],
        },
      },
    ]);
  });
});
