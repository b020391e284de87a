import type { IdentityKind } from './document-kinds.ts';
import { concludedValue, mrzValue, printedValue } from './extracted-values.ts';
import { type DatakeenPerson, idCard, passport } from './specimen.ts';

/** Creates the `extractedInformation` of a document: the values that Datakeen reads from it. */
export function extractedInformation(kind: IdentityKind, person: DatakeenPerson) {
  switch (kind) {
    case 'id-card':
      return onIdCard(person);
    case 'passport':
      return onPassport(person);
  }
}

export function fullName({ firstName, lastName }: DatakeenPerson): string {
  return `${firstName} ${capitalized(lastName)}`;
}

export function capitalized(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
}

/** Creates the values of an id card. Odd details are copied from Datakeen's sample: `fullName` has the confidence 0. */
function onIdCard(person: DatakeenPerson) {
  return {
    address: printedValue(1, person.address),
    birthCountry: concludedValue(person.birthCountry),
    birthDate: printedValue(0, person.birthDate),
    birthDateMRZ: mrzValue(person.birthDate),
    birthDepartment: concludedValue(person.birthDepartment),
    birthPlace: printedValue(0, person.birthPlace),
    countryCode: concludedValue('FR'),
    deliveryDate: printedValue(1, idCard.deliveryDate),
    expiryDate: printedValue(1, idCard.expiryDate),
    // The machine-readable zone (MRZ) of a French id card contains no expiry date.
    expiryDateMRZ: mrzValue(''),
    firstName: printedValue(0, person.firstName),
    firstNameMRZ: mrzValue(person.firstName),
    fullName: { ...printedValue(0, fullName(person)), confidence: 0 },
    gender: printedValue(0, person.gender),
    genderMRZ: mrzValue(''),
    idNumber: printedValue(0, idCard.idNumber),
    idNumberMRZ: mrzValue(idCard.idNumber),
    lastName: printedValue(0, person.lastName),
    lastNameMRZ: mrzValue(person.lastName),
    mrz: printedValue(0, idCard.mrz),
    nationality: concludedValue(person.nationality),
    spouseName: printedValue(0, person.spouseName),
  };
}

function onPassport(person: DatakeenPerson) {
  return {
    birthDate: printedValue(0, person.birthDate),
    birthDateMRZ: mrzValue(person.birthDate),
    birthPlace: printedValue(0, person.birthPlace),
    countryCode: concludedValue('FR'),
    deliveryDate: printedValue(0, passport.deliveryDate),
    expiryDate: printedValue(0, passport.expiryDate),
    expiryDateMRZ: mrzValue(passport.expiryDate),
    firstName: printedValue(0, person.firstName),
    firstNameMRZ: mrzValue(person.firstName),
    fullName: { ...printedValue(0, fullName(person)), confidence: 0 },
    gender: printedValue(0, person.gender),
    genderMRZ: mrzValue(person.gender),
    idNumber: printedValue(0, passport.idNumber),
    idNumberMRZ: mrzValue(passport.idNumber),
    lastName: printedValue(0, person.lastName),
    lastNameMRZ: mrzValue(person.lastName),
    mrz: printedValue(0, passport.mrz),
    nationality: concludedValue(person.nationality),
    spouseName: printedValue(0, person.spouseName),
  };
}
