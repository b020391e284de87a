import { describe, expect, test } from 'vitest';
import { fixture, madeIdent, transitionOf } from './fixtures.ts';

const findingsOf = (sections: object) => transitionOf(madeIdent({ result: 'SUCCESS' }, sections)).findings;

describe('the field statuses of an ident', () => {
  test('the statuses of identity documents and of the proof of address are published', () => {
    const match = { status: 'MATCH' };
    expect(transitionOf(fixture('proof-of-address')).findings.provider_data.field_statuses).toMatchObject({
      lastname: { status: 'CHANGE' },
      address: { street: { status: 'ORIGINAL' } },
      identificationdocument: { number: { status: 'NEW' }, validuntil: { status: 'NEW' } },
      additionaldocuments: [
        {
          documentname: 'UTILITY_BILL',
          address: { street: match, streetnumber: match, city: match, zipcode: match, country: match },
        },
      ],
    });
  });

  test.each(['MATCH', 'CHANGE', 'NEW', 'ORIGINAL', 'REDACTION', 'GUESSED'])(
    'the IDnow status %s is published for a field of each section',
    (status) => {
      const field = { status, reviewstatus: 'CHANGE', identification: 'before' };
      const statuses = { city: field };
      const { field_statuses } = findingsOf({
        userdata: { firstname: field, address: { city: field } },
        identificationdocument: { number: field },
        identificationdocument2: { validuntil: field },
        additionaldocuments: [{ address: statuses }, { documentname: 'BANK_STATEMENT', address: statuses }],
      }).provider_data;
      expect(field_statuses).toEqual({
        firstname: field,
        address: { city: field },
        identificationdocument: { number: field },
        identificationdocument2: { validuntil: field },
        additionaldocuments: [
          { address: { city: field } },
          { documentname: 'BANK_STATEMENT', address: { city: field } },
        ],
      });
    },
  );

  test('a withheld field of an IDnow document is not unreadable, with or without a value', () => {
    const document = { number: { status: 'REDACTION' }, validuntil: { status: 'REDACTION', value: '****' } };
    const { documents, provider_data } = findingsOf({ identificationdocument: document });
    expect(documents).toEqual([]);
    expect(provider_data).toEqual({
      field_statuses: {
        identificationdocument: {
          number: { status: 'REDACTION' },
          validuntil: { status: 'REDACTION', value: '****' },
        },
      },
    });
  });

  test.each([
    [{ status: 'NEW', value: '1990-01-02' }, undefined],
    [{ status: 'ORIGINAL', value: '1990-01-02' }, undefined],
    [{ status: 'ORIGINAL', value: '1990-01-02', original: '1991-01-02' }, '1990-01-02'],
    [{ status: 'GUESSED', value: 'perhaps 1990' }, 'perhaps 1990'],
  ])('an IDnow value that is neither verified nor submitted is beside its status: %j', (birthday, value) => {
    const { field_statuses, unreadable } = findingsOf({ userdata: { birthday } }).provider_data;
    expect(field_statuses).toEqual({ birthday: { status: birthday.status, ...(value && { value }) } });
    expect(unreadable).toBeUndefined();
  });

  test('a field of an IDnow document whose status has an unexpected type is not published as verified', () => {
    for (const status of [true, 7, {}, []]) {
      const { claims, documents } = findingsOf({
        userdata: { firstname: { status, value: 'ERIKA' } },
        identificationdocument: { number: { status, value: 'C01X00T47' } },
      });
      expect([claims, documents]).toEqual([{}, []]);
    }
  });

  test('the submitted language of an ident stays if IDnow has found another language', () => {
    const identlanguage = { status: 'CHANGE', value: 'en', original: 'de' };
    expect(findingsOf({ userdata: { identlanguage } }).provider_data).toEqual({
      identlanguage: 'en',
      field_statuses: { identlanguage: { status: 'CHANGE', original: 'de' } },
    });
  });
});
