import { makeIdentField } from './ident-fields.ts';
import type { IdnowSamplePerson } from './specimens.ts';

/** Three classes of a driver's license. Each shows another kind of entry: empty, a reference to a footnote, a date. */
export const sampleDriverLicenseClasses = [
  license('A1', 'EMPTY', null),
  license('B', 'REFERENCE_GERMAN', null),
  license('M', 'DATE', '2010-06-15'),
];

function license(licenseClass: string, validFromReadout: string, validFrom: string | null) {
  return {
    additionalInformation: null,
    licenseClass,
    validFromReadout,
    validUntilReadout: 'EMPTY',
    validUntil: null,
    validFrom,
  };
}

/** Creates a second document: a driver's license. Unlike the first document, its values are strings without a status. */
export function makeSecondIdentDocument({ person, document }: IdnowSamplePerson) {
  return {
    birthday: person.birthday,
    number: 'B072RRE2I55',
    country: document.country,
    firstname: person.firstname,
    driverlicenseclasses: ['A1', 'B', 'M'],
    issuedby: document.issuedby,
    dateissued: '2010-06-15',
    type: 'DRIVERS_LICENSE',
    validuntil: '',
    lastname: person.lastname,
  };
}

/** Creates the section `additionaldocuments`: a utility bill with the address that is printed on it. */
export function makeUtilityBillSection({ address }: IdnowSamplePerson) {
  return [
    {
      documentname: 'UTILITY_BILL',
      address: Object.fromEntries(
        Object.entries(address).map(([name, value]) => [name, makeIdentField('match', value)]),
      ),
    },
  ];
}

/**
 * Creates the user's address for an ident with a proof of address. Most of its fields have the status ORIGINAL. In
 * IDnow's samples, such a field has its value in `value` in this address, and in `original` everywhere else.
 */
export function makeUserAddressWithProof({ address }: IdnowSamplePerson) {
  return Object.fromEntries(
    Object.entries(address).map(([name, value]) => [
      name,
      { status: name === 'city' ? 'MATCH' : 'ORIGINAL', value },
    ]),
  );
}

export const sampleEsigningSection = { result: 'SUCCESS', sessionid: '' };

export function makeBankTransferSection({ person }: IdnowSamplePerson) {
  return {
    senderbankname: 'Testbank',
    senderiban: 'DE62888888880012345678',
    amount: '€0.01',
    paymentstatus: 'SUCCESS',
    senderholdername: `${person.lastname}, ${person.firstname}`,
    paymentid: 'xp_SPECIMEN0000000001',
  };
}
