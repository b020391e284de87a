/** An invented person with an identity document, in the fields that an ident contains. */
export interface IdnowSamplePerson {
  person: Readonly<Record<PersonField, string>>;
  address: Readonly<Record<AddressField, string>>;
  document: Readonly<Record<DocumentField, string>>;
  /** The wrong values that the caller submitted when it created the ident. All other submitted values are correct. */
  submitted: Readonly<Partial<Record<PersonField, string>>>;
}

type PersonField =
  | 'birthday'
  | 'firstname'
  | 'lastname'
  | 'birthplace'
  | 'nationality'
  | 'gender'
  | 'identlanguage';
type AddressField = 'zipcode' | 'country' | 'city' | 'street' | 'streetnumber';
type DocumentField = 'country' | 'number' | 'issuedby' | 'dateissued' | 'type' | 'validuntil';

/** Erika Mustermann, the name on sample German documents. Her submitted last name and birthday contain errors. */
export const samplePersonErika: IdnowSamplePerson = {
  person: {
    birthday: '1964-08-12',
    firstname: 'ERIKA',
    lastname: 'MUSTERMANN',
    birthplace: 'BERLIN',
    nationality: 'DE',
    gender: 'FEMALE',
    identlanguage: 'en',
  },
  address: { zipcode: '80469', country: 'DE', city: 'MUNICH', street: 'HIGH STREET', streetnumber: '100' },
  document: {
    country: 'DE',
    number: 'P01X00T47',
    issuedby: 'LHS MÜNCHEN,',
    dateissued: '2022-01-11',
    type: 'IDCARD',
    validuntil: '2032-08-01',
  },
  submitted: { lastname: 'MUSTERMAN', birthday: '1987-05-23' },
};

export const samplePersonOlivia: IdnowSamplePerson = {
  person: {
    birthday: '1983-05-22',
    firstname: 'OLIVIA',
    lastname: 'JONES',
    birthplace: 'LONDON',
    nationality: 'GB',
    gender: 'FEMALE',
    identlanguage: 'en',
  },
  address: { zipcode: 'NW1 6XE', country: 'GB', city: 'LONDON', street: 'BAKER STR.', streetnumber: '40' },
  document: {
    country: 'GB',
    number: 'SPECIMEN1',
    issuedby: 'CITYLONDON, LONDON',
    dateissued: '2019-03-27',
    type: 'PASSPORT',
    validuntil: '2029-03-27',
  },
  submitted: { birthday: '1982-05-22' },
};
