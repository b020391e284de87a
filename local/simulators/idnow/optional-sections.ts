import { field } from './ident-fields.ts';
import type { Specimen } from './specimens.ts';

/** One class of each kind that a German license shows: blank, a footnote, and a date. */
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

/** Bare values here, no fields with a status; always a driver's license. */
export function secondDocument({ person, document }: Specimen) {
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

/** The address as the utility bill has it. */
export function additionalDocuments({ address }: Specimen) {
  return [
    {
      documentname: 'UTILITY_BILL',
      address: Object.fromEntries(
        Object.entries(address).map(([name, value]) => [name, field('match', value)]),
      ),
    },
  ];
}

/**
 * The address of the person once a proof of address was asked for: ORIGINAL here comes with `value`
 * instead of `original`, the one place where the provider's samples do so.
 */
export function unreadAddress({ address }: Specimen) {
  return Object.fromEntries(
    Object.entries(address).map(([name, value]) => [
      name,
      { status: name === 'city' ? 'MATCH' : 'ORIGINAL', value },
    ]),
  );
}

export const esigning = { result: 'SUCCESS', sessionid: '' };

export function bankTransfer({ person }: Specimen) {
  return {
    senderbankname: 'Testbank',
    senderiban: 'DE62888888880012345678',
    amount: '€0.01',
    paymentstatus: 'SUCCESS',
    senderholdername: `${person.lastname}, ${person.firstname}`,
    paymentid: 'xp_SPECIMEN0000000001',
  };
}
