import { identField } from './ident-fields.ts';
import type { IdnowSpecimen } from './specimens.ts';

/** Three license classes with the three entries that a German license can have: blank, a footnote, a date. */
export const driverLicenses = [
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

/** Returns a driver's license as a second document. Its values are plain strings, without a status. */
export function secondDocument({ person, document }: IdnowSpecimen) {
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

/** Returns the section with the utility bill and the address that is printed on it. */
export function additionalDocuments({ address }: IdnowSpecimen) {
  return [
    {
      documentname: 'UTILITY_BILL',
      address: Object.fromEntries(
        Object.entries(address).map(([name, value]) => [name, identField('match', value)]),
      ),
    },
  ];
}

/**
 * Returns the person's address if a proof of address is requested. Here, and only here, IDnow's samples have `value`
 * instead of `original` in a field with the status ORIGINAL.
 */
export function unreadAddress({ address }: IdnowSpecimen) {
  return Object.fromEntries(
    Object.entries(address).map(([name, value]) => [
      name,
      { status: name === 'city' ? 'MATCH' : 'ORIGINAL', value },
    ]),
  );
}

export const esigningSection = { result: 'SUCCESS', sessionid: '' };

export function bankTransfer({ person }: IdnowSpecimen) {
  return {
    senderbankname: 'Testbank',
    senderiban: 'DE62888888880012345678',
    amount: '€0.01',
    paymentstatus: 'SUCCESS',
    senderholdername: `${person.lastname}, ${person.firstname}`,
    paymentid: 'xp_SPECIMEN0000000001',
  };
}
